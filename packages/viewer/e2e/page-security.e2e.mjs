// Names, labels, notes and file names are strangers' text: none of it may run, all of it is shown as text.
import assert from 'node:assert/strict';
import { writeCheckpoint } from '@convscope/formats';
import { float32Tensor, GraphBuilder } from '@convscope/gpu-engine/graph';
import { injectionStrings } from './injection-strings.mjs';
import { drop, idle, openView, patience, settled, textOf, withPage } from './page-support.mjs';

/** A small network with a hostile string in every place where a file may put one. */
function hostileModel() {
  const builder = new GraphBuilder();
  const random = (count) => Array.from({ length: count }, (_, index) => Math.sin(index * 12.9898 + 1) * 0.3);
  const input = builder.input('x', 'float32', ['N', 1, 8, 8]);
  const kernel = builder.parameter(injectionStrings[1], [4, 1, 3, 3]);
  const maps = builder.op('conv2d', [input, kernel], { pads: [1, 1, 1, 1] }, injectionStrings[2]);
  const active = builder.op('relu', [maps], {}, injectionStrings[3]);
  const flat = builder.op('flatten', [active], { axis: 1 }, injectionStrings[6]);
  const weight = builder.parameter(injectionStrings[4], [injectionStrings.length, 256]);
  const logits = builder.op('dense', [flat, weight], {}, injectionStrings[5]);
  builder.output(logits);
  return writeCheckpoint({
    name: injectionStrings[0],
    graph: builder.build(),
    parameters: new Map([
      [injectionStrings[1], float32Tensor([4, 1, 3, 3], random(36))],
      [injectionStrings[4], float32Tensor([injectionStrings.length, 256], random(injectionStrings.length * 256))],
    ]),
    input,
    logits,
    preprocessing: {
      channels: 1,
      height: 8,
      width: 8,
      mean: [0],
      standardDeviation: [1],
      scale: 1 / 255,
      order: 'rgb',
      resize: 'contain',
    },
    labels: injectionStrings,
    notes: new Map(injectionStrings.slice(0, 30).map((text, index) => [injectionStrings[index + 40], text])),
  });
}

/** Elements that only markup made of text could have brought, in the page and in all shadow roots; and what ran. */
const strangers = (page) =>
  page.evaluate(() => {
    const roots = [document];
    const found = [];
    for (const root of roots) {
      for (const element of root.querySelectorAll('*')) {
        if (element.shadowRoot) roots.push(element.shadowRoot);
        if (/^(img|svg|iframe|object|embed|script|base|marquee|math|audio|template|x)$/i.test(element.localName)) {
          if (element.localName !== 'script' || !element.src) found.push(element.outerHTML.slice(0, 100));
        }
        for (const { name } of element.attributes) if (/^on/i.test(name)) found.push(`${element.localName} ${name}`);
      }
    }
    return { found, hacked: window.hacked ?? 'nothing' };
  });

const clean = { found: [], hacked: 'nothing' };

export const tests = [
  {
    name: '200 strings as labels, names, notes and file names: none runs, all are shown as text',
    run: ({ browser, baseUrl }) =>
      withPage(browser, baseUrl, async (page) => {
        assert.ok(new Set(injectionStrings).size >= 200);
        await settled(page);
        const fileName = `${injectionStrings[1].replaceAll('/', ' ')}.safetensors`;
        await drop(page, 'footer', fileName, hostileModel());
        await page.waitForFunction(() => document.querySelector('cs-class-scores')?.scores.length === 200, patience);
        for (const view of ['overview', 'activations', 'filters', 'attribution', 'deconvnet', 'hierarchy']) {
          await openView(page, view);
          await idle(page);
          assert.deepEqual(await strangers(page), clean, view);
        }
        await page.$eval('cs-class-scores', (element) => (element.top = 300));
        const labels = await page.$eval('cs-class-scores', async (element) => {
          await element.updateComplete;
          return [...element.shadowRoot.querySelectorAll('.label')].map(({ textContent }) => textContent);
        });
        assert.equal(labels.length, injectionStrings.length);
        assert.deepEqual(new Set(labels), new Set(injectionStrings));
        assert.ok((await textOf(page, '.settings dl')).includes(injectionStrings[2]), 'the notes are not shown');
        assert.ok(
          (await textOf(page, '.model-name')).includes('onerror=window.hacked=1'),
          'the file name is not shown',
        );
        for (const text of injectionStrings) {
          await drop(page, 'footer', `${text.replaceAll('/', ' ')}.txt`, new TextEncoder().encode('one\n'));
        }
        await page.waitForSelector('.model-problem', patience);
        assert.deepEqual(await strangers(page), clean, 'file names');
      }),
  },
  {
    name: 'links are strangers’ text too',
    run: ({ browser, baseUrl }) =>
      withPage(browser, baseUrl, async (page) => {
        for (const text of injectionStrings.filter((_, index) => index % 20 === 1)) {
          const piece = encodeURIComponent(text);
          const hash = '0123456789abcdef';
          await page.goto(
            `${baseUrl}#model=file:${hash}:${piece}&input=file:${hash}:${piece}&layer=${piece}&method=${piece}&preset=${piece}&tile=${piece}`,
          );
          await page.reload();
          await page.waitForSelector('.asked', patience);
          assert.ok((await textOf(page, '.asked')).includes(text.replace(/\s+/g, ' ')), text);
          assert.deepEqual(await strangers(page), clean, text);
        }
        await page.goto(`${baseUrl}#model=url:javascript%3Awindow.hacked%3D1`);
        await page.reload();
        await settled(page);
        assert.deepEqual(await strangers(page), clean);
      }),
  },
  {
    name: 'neither text nor addresses can become script',
    run: ({ browser, baseUrl }) =>
      withPage(browser, baseUrl, async (page) => {
        await settled(page);
        const refused = await page.evaluate(() => {
          const policy = document.querySelector('meta[http-equiv=Content-Security-Policy]').content;
          return ["require-trusted-types-for 'script'", "default-src 'none'", "script-src 'self'"].filter(
            (part) => !policy.includes(part),
          );
        });
        assert.deepEqual(refused, []);
      }),
  },
];
