// Models, pictures and class names from files.
import assert from 'node:assert/strict';
import {
  patience,
  withPage,
  settled,
  modelNamed,
  drop,
  dropTogether,
  upload,
  sharedFile,
  pixelsOf,
  textOf,
  inShadow,
  blackPicture,
  whyMap,
} from './page-support.mjs';
import { partedModel, partedWeights, strangeModel } from './tiny-onnx.mjs';

export const tests = [
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
          assert.equal(await page.$eval('.model-name', ({ dataset }) => dataset.name), 'digits');
        }
        await settled(page);
        assert.equal(await textOf(page, '#scores-title'), 'It says 2');
        assert.equal(await page.$('.drop-here'), null, 'the drop is over');
      }),
  },
  {
    name: 'opens a network whose weights lie in another file, and names it where it is missing',
    run: ({ browser, baseUrl }) =>
      withPage(browser, baseUrl, async (page) => {
        await settled(page);
        await drop(page, 'footer', 'parted.onnx', partedModel);
        await page.waitForFunction(
          () => /parted\.onnx\.data/.test(document.querySelector('.model-problem')?.textContent ?? ''),
          patience,
        );
        await dropTogether(page, 'footer', [
          ['parted.onnx', partedModel],
          ['parted.onnx.data', partedWeights],
        ]);
        await modelNamed(page, 'parted');
        await settled(page);
        assert.equal(await textOf(page, '#scores-title'), 'It says 1', 'the filter with the largest weight');
      }),
  },
  {
    name: 'opens a network of its own server with the weights beside it, and its class names',
    run: ({ browser, baseUrl }) =>
      withPage(
        browser,
        baseUrl,
        async (page) => {
          const at = (name) => `url:${encodeURIComponent(`${baseUrl}files/${name}`)}`;
          await page.goto(`${baseUrl}#model=${at('parted.onnx')}&labels=${at('names.txt')}`);
          await page.reload();
          await modelNamed(page, 'parted');
          const labels = await page.$eval('cs-page', ({ lab }) => lab.model.labels);
          assert.deepEqual(labels, ['low', 'high', 'middle']);
          assert.match(await page.evaluate(() => location.hash), /labels=url:/);
        },
        {
          prepare: async (page) => {
            const files = new Map([
              ['parted.onnx', partedModel],
              ['parted.onnx.data', partedWeights],
              ['names.txt', new TextEncoder().encode('low\nhigh\nmiddle\n')],
            ]);
            await page.setRequestInterception(true);
            page.on('request', (request) => {
              const [, name] = /\/files\/(.*)$/.exec(request.url()) ?? [];
              const body = files.get(name);
              void (body === undefined ? request.continue() : request.respond({ body: Buffer.from(body) }));
            });
          },
        },
      ),
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
        assert.match(await textOf(page, '.facts'), /takes 3 × 224 × 224/);
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
        await page.select('select[name=model]', 'digits');
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
];
