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
    name: 'makes pictures of channels from noise, with what they bring forth',
    run: ({ browser, baseUrl }) =>
      withPage(browser, baseUrl, async (page) => {
        await page.goto(
          `${baseUrl}#model=digits&view=visualization&visualization=feature-visualization;layer=relu1;p.steps=8;p.most=4`,
        );
        await page.reload();
        await page.waitForSelector('.pictures-choice .primary', patience);
        await start(page);
        const captions = await page.$eval('cs-picture.result', ({ captions }) => captions);
        assert.equal(captions.length, 4);
        for (const [index, caption] of captions.entries()) {
          assert.match(caption, new RegExp(`^channel ${index} · \\d`));
        }
        assert.equal(await page.$('.pictures-result .quiet'), null, 'several pictures are no input');
      }),
  },
  {
    name: 'saves a zooming dream as an animation',
    run: ({ browser, baseUrl }) =>
      withPage(
        browser,
        baseUrl,
        async (page) => {
          await page.goto(
            `${baseUrl}#model=digits&view=dream&dream=deep-dream;layer=relu1;p.octaves=1;p.iterations=1;p.frames=3`,
          );
          await page.reload();
          await page.waitForSelector('.pictures-choice .primary', patience);
          await start(page);
          await page.evaluate(() =>
            [...document.querySelectorAll('.pictures-result button')]
              .find(({ textContent }) => textContent.trim() === 'Download GIF')
              .click(),
          );
          await page.waitForFunction(() => window.saved !== undefined, patience);
          const { type, bytes } = await page.evaluate(() => window.saved);
          assert.equal(type, 'image/gif');
          assert.equal(String.fromCharCode(...bytes.slice(0, 6)), 'GIF89a');
          assert.deepEqual(bytes.slice(6, 10), [224, 0, 224, 0], '28 pixels, eight times as large');
          const frames = bytes.filter((byte, at) => byte === 0x21 && bytes[at + 1] === 0xf9 && bytes[at + 2] === 4);
          assert.equal(frames.length, 3);
        },
        {
          prepare: (page) =>
            page.evaluateOnNewDocument(() => {
              const given = URL.createObjectURL.bind(URL);
              URL.createObjectURL = (blob) => {
                if (blob.type === 'image/gif') {
                  void blob
                    .arrayBuffer()
                    .then((buffer) => (window.saved = { type: blob.type, bytes: [...new Uint8Array(buffer)] }));
                }
                return given(blob);
              };
              HTMLAnchorElement.prototype.click = () => undefined;
            }),
        },
      ),
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
