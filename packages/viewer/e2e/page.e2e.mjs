// The page as people use it: every test opens it anew.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const patience = { timeout: 60_000, polling: 50 };

/** Opens the page, runs `use`, and fails on errors, rejections and violations of the content policy on the way. */
async function withPage(browser, baseUrl, use, { prepare, allowed = [] } = {}) {
  const page = await browser.newPage();
  const problems = [];
  page.on('pageerror', (error) => problems.push(String(error?.message ?? error)));
  page.on('console', (message) => {
    if (['error', 'warn'].includes(message.type())) problems.push(message.text());
  });
  try {
    await page.evaluateOnNewDocument(() => {
      window.policyViolations = [];
      document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
        window.policyViolations.push(`${violatedDirective} ${blockedURI}`),
      );
    });
    await prepare?.(page);
    await page.goto(baseUrl);
    await use(page);
    assert.deepEqual(await page.evaluate(() => window.policyViolations), [], 'content policy');
    // The tests themselves read canvases more often than Chromium likes.
    assert.deepEqual(
      problems.filter((text) => ![...allowed, /getImageData/].some((pattern) => pattern.test(text))),
      [],
      'errors in the page',
    );
  } finally {
    await page.close();
  }
}

/** Until nothing is being computed or drawn. */
const settled = (page) =>
  page.waitForFunction(
    () =>
      document.querySelectorAll('cs-heatmap[status=ready], cs-feature-maps[status=ready]').length === 3 &&
      document.querySelector('.scores-card')?.getAttribute('aria-busy') === 'false',
    patience,
  );

const modelNamed = (page, name, { timeout = 60_000 } = {}) =>
  page.waitForFunction(
    (name) => document.querySelector('.model-name strong')?.textContent === name,
    { timeout, polling: 50 },
    name,
  );

/** Drops a file on an element of the page, as from a folder. */
const drop = (page, selector, name, bytes) =>
  page.$eval(
    selector,
    (element, name, numbers) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([Uint8Array.from(numbers)], name));
      for (const type of ['dragover', 'drop']) {
        element.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, composed: true, cancelable: true }));
      }
    },
    name,
    [...bytes],
  );

const upload = async (page, name, path) => (await page.$(`input[name=${name}]`)).uploadFile(path);

/** A file of shared/data; undefined, and said so, where that is not there. */
function sharedFile(path, test) {
  const full = fileURLToPath(new URL(`../../../../shared/data/${path}`, import.meta.url));
  if (existsSync(full)) return full;
  console.warn(`NOT RUN: "${test}" needs shared/data/${path}, which is not there`);
  return undefined;
}

/** A short text that differs where the pixels of a canvas in an element's shadow root do, and how many colours it has. */
const pixelsOf = (page, host, selector) =>
  page.evaluate(
    (host, selector) => {
      const canvas = document.querySelector(host).shadowRoot.querySelector(selector);
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      const colors = new Set(new Uint32Array(data.buffer));
      let hash = 0;
      for (const value of data) hash = (Math.imul(hash, 31) + value) | 0;
      return { hash, colors: colors.size };
    },
    host,
    selector,
  );

const textOf = (page, selector) => page.$eval(selector, (element) => element.textContent.replace(/\s+/g, ' ').trim());

const inShadow = async (page, host, selector) =>
  (
    await page.evaluateHandle(
      (host, selector) => document.querySelector(host).shadowRoot.querySelector(selector),
      host,
      selector,
    )
  ).asElement();

