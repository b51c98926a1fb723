// Views that make pictures, and pictures that the camera makes.
import assert from 'node:assert/strict';
import { idle, inShadow, openView, patience, settled, textOf, withPage } from './page-support.mjs';

const start = async (page) => {
  await page.click('.pictures-choice .primary');
  await page.waitForFunction(() => document.querySelector('cs-picture.result')?.status === 'ready', {
    ...patience,
    timeout: 120_000,
  });
};

export const tests = [
  {
    name: 'dreams, keeps its settings in the address, and shows the network its own dream',
    run: ({ browser, baseUrl }) =>
      withPage(browser, baseUrl, async (page) => {
        await page.goto(
          `${baseUrl}#model=digits&view=dream&dream=deep-dream;layer=relu2;seed=3;p.octaves=1;p.iterations=2`,
        );
        await page.reload();
        await page.waitForSelector('.pictures-choice .primary', patience);
        await start(page);
        const [input, dream] = await page.$$eval('.side-by-side cs-picture', async ([input, dream]) => [
          [...input.source.data],
          [...(await dream.source.read()).data],
        ]);
        assert.equal(dream.length, input.length);
        assert.ok(
          dream.some((value, index) => Math.abs(value - input[index]) > 1e-3),
          'nothing was dreamt',
        );
        await page.evaluate(() =>
          [...document.querySelectorAll('.pictures-result .quiet')]
            .find((button) => /say to this/.test(button.textContent))
            .click(),
        );
        await page.waitForFunction(() => location.hash.includes('input=pixels:28x28:'), patience);
        assert.match(
          await page.evaluate(() => location.hash),
          /dream=deep-dream;layer=relu2;seed=3;p.octaves=1;p.iterations=2/,
        );
      }),
  },
  {
    name: 'reconstructs the input from each layer, with the errors',
    run: ({ browser, baseUrl }) =>
      withPage(browser, baseUrl, async (page) => {
        await page.goto(
          `${baseUrl}#model=digits&view=reconstruction&reconstruction=reconstruction-ladder;p.length=0.05`,
        );
        await page.reload();
        await page.waitForSelector('.pictures-choice .primary', patience);
        await start(page);
        const captions = await page.$eval('cs-picture.result', ({ shadowRoot }) =>
          [...shadowRoot.querySelectorAll('figcaption')].map(({ textContent }) => textContent),
        );
        assert.ok(captions.length >= 3 && captions.some((text) => text.includes('relu1')), captions.join());
      }),
  },
  {
    name: 'takes a picture with the camera, and turns it off',
    run: ({ browser, baseUrl }) =>
      withPage(
        browser,
        baseUrl,
        async (page) => {
          await settled(page);
          const press = async (text) => {
            const button = await page.evaluateHandle(
              (text) =>
                [...document.querySelector('cs-image-input').shadowRoot.querySelectorAll('.actions button')].find(
                  ({ textContent }) => textContent.trim() === text,
                ),
              text,
            );
            await button.asElement().click();
          };
          await press('Camera');
          const video = await inShadow(page, 'cs-image-input', 'video');
          await page.waitForFunction((video) => video.videoWidth > 0, patience, video);
          await press('Take it');
          await page.waitForFunction(
            () => Math.min(...document.querySelector('cs-image-input').value.data) > 0.5,
            patience,
          );
          assert.equal(await page.evaluate(() => window.track.readyState), 'ended');
          await openView(page, 'overview');
          await idle(page);
          assert.match(await textOf(page, '#scores-title'), /^It says \d$/);
        },
        {
          prepare: (page) =>
            page.evaluateOnNewDocument(() => {
              // A camera that looks at a white wall.
              navigator.mediaDevices.getUserMedia = async () => {
                const canvas = document.createElement('canvas');
                canvas.width = canvas.height = 64;
                const context = canvas.getContext('2d');
                const paint = () => {
                  context.fillStyle = 'white';
                  context.fillRect(0, 0, 64, 64);
                  requestAnimationFrame(paint);
                };
                paint();
                const stream = canvas.captureStream();
                [window.track] = stream.getTracks();
                return stream;
              };
            }),
        },
      ),
  },
];
