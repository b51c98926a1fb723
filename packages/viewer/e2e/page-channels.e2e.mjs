// What excites channels most, and the hierarchy's stages in order.
import assert from 'node:assert/strict';
import { idle, inShadow, patience, withPage } from './page-support.mjs';

export const tests = [
  {
    name: 'finds the drawings that excite a channel most, and those of another channel',
    run: ({ browser, baseUrl }) =>
      withPage(browser, baseUrl, async (page) => {
        await page.goto(`${baseUrl}#model=digits&view=deconvnet&layer=relu2`);
        await page.reload();
        await (await page.waitForSelector('.top-search', patience)).click();
        const found = async () => {
          await page.waitForFunction(() => document.querySelectorAll('.top-pictures figure').length === 9, patience);
          await idle(page);
          return page.$$eval('.top-pictures', ([grid]) => ({
            channel: grid.getAttribute('aria-label'),
            activations: [...grid.querySelectorAll('.number')].map(({ textContent }) => Number(textContent)),
            pictures: [...grid.querySelectorAll('cs-picture')].map(({ status }) => status),
          }));
        };
        const first = await found();
        assert.equal(first.channel, 'Channel 0');
        assert.deepEqual(
          first.activations,
          first.activations.toSorted((a, b) => b - a),
        );
        assert.ok(first.pictures.length === 18 && first.pictures.every((status) => status === 'ready'));
        await page.$eval('input[name=top-channel]', (field) => {
          field.value = '4';
          field.dispatchEvent(new Event('change'));
        });
        await page.waitForSelector('.top-pictures[aria-label="Channel 4"]', patience);
        assert.notDeepEqual((await found()).activations, first.activations);
      }),
  },
  {
    name: 'shows filters by the element, keeps the choice in the address, and leads from a filter to its map',
    run: ({ browser, baseUrl }) =>
      withPage(browser, baseUrl, async (page) => {
        await page.goto(`${baseUrl}#model=digits&view=filters&convolution=conv2&filter=3`);
        await page.reload();
        await page.waitForSelector('lab-filters cs-filters', patience);
        const shown = () => page.$eval('cs-filters', ({ weights }) => [...weights.shape, ...weights.data.slice(0, 9)]);
        const third = await shown();
        assert.deepEqual(third.slice(0, 4), [16, 1, 3, 3], 'one slice a channel');
        await page.$eval('input[name=filter]', (field) => {
          field.value = '5';
          field.dispatchEvent(new Event('change'));
        });
        await page.waitForFunction(() => location.hash.includes('convolution=conv2&filter=5'), patience);
        assert.notDeepEqual(await shown(), third);
        await page.select('select[name=convolution]', 'conv1');
        await page.waitForFunction(() => !location.hash.includes('filter='), patience);
        await (await inShadow(page, 'cs-filters', '[part=filter]:nth-child(4)')).click();
        await page.waitForFunction(() => /view=activations.*layer=relu1&unit=3/.test(location.hash), patience);
      }),
  },
  {
    name: 'fills the stages of the hierarchy from the first to the last',
    run: ({ browser, baseUrl }) =>
      withPage(browser, baseUrl, async (page) => {
        await page.goto(`${baseUrl}#model=digits&view=hierarchy`);
        await page.reload();
        await page.waitForSelector('lab-hierarchy', patience);
        const order = await page.evaluate(
          () =>
            new Promise((resolve) => {
              const seen = [];
              const look = () => {
                const strips = [...document.querySelectorAll('lab-unit-strip .unit-strip')];
                for (const strip of strips) {
                  const { layer } = strip.dataset;
                  if (strip.querySelector('lab-unit-picture') !== null && !seen.includes(layer)) seen.push(layer);
                }
                if (strips.length > 0 && seen.length === strips.length) resolve(seen);
                else requestAnimationFrame(look);
              };
              look();
            }),
        );
        assert.deepEqual(order, ['relu1', 'relu2', 'relu3']);
      }),
  },
];
