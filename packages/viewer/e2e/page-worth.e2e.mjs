// What shows how much a map is worth, and maps that follow the class.
import assert from 'node:assert/strict';
import { idle, patience, withPage } from './page-support.mjs';

const titles = (page) => page.$$eval('.worth h4', (all) => all.map(({ textContent }) => textContent));

export const tests = [
  {
    name: 'judges a map when asked, forgets it when the class changes, and stops when told',
    run: ({ browser, baseUrl }) =>
      withPage(browser, baseUrl, async (page) => {
        await page.goto(`${baseUrl}#model=digits&view=attribution&tile=integrated-gradients`);
        await page.reload();
        const ask = await page.waitForSelector('.worth-ask', patience);
        await ask.click();
        await idle(page);
        assert.deepEqual(await titles(page), ['Completeness', 'Deletion', 'Insertion', 'Random weights']);
        const words = await page.$$eval('.worth .finding p', (all) => all.map(({ textContent }) => textContent));
        const [, sum, wanted] = /add up to (\S+); the score rises by (\S+) from/.exec(words[0]) ?? [];
        assert.ok(Math.abs(Number(sum) - Number(wanted)) < 0.05 * Number(wanted), words[0]);
        const [, own, random] = /area (\S+), in random order (\S+)\)/.exec(words[1]) ?? [];
        assert.ok(Number(own) < Number(random), words[1]);

        const scores = '.scores-card cs-class-scores';
        await page.$eval(scores, (element) =>
          element.dispatchEvent(new CustomEvent('target', { detail: { index: 7 } })),
        );
        await page.waitForFunction(
          () => document.querySelector('lab-tile').work.explanation?.targets[0].index === 7,
          patience,
        );
        await (await page.waitForSelector('.worth-ask', patience)).click();
        await (await page.waitForSelector('.worth .row button', patience)).click();
        await idle(page);
        assert.equal(await page.$('.worth progress'), null);
        assert.ok(!(await titles(page)).includes('Random weights'));
      }),
  },
];
