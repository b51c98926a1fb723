// The card that measures kernels, and what it keeps in the browser.
import assert from 'node:assert/strict';
import { patience, settled, withPage } from './page-support.mjs';

const inCard = (page, selector) =>
  page.waitForFunction(
    (selector) => document.querySelector('cs-kernel-card')?.shadowRoot?.querySelector(selector),
    patience,
    selector,
  );

const summaryHas = (page, words) =>
  page.waitForFunction(
    (words) =>
      document.querySelector('cs-kernel-card')?.shadowRoot?.querySelector('summary')?.textContent.includes(words),
    patience,
    words,
  );

/** Keeps a tuning as the card does, for the network that is shown. */
const keep = (page) =>
  page.evaluate(() => {
    const { adapter } = document.querySelector('cs-kernel-card').lab.device;
    const { vendor, architecture, description } = adapter;
    const timings = [
      { name: 'rows', milliseconds: 4 },
      { name: 'pixels', milliseconds: 2 },
    ];
    const problems = [{ problem: 'kept', uses: 1, usual: 'rows', candidate: 'pixels', timings }];
    const tuning = { format: 'convscope-kernels', version: 1, adapter, method: 'clock', rounds: 5, problems };
    const place = JSON.stringify([vendor, architecture, description, 'digits', 1, 28, 28]);
    localStorage.setItem(`convscope-kernels ${place}`, JSON.stringify(tuning));
  });

const choice = (page) =>
  page.evaluate(() => document.querySelector('cs-kernel-card').lab.device.kernelChoices.get('kept'));

export const tests = [
  {
    name: 'measures kernels when asked, and stops when told',
    run: ({ browser, baseUrl }) =>
      withPage(browser, baseUrl, async (page) => {
        await settled(page);
        await (await inCard(page, 'summary')).asElement().click();
        await (await inCard(page, 'button[name=measure]')).asElement().click();
        await (await inCard(page, 'button[name=cancel]')).asElement().click();
        await inCard(page, 'button[name=measure]');
        assert.equal(await page.evaluate(() => localStorage.length), 0);
      }),
  },
  {
    name: 'uses kept kernels when the network is opened, until they are removed',
    run: ({ browser, baseUrl }) =>
      withPage(browser, baseUrl, async (page) => {
        await summaryHas(page, 'by default');
        await keep(page);
        await page.reload();
        await summaryHas(page, '1 problem measured, 2.0 times faster than the default');
        assert.equal(await choice(page), 'pixels');
        await (await inCard(page, 'summary')).asElement().click();
        await (await inCard(page, 'button[name=remove]')).asElement().click();
        await summaryHas(page, 'by default');
        assert.equal(await choice(page), undefined);
        assert.equal(await page.evaluate(() => localStorage.length), 0);
      }),
  },
];
