// What the page says where it cannot work.
import assert from 'node:assert/strict';
import { patience, withPage, settled, textOf } from './page-support.mjs';

export const tests = [
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
];