/** An ONNX file of one node that nobody knows: `node-7`, a `Strange` from picture to picture. */
const strangeModel = (() => {
  const text = (field, words) => bytes(field, new TextEncoder().encode(words));
  const number = (field, value) => [field << 3, value];
  const bytes = (field, content) => [(field << 3) | 2, content.length, ...content];
  const size = (value) => bytes(1, number(1, value));
  const shape = bytes(2, [1, 3, 8, 8].flatMap(size));
  const type = bytes(2, bytes(1, [...number(1, 1), ...shape]));
  const value = (name) => [...text(1, name), ...type];
  const node = [...text(1, 'x'), ...text(2, 'y'), ...text(3, 'node-7'), ...text(4, 'Strange')];
  const graph = [...bytes(1, node), ...text(2, 'g'), ...bytes(11, value('x')), ...bytes(12, value('y'))];
  return [...number(1, 8), ...bytes(7, graph), ...bytes(8, [...text(1, ''), ...number(2, 13)])];
})();

/** 1 x 1 pixel. */
const blackPicture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==',
  'base64',
);

const whyMap = ['.why cs-heatmap', '.map'];
const unitMap = ['.unit-picture', '.map'];

export const tests = [
  {
    name: 'opens with a sample already explained',
    run: ({ browser, baseUrl }) =>
      withPage(browser, baseUrl, async (page) => {
        await settled(page);
        assert.equal(await textOf(page, '#scores-title'), 'It says 2');
        assert.equal(await textOf(page, '#why-title'), 'Why 2?');
        assert.ok((await pixelsOf(page, ...whyMap)).colors > 10, 'the explanation is blank');
        assert.ok((await pixelsOf(page, ...unitMap)).colors > 3, 'the unit’s picture is blank');
        const maps = await page.$eval(
          'cs-feature-maps',
          ({ shadowRoot }) => shadowRoot.querySelectorAll('canvas').length,
        );
        assert.equal(maps, 32);
      }),
  },
  {
    name: 'explains each sample: scores, map and unit change',
    run: ({ browser, baseUrl }) =>
      withPage(browser, baseUrl, async (page) => {
        await settled(page);
        const before = await pixelsOf(page, ...whyMap);
        for (const label of ['7', '4']) {
          const sample = await inShadow(page, 'cs-image-input', `[aria-label="Sample: ${label}"]`);
          await sample.click();
          await page.waitForFunction(
            (text) => document.querySelector('#why-title').textContent.includes(text),
            patience,
            label,
          );
          await settled(page);
          assert.equal(await textOf(page, '#scores-title'), `It says ${label}`);
        }
        assert.notEqual((await pixelsOf(page, ...whyMap)).hash, before.hash);
      }),
  },
  {
    name: 'explains a drawing',
    run: ({ browser, baseUrl }) =>
      withPage(browser, baseUrl, async (page) => {
        await settled(page);
        await (await inShadow(page, 'cs-image-input', '.actions button')).click();
        const pad = await (await inShadow(page, 'cs-image-input', '.pad')).boundingBox();
        const at = (x, y) => [pad.x + x * pad.width, pad.y + y * pad.height];
        await page.mouse.move(...at(0.52, 0.15));
        await page.mouse.down();
        await page.mouse.move(...at(0.48, 0.85), { steps: 12 });
        await page.mouse.up();
        await page.waitForFunction(() => document.querySelector('#why-title').textContent.includes('1'), patience);
        await settled(page);
        assert.equal(await textOf(page, '#scores-title'), 'It says 1');
      }),
  },
  {
    name: 'switches between methods, and to another class',
    run: ({ browser, baseUrl }) =>
      withPage(browser, baseUrl, async (page) => {
        await settled(page);
        const seen = new Set();
        for (const method of ['gradient', 'deconvnet', 'grad-cam', 'guided-backprop']) {
          await page.click(`input[name=method][value=${method}]`);
          await page.waitForFunction(
            (name) => document.querySelector('.why cs-heatmap').explanation?.method === name,
            patience,
            method,
          );
          await settled(page);
          seen.add((await pixelsOf(page, ...whyMap)).hash);
        }
        assert.equal(seen.size, 4, 'methods that look the same');
        await (await inShadow(page, 'cs-class-scores', '[data-index="3"]')).click();
        await page.waitForFunction(() => document.querySelector('#why-title').textContent.includes('3'), patience);
        await settled(page);
        assert.ok(!seen.has((await pixelsOf(page, ...whyMap)).hash), 'the class made no difference');
      }),
  },
  {
    name: 'shows what a clicked unit saw, in any layer',
    run: ({ browser, baseUrl }) =>
      withPage(browser, baseUrl, async (page) => {
        await settled(page);
        await page.select('select[name=layer]', 'relu1');
        await page.waitForFunction(() => document.querySelector('.unit h3').textContent.includes('relu1'), patience);
        await settled(page);
        const before = await pixelsOf(page, ...unitMap);
        const chosen = await page.$eval('cs-feature-maps', ({ unit }) => unit.channel);
        // The maps' strongest values tell which other channel is worth a click.
        const channel = await page.$eval(
          'cs-feature-maps',
          async ({ explanation }, chosen) => {
            const { data, shape } = await explanation.tensor.read();
            const plane = shape[2] * shape[3];
            const peaks = Array.from({ length: shape[1] }, (_, c) =>
              Math.max(...data.subarray(c * plane, (c + 1) * plane)),
            );
            peaks[chosen] = -1;
            return peaks.indexOf(Math.max(...peaks));
          },
          chosen,
        );
        await (await inShadow(page, 'cs-feature-maps', `[data-channel="${channel}"]`)).click();
        await page.waitForFunction(
          (name) => document.querySelector('.unit h3').textContent.includes(name),
          patience,
          `channel ${channel}`,
        );
        await settled(page);
        const after = await pixelsOf(page, ...unitMap);
        assert.ok(after.colors > 3 && after.hash !== before.hash, 'the unit’s picture did not change');
        assert.match(
          await textOf(page, '.unit-text'),
          new RegExp(`^channel ${channel}, row \\d+, column \\d+: value [\\d.]+$`),
        );
        assert.match(await textOf(page, '.unit .remarks'), /recovers the input whatever the weights/);
      }),
  },
  {
    name: 'can be used with the keyboard alone',
    run: ({ browser, baseUrl }) =>
      withPage(browser, baseUrl, async (page) => {
        await settled(page);
        const focused = () =>
          page.evaluate(() => {
            let element = document.activeElement;
            while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
            return element?.getAttribute('aria-label') ?? element?.textContent.trim() ?? '';
          });
        const tabTo = async (pattern) => {
          for (let turn = 0; turn < 60; turn++) {
            await page.keyboard.press('Tab');
            if (pattern.test(await focused())) return;
          }
          assert.fail(`no way to ${pattern}`);
        };
        await tabTo(/^Sample: 5$/);
        await page.keyboard.press('Enter');
        await page.waitForFunction(() => document.querySelector('#why-title').textContent.includes('5'), patience);
        await settled(page);
        await tabTo(/^5: /);
        await page.keyboard.press('ArrowDown');
        await page.waitForFunction(() => document.querySelector('#why-title').textContent.includes('6'), patience);
        await tabTo(/^Channel \d+$/);
        await page.keyboard.press('ArrowRight');
        const name = (await focused()).toLowerCase();
        await page.keyboard.press('Enter');
        await page.waitForFunction(
          (name) => document.querySelector('.unit h3').textContent.includes(name),
          patience,
          name,
        );
        await settled(page);
      }),
  },
  {
    name: 'says what is missing where there is no WebGPU',
    run: ({ browser, baseUrl }) =>
      withPage(
        browser,
        baseUrl,
        async (page) => {
          await page.waitForSelector('[data-code]', patience);
          assert.match(
            await textOf(page, '[data-code=no-webgpu]'),
            /This browser has no WebGPU.*navigator\.gpu.*Chrome/,
          );
          assert.equal(await page.$('[data-code] button'), null);
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
    name: 'says that no adapter answers, and tries again',
    run: ({ browser, baseUrl }) =>
      withPage(
        browser,
        baseUrl,
        async (page) => {
          await page.waitForSelector('[data-code=no-adapter]', patience);
          await page.evaluate(() => void window.giveAdapter());
          await page.click('[data-code] button');
          await settled(page);
        },
        {
          prepare: (page) =>
            page.evaluateOnNewDocument(() => {
              const given = Object.getOwnPropertyDescriptor(GPU.prototype, 'requestAdapter');
              GPU.prototype.requestAdapter = async () => null;
              window.giveAdapter = () => Object.defineProperty(GPU.prototype, 'requestAdapter', given);
            }),
          allowed: [/No available adapters/],
        },
      ),
  },
  {
    name: 'says that the device was lost, and starts again',
    run: ({ browser, baseUrl }) =>
      withPage(
        browser,
        baseUrl,
        async (page) => {
          await settled(page);
          await page.evaluate(() => window.loseDevice());
          await page.waitForSelector('[data-code=device-lost]', patience);
          await page.click('[data-code] button');
          await settled(page);
          assert.equal(await textOf(page, '#scores-title'), 'It says 2');
        },
        {
          prepare: (page) =>
            page.evaluateOnNewDocument(() => {
              // A page cannot have its device taken away for real; this one's promise says that it was.
              const { value: request } = Object.getOwnPropertyDescriptor(GPUAdapter.prototype, 'requestDevice');
              GPUAdapter.prototype.requestDevice = async function (...given) {
                const device = await request.apply(this, given);
                const lost = new Promise((resolve) => {
                  window.loseDevice = () => resolve({ reason: 'unknown', message: 'taken away by a test' });
                });
                Object.defineProperty(device, 'lost', { value: lost });
                return device;
              };
            }),
        },
      ),
  },
  {
    name: 'stays with its network where a dropped file is no model, and says why',
    run: ({ browser, baseUrl }) =>
      withPage(browser, baseUrl, async (page) => {
        await settled(page);
        const random = Uint8Array.from(
          { length: 5000 },
          (_, index) => (Math.imul(index + 1, 2_654_435_761) >>> 13) & 255,
        );
        for (const [name, bytes, words] of [
          ['random.onnx', random, /random\.onnx/],
          ['random.safetensors', random, /random\.safetensors/],
          ['strange.onnx', strangeModel, /operators that cannot be run: Strange.*node-7/],
          ['two.txt', new TextEncoder().encode('cat\ndog\n'), /not one label a class; got 2; wanted 10/],
        ]) {
          await drop(page, 'footer', name, bytes);
          await page.waitForFunction(
            (source) => new RegExp(source).test(document.querySelector('.model-problem')?.textContent ?? ''),
            patience,
            words.source,
          );
          assert.equal(await textOf(page, '.model-name strong'), 'digits');
        }
        await settled(page);
        assert.equal(await textOf(page, '#scores-title'), 'It says 2');
        assert.equal(await page.$('.drop-here'), null, 'the drop is over');
      }),
  },
  {
    name: 'takes a dropped picture anywhere, and class names',
    run: ({ browser, baseUrl }) =>
      withPage(browser, baseUrl, async (page) => {
        await settled(page);
        const before = await pixelsOf(page, ...whyMap);
        await drop(page, 'footer', 'black.png', blackPicture);
        await page.waitForFunction(
          () => document.querySelector('cs-image-input').value.data.every((value) => value === 0),
          patience,
        );
        await settled(page);
        assert.notEqual((await pixelsOf(page, ...whyMap)).hash, before.hash);
        const names = Array.from({ length: 10 }, (_, index) => `number ${index}`).join('\n');
        await drop(page, 'cs-image-input', 'names.txt', new TextEncoder().encode(names));
        await page.waitForFunction(
          () => document.querySelector('#why-title em')?.textContent.startsWith('number'),
          patience,
        );
        await settled(page);
      }),
  },
  {
    name: 'opens SqueezeNet from its file, takes a photo, class names and another preprocessing, and goes back',
    run: async ({ browser, baseUrl }) => {
      const test = 'opens SqueezeNet from its file';
      const files = [
        'models/squeezenet1.1/squeezenet1.1_fp32.onnx',
        'images/synset.txt',
        'images/pytorch-grad-cam_both.png',
      ];
      const [model, labels, photo] = files.map((path) => sharedFile(path, test));
      if (model === undefined || labels === undefined || photo === undefined) return;
      await withPage(browser, baseUrl, async (page) => {
        await settled(page);
        await upload(page, 'model', model);
        await modelNamed(page, 'squeezenet1.1_fp32');
        assert.match(await textOf(page, '.facts'), /1,235,496 parameters · takes 3 × 224 × 224/);
        assert.equal(await page.$('cs-class-scores'), null, 'scores without a picture');
        await upload(page, 'labels', labels);
        await page.waitForFunction(
          () => document.querySelector('.settings').textContent.includes('1000 from synset.txt'),
          patience,
        );
        await (await inShadow(page, 'cs-image-input', 'input[type=file]')).uploadFile(photo);
        const slow = { timeout: 150_000, polling: 200 };
        const isSaid = (page) => page.waitForFunction(() => document.querySelector('#scores-title em') !== null, slow);
        await isSaid(page);
        assert.match(await textOf(page, '#scores-title'), /^It says (boxer|bull mastiff)/);
        await page.waitForFunction(
          () => document.querySelectorAll('cs-heatmap[status=ready], cs-feature-maps[status=ready]').length === 3,
          slow,
        );
        assert.ok((await pixelsOf(page, ...whyMap)).colors > 50, 'the explanation is blank');
        assert.equal(await page.$eval('.why cs-heatmap', ({ explanation }) => explanation.method), 'grad-cam');
        const rows = () =>
          page.$eval('cs-class-scores', ({ shadowRoot }) =>
            [...shadowRoot.querySelectorAll('.label')].map(({ textContent }) => textContent),
          );
        assert.equal((await rows()).length, 10);
        await (await inShadow(page, 'cs-class-scores', 'input[type=search]')).type('tiger');
        assert.ok(
          (await rows()).every((label) => /tiger/i.test(label)),
          'the search finds other classes',
        );
        await page.select('select[name=preset]', '0..1');
        await page.waitForFunction(
          () => document.querySelector('cs-image-input').value.data.every((value) => value >= 0 && value <= 1),
          slow,
        );
        await page.evaluate(() => [...document.querySelectorAll('.quiet')].at(-1).click());
        await modelNamed(page, 'digits', slow);
        await page.waitForFunction(() => document.querySelector('#scores-title').textContent.includes('2'), slow);
      });
    },
  },
  {
    name: 'says that a final softmax is left out, and waits for a picture',
    run: async ({ browser, baseUrl }) => {
      const model = sharedFile('models/winml/SqueezeNet_fp16.onnx', 'says that a final softmax is left out');
      if (model === undefined) return;
      await withPage(browser, baseUrl, async (page) => {
        await settled(page);
        await upload(page, 'model', model);
        await modelNamed(page, 'SqueezeNet_fp16');
        assert.equal(await textOf(page, '.stripped'), 'the final softmax is left out for class methods.');
        assert.match(await textOf(page, '.waiting-card'), /Now it needs a picture/);
      });
    },
  },
  {
    name: 'fits a phone without scrolling sideways',
    run: ({ browser, baseUrl }) =>
      withPage(
        browser,
        baseUrl,
        async (page) => {
          await settled(page);
          const [content, width] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
          assert.ok(content <= width, `${content} px of content in ${width}`);
        },
        { prepare: (page) => page.setViewport({ width: 360, height: 740, isMobile: true, hasTouch: true }) },
      ),
  },
];
