// The page as people use it: every test opens it anew.
import assert from 'node:assert/strict';
import { patience, withPage, settled, pixelsOf, textOf, inShadow, whyMap, unitMap } from './page-support.mjs';

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
