// The one file for a script tag, in an author's page of another origin, under a strict policy with Trusted Types.
import assert from 'node:assert/strict';
import { eventsOf, statusIs, textIn, withEmbed } from './embed-support.mjs';
import { injectionStrings } from './injection-strings.mjs';

const DIGIT = 'model="digits" src="ELEMENTS/seven.png"';

/** How many colours the map that an element shows has. */
const colorsIn = (page, id) =>
  page.evaluate((id) => {
    const map = document.getElementById(id).shadowRoot.querySelector('cs-heatmap').shadowRoot.querySelector('.map');
    const { data } = map.getContext('2d').getImageData(0, 0, map.width, map.height);
    return new Set(new Uint32Array(data.buffer)).size;
  }, id);

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

export const tests = [
  {
    name: 'a page with HTML alone shows explanations, which share a network',
    run: ({ browser }) =>
      withEmbed(
        browser,
        `<cs-explanation id="a" ${DIGIT} method="grad-cam"></cs-explanation>
         <cs-explanation id="b" ${DIGIT} method="smooth-grad" parameters="samples=4, level=0.1" seed="3"></cs-explanation>
         <cs-explanation id="c" ${DIGIT} method="feature-maps" layer="relu1"></cs-explanation>`,
        async (page, { requested }) => {
          for (const id of ['a', 'b', 'c']) await statusIs(page, id, 'ready');
          assert.ok((await colorsIn(page, 'a')) > 20);
          assert.match(await textIn(page, 'a'), /Grad-CAM of “7” at .* The network says “7”, /);
          assert.deepEqual(
            (await eventsOf(page, 'b', 'load')).map(({ best, method }) => [best, method]),
            [['7', 'smooth-grad']],
          );
          const progress = await eventsOf(page, 'a', 'progress');
          assert.deepEqual([...new Set(progress.map(({ stage }) => stage))], ['network', 'picture', 'explanation']);
          const last = progress.findLast(({ stage }) => stage === 'network');
          assert.deepEqual([last.done, last.bytes], [1, last.of]);
          assert.ok(progress.some(({ stage, done }) => stage === 'explanation' && done === 1));
          assert.equal(requested.filter((path) => path === '/digits.safetensors').length, 1);
          assert.ok(!requested.some((path) => path.includes('onnx')), requested.join());
        },
        { allowed: [/willReadFrequently/] },
      ),
  },
  {
    name: 'nothing is loaded before it comes into sight, and attributes that change count',
    run: ({ browser }) =>
      withEmbed(
        browser,
        `<div id="tall">…</div><cs-explanation id="a" ${DIGIT} poster="ELEMENTS/seven.png"></cs-explanation>`,
        async (page, { requested }) => {
          await page.waitForFunction(() => customElements.get('cs-explanation') !== undefined);
          await page.evaluate(() => (document.querySelector('#tall').style.height = '4000px'));
          await page.reload();
          await page.waitForFunction(() => customElements.get('cs-explanation') !== undefined);
          await page.evaluate(() => {
            document.querySelector('cs-explanation').remove();
            document.querySelector('#tall').style.height = '4000px';
            const late = document.createElement('cs-explanation');
            Object.assign(late, { id: 'late', model: 'digits', src: document.querySelector('link[rel=icon]').href });
            document.body.append(late);
          });
          await new Promise((resolve) => setTimeout(resolve, 500));
          const before = requested.filter((path) => path.endsWith('.safetensors')).length;
          assert.equal(await page.$eval('#late', ({ status }) => status), 'idle');
          await page.evaluate(() => document.querySelector('#late').scrollIntoView());
          await statusIs(page, 'late', 'ready');
          assert.ok(requested.filter((path) => path.endsWith('.safetensors')).length > before);
          await page.$eval('#late', (element) => (element.target = 2));
          await page.waitForFunction(
            () => window.seen.filter(({ id, name }) => id === 'late' && name === 'load').length === 2,
          );
          assert.match(await textIn(page, 'late'), /Grad-CAM of “2”/);
        },
      ),
  },
  {
    name: 'an ONNX file of another origin is read, and one with unknown ops is refused in words',
    run: ({ browser }) =>
      withEmbed(
        browser,
        `<cs-explanation id="a" model="ELEMENTS/digits.onnx" src="ELEMENTS/seven.png" method="gradient"></cs-explanation>
         <cs-explanation id="b" model="ELEMENTS/strange.onnx" src="ELEMENTS/seven.png">A picture of it</cs-explanation>
         <cs-explanation id="c" model="nothing" src="ELEMENTS/seven.png"></cs-explanation>
         <cs-explanation id="d" model="digits" src="ELEMENTS/nowhere.png"></cs-explanation>
         <cs-explanation id="e" ${DIGIT} method="grad-cam" parameters="relu=maybe"></cs-explanation>`,
        async (page) => {
          await statusIs(page, 'a', 'ready');
          for (const id of ['b', 'c', 'd', 'e']) await statusIs(page, id, 'error');
          assert.match(await textIn(page, 'b'), /The network could not be opened.*Strange/);
          assert.match(await textIn(page, 'c'), /no model of the zoo has this name.*digits/);
          assert.match(await textIn(page, 'd'), /The picture could not be opened.*404/);
          assert.match(await textIn(page, 'e'), /The network could not be explained.*relu.*true or false/);
          const [problem] = await eventsOf(page, 'd', 'error');
          assert.deepEqual([problem.code, problem.stage, problem.canRetry], ['invalid-file', 'picture', true]);
          assert.equal(await page.$eval('#b', (e) => e.shadowRoot.querySelector('slot').assignedNodes().length), 1);
        },
        { allowed: [/404/] },
      ),
  },
  {
    name: 'without WebGPU the poster stays, and nothing else is loaded',
    run: ({ browser }) =>
      withEmbed(
        browser,
        `<cs-explanation id="a" ${DIGIT} poster="ELEMENTS/seven.png" label="Why a seven"></cs-explanation>`,
        async (page, { requested }) => {
          await statusIs(page, 'a', 'error');
          assert.match(await textIn(page, 'a'), /This browser has no WebGPU/);
          assert.equal(await page.$eval('#a', (e) => e.shadowRoot.querySelector('img').alt), 'Why a seven');
          assert.deepEqual(
            (await eventsOf(page, 'a', 'error')).map(({ code, canRetry }) => [code, canRetry]),
            [['no-webgpu', false]],
          );
          assert.equal(await page.$eval('#a', (e) => e.shadowRoot.querySelector('button')), null);
          assert.ok(!requested.includes('/digits.safetensors'));
        },
        {
          prepare: (page) =>
            page.evaluateOnNewDocument(() =>
              Object.defineProperty(Navigator.prototype, 'gpu', { get: () => undefined }),
            ),
        },
      ),
  },
  {
    name: 'without an adapter and after a lost device it says so, and tries again',
    run: ({ browser }) =>
      withEmbed(
        browser,
        `<cs-explanation id="a" ${DIGIT}></cs-explanation>`,
        async (page) => {
          await statusIs(page, 'a', 'error');
          assert.match(await textIn(page, 'a'), /WebGPU found no graphics adapter/);
          const again = () => page.$eval('#a', (e) => e.shadowRoot.querySelector('.retry').click());
          await page.evaluate(() => void window.giveAdapter());
          await again();
          await page.waitForFunction(() => window.seen.some(({ code }) => code === 'device-lost'), { polling: 50 });
          await statusIs(page, 'a', 'error');
          assert.match(await textIn(page, 'a'), /The graphics device was lost/);
          await page.evaluate(() => void window.keepDevice());
          await again();
          await statusIs(page, 'a', 'ready');
          assert.ok(!(await textIn(page, 'a')).includes('lost'));
        },
        {
          prepare: (page) =>
            page.evaluateOnNewDocument(() => {
              const given = Object.getOwnPropertyDescriptor(GPU.prototype, 'requestAdapter');
              const submit = Object.getOwnPropertyDescriptor(GPUQueue.prototype, 'submit');
              const { value: request } = Object.getOwnPropertyDescriptor(GPUAdapter.prototype, 'requestDevice');
              let lose;
              GPU.prototype.requestAdapter = async () => null;
              // A page cannot have its device taken away for real; this one's promise says that it was.
              GPUAdapter.prototype.requestDevice = async function (...options) {
                const device = await Reflect.apply(request, this, options);
                const lost = new Promise((resolve) => {
                  lose = () => resolve({ reason: 'unknown', message: 'taken away by a test' });
                });
                Object.defineProperty(device, 'lost', { value: lost });
                return device;
              };
              GPUQueue.prototype.submit = function (buffers) {
                Reflect.apply(submit.value, this, [buffers]);
                lose();
              };
              window.giveAdapter = () => Object.defineProperty(GPU.prototype, 'requestAdapter', given);
              window.keepDevice = () => Object.defineProperty(GPUQueue.prototype, 'submit', submit);
            }),
          allowed: [/No available adapters/, /device is lost|destroyed/i],
        },
      ),
  },
  {
    name: 'attributes and addresses of strangers stay text',
    run: ({ browser }) => {
      const some = injectionStrings.filter((_, index) => index % 8 === 0).map(escaped);
      const hostile = some.map((text, index) => {
        const attributes = [`model="${text}"`, `${DIGIT} method="${text}"`, `${DIGIT} layer="${text}"`];
        return `<cs-explanation id="x${index}" loading="eager" label="${text}" ${attributes[index % 3]}></cs-explanation>`;
      });
      return withEmbed(
        browser,
        hostile.join('\n'),
        async (page) => {
          for (const index of some.keys()) await statusIs(page, `x${index}`, 'error');
          const strangers = await page.evaluate(() => ({
            hacked: window.hacked ?? 'no',
            made: [...document.querySelectorAll('cs-explanation')].filter(
              ({ shadowRoot }) => shadowRoot.querySelector('script, iframe, svg, object, img') !== null,
            ).length,
          }));
          assert.deepEqual(strangers, { hacked: 'no', made: 0 });
        },
        // Addresses that no policy allows are refused, and say so.
        { allowed: [/404|Failed to load|Refused to connect|Content Security Policy|Fetch API cannot load/i] },
      );
    },
  },
];
