// What axe says of every view, and ways through the page without a pointer.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { idle, openView, patience, settled, textOf, withPage } from './page-support.mjs';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Serious and critical findings in the page and its shadow roots, in words. */
async function seriousFindings(page) {
  await page.evaluate(axeSource);
  return page.evaluate(async () => {
    const { violations } = await window.axe.run(document, { resultTypes: ['violations'] });
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(
        ({ id, nodes }) =>
          `${id}: ${nodes
            .slice(0, 3)
            .map(({ html }) => html.slice(0, 160))
            .join(' | ')}`,
      );
  });
}

const views = [
  'overview',
  'activations',
  'filters',
  'attribution',
  'deconvnet',
  'dream',
  'visualization',
  'reconstruction',
  'hierarchy',
  'training',
];

export const tests = [
  ...['light', 'dark'].map((theme) => ({
    name: `axe finds nothing serious in any view, ${theme}`,
    run: ({ browser, baseUrl }) =>
      withPage(
        browser,
        baseUrl,
        async (page) => {
          await settled(page);
          for (const view of views) {
            await openView(page, view);
            await idle(page);
            assert.deepEqual(await seriousFindings(page), [], view);
          }
        },
        { prepare: (page) => page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }]) },
      ),
  })),
  {
    name: 'arrow keys go through the tabs, and through the tour, which Escape ends',
    run: ({ browser, baseUrl }) =>
      withPage(browser, baseUrl, async (page) => {
        await settled(page);
        await page.focus('[role=tab][aria-selected=true]');
        await page.keyboard.press('ArrowRight');
        await page.waitForSelector('#view[data-view=activations]', patience);
        assert.equal(await page.evaluate(() => document.activeElement.id), 'tab-activations');
        await page.keyboard.press('End');
        await page.keyboard.press('ArrowRight');
        await page.waitForSelector('#view[data-view=overview]', patience);
        await page.click('.tools button');
        await page.waitForSelector('.tour', patience);
        const titles = [];
        for (let step = 0; step < 5; step++) {
          titles.push(await textOf(page, '#tour-title'));
          await page.keyboard.press('ArrowRight');
          await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => resolve())));
        }
        assert.equal(new Set(titles).size, 5);
        await page.keyboard.press('Escape');
        await page.waitForFunction(() => document.querySelector('.tour') === null, patience);
        assert.equal(await page.evaluate(() => document.activeElement.textContent.trim()), 'Tour');
        assert.equal(await page.$('.tour-target'), null);
      }),
  },
];
