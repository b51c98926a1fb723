// The method wall, and the address that holds it.
import assert from 'node:assert/strict';
import { idle, openView, patience, settled, textOf, withPage } from './page-support.mjs';

const methodsShown = (page) => page.$$eval('lab-tile', (tiles) => tiles.map(({ work }) => work.explanation?.method));

const tilesReady = (page, count) =>
  page.waitForFunction(
    (count) => document.querySelectorAll('lab-tile cs-heatmap[status=ready]').length === count,
    patience,
    count,
  );

/** What the tiles' readouts say. */
const readouts = (page) =>
  page.$$eval('lab-tile cs-heatmap', (maps) =>
    maps.map(({ shadowRoot }) => shadowRoot.querySelector('.value').textContent.trim()),
  );

export const tests = [
  {
    name: 'shows methods side by side under one cursor, and adds, changes and removes tiles',
    run: ({ browser, baseUrl }) =>
      withPage(browser, baseUrl, async (page) => {
        await settled(page);
        await openView(page, 'attribution');
        await tilesReady(page, 4);
        const first = await page.$('lab-tile cs-heatmap');
        const { x, y, width } = await first.boundingBox();
        await page.mouse.move(x + width * 0.5, y + width * 0.6);
        await page.waitForFunction(
          () =>
            [...document.querySelectorAll('lab-tile cs-heatmap')].every(({ shadowRoot }) =>
              /^row \d+, column \d+: /.test(shadowRoot.querySelector('.value').textContent.trim()),
            ),
          patience,
        );
        const [cam, ...others] = await readouts(page);
        assert.match(cam, /^row 4, column 3: /, 'in the layer’s own pixels');
        for (const text of others) assert.match(text, /^row 16, column 14: /);
        await page.select('.wall-add', 'layer-cam');
        await tilesReady(page, 5);
        assert.deepEqual((await methodsShown(page)).at(-1), 'layer-cam');
        await page.select('select[name=wall-scale]', 'one');
        await idle(page);
        const legends = await page.$$eval('lab-tile cs-heatmap', (maps) =>
          maps.map(({ shadowRoot }) => shadowRoot.querySelector('.ticks span:last-child').textContent),
        );
        assert.equal(new Set(legends).size, 1, `one scale: ${legends}`);
        await page.click('lab-tile .icon');
        await page.waitForFunction(() => document.querySelectorAll('lab-tile').length === 4, patience);
        await idle(page);
        assert.deepEqual(await methodsShown(page), ['guided-backprop', 'gradient-x-input', 'deconvnet', 'layer-cam']);
      }),
  },
  {
    name: 'the address holds all that is seen: a drawing, tiles with parameters, the class, the scale',
    run: ({ browser, baseUrl }) =>
      withPage(browser, baseUrl, async (page) => {
        await page.goto(
          `${baseUrl}#model=digits&input=sample:7&view=attribution&target=3&scale=one&opacity=0.5&tile=grad-cam;layer=relu2;p.relu=false&tile=guided-backprop;layer=relu1;unit=4,10,12`,
        );
        await page.reload();
        await tilesReady(page, 2);
        assert.equal(await textOf(page, '#scores-title'), 'It says 7');
        assert.match(await textOf(page, 'lab-tile:nth-of-type(1) .facts'), /^class 3 · layer relu2 · 1 × 14 × 14/);
        assert.match(await textOf(page, 'lab-tile:nth-of-type(2) .facts'), /^layer relu1 · unit 4,10,12/);
        assert.equal(await page.$eval('lab-tile', ({ work }) => work.explanation.sign), 'signed');
        const before = await page.$$eval('lab-tile', async (tiles) =>
          Promise.all(tiles.map(async ({ work }) => [...(await work.explanation.tensor.read()).data].join())),
        );
        const address = await page.evaluate(() => location.href);
        await page.goto('about:blank');
        await page.goto(address);
        await tilesReady(page, 2);
        const after = await page.$$eval('lab-tile', async (tiles) =>
          Promise.all(tiles.map(async ({ work }) => [...(await work.explanation.tensor.read()).data].join())),
        );
        assert.deepEqual(after, before, 'the same link shows other numbers');
      }),
  },
  {
    name: 'a link of files asks for them, and goes on without',
    run: ({ browser, baseUrl }) =>
      withPage(browser, baseUrl, async (page) => {
        await page.goto(`${baseUrl}#model=file:0123456789abcdef:mine.onnx&input=file:0123456789abcdef:cat.png`);
        await page.reload();
        await page.waitForSelector('.asked', patience);
        assert.match(await textOf(page, '.asked'), /mine\.onnx.*0123456789abcdef.*cat\.png/);
        assert.equal(await page.$('.lab'), null, 'nothing else is shown as if it were that');
        await page.click('.asked .quiet');
        await settled(page);
        assert.equal(await page.$('.asked'), null);
      }),
  },
  {
    name: 'copies the link and the code to embed, and downloads a report and a tile',
    run: ({ browser, baseUrl }) =>
      withPage(
        browser,
        baseUrl,
        async (page) => {
          await settled(page);
          await openView(page, 'attribution');
          await tilesReady(page, 4);
          const click = (selector) => page.$eval(selector, (element) => element.click());
          for (const name of ['copy-link', 'copy-embed']) {
            await click(`[name=${name}]`);
            await page.waitForFunction(() => /clipboard/.test(document.querySelector('.said').textContent), patience);
          }
          const [link, code] = await page.evaluate(() => window.copied);
          assert.match(link, /#model=digits&input=sample:2/);
          assert.match(code, /convscope\.js.*<cs-explanation model="digits" src="picture\.png" method="grad-cam">/s);
          await click('[name=report]');
          await page.waitForFunction(() => window.saved.length === 1, patience);
          await page.evaluate(() =>
            [...document.querySelectorAll('lab-tile .tile-saves button')].slice(0, 2).map((button) => button.click()),
          );
          await page.waitForFunction(() => window.saved.length === 3, patience);
          const saved = await page.evaluate(() => window.saved);
          const [report, ...files] = saved;
          assert.equal(report.name, 'digits-report.html');
          assert.equal(report.text.match(/data:image\/png/g).length, 5, 'the input and four tiles');
          assert.ok(!/<script|https?:\/\/(?!localhost|127)/.test(report.text), 'the report needs something else');
          files.sort((a, b) => a.name.localeCompare(b.name));
          assert.deepEqual(
            files.map(({ name }) => name),
            ['digits-grad-cam-relu3-2.npy', 'digits-grad-cam-relu3-2.png'],
          );
          assert.ok(files[0].text.includes('NUMPY') && files[1].text.includes('PNG'));
        },
        {
          prepare: (page) =>
            page.evaluateOnNewDocument(() => {
              window.copied = [];
              window.saved = [];
              Object.defineProperty(Navigator.prototype, 'clipboard', {
                get: () => ({ writeText: async (text) => void window.copied.push(text) }),
              });
              const blobs = new Map();
              const given = URL.createObjectURL.bind(URL);
              URL.createObjectURL = (blob) => {
                const address = given(blob);
                blobs.set(address, blob);
                return address;
              };
              HTMLAnchorElement.prototype.click = function () {
                void blobs
                  .get(this.href)
                  .text()
                  .then((text) => window.saved.push({ name: this.download, text }));
              };
            }),
        },
      ),
  },
];
