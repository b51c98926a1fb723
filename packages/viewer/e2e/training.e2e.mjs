// Training in the page, and going back over what was learned.
import assert from 'node:assert/strict';
import { withPage } from './page-support.mjs';
import {
  click,
  dropBars,
  inView,
  long,
  openTraining,
  scrubTimes,
  startBars,
  stateOf,
  until,
} from './training-support.mjs';

/** Makes the evolution a film, and says what the browser's own player makes of it. */
async function playedFilm(browser, page) {
  const bytes = await page.evaluate(async () => {
    const create = URL.createObjectURL.bind(URL);
    const made = new Promise((resolve) => {
      URL.createObjectURL = (blob) => {
        URL.createObjectURL = create;
        resolve(blob);
        return create(blob);
      };
    });
    document.querySelector('cs-training-view').shadowRoot.querySelector('button[name=mp4]').click();
    return [...new Uint8Array(await (await made).arrayBuffer())];
  });
  // The page's policy lets it play nothing.
  const player = await browser.newPage();
  try {
    return await player.evaluate(async (bytes) => {
      const video = document.createElement('video');
      video.src = URL.createObjectURL(new Blob([Uint8Array.from(bytes)], { type: 'video/mp4' }));
      await new Promise((resolve, reject) => {
        video.addEventListener('loadeddata', resolve);
        video.addEventListener('error', () => reject(new Error(video.error.message)));
      });
      video.currentTime = video.duration - 1;
      await new Promise((resolve) => video.addEventListener('seeked', resolve, { once: true }));
      const canvas = new OffscreenCanvas(video.videoWidth, video.videoHeight);
      const context = canvas.getContext('2d');
      // A frame can be drawn a while after the seek has ended; until then the canvas stays empty.
      let greens = [];
      for (let tries = 0; tries < 50 && greens.every((green) => green === 0); tries++) {
        await new Promise((resolve) => setTimeout(resolve, 100));
        context.drawImage(video, 0, 0);
        const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
        greens = data.filter((_, at) => at % 4 === 1).subarray(0, 60000);
      }
      const [darkest, brightest] = [Math.min(...greens), Math.max(...greens)];
      return { seconds: video.duration, width: canvas.width, darkest, brightest };
    }, bytes);
  } finally {
    await player.close();
  }
}

export const tests = [
  {
    name: 'shows how the shipped network learned; scrubs by keyboard and pointer within 100 ms',
    run: ({ browser, baseUrl }) =>
      withPage(browser, baseUrl, async (page) => {
        await openTraining(page);
        const { checkpoints, shown, losses } = await stateOf(page);
        assert.ok(checkpoints >= 12 && losses > 20, 'checkpoints and curves');
        await (await inView(page, 'cs-timeline >>> [role=slider]')).focus();
        await page.keyboard.press('ArrowLeft');
        const before = await stateOf(page);
        assert.ok(before.shown < shown, 'the figure follows the arrow key');
        await page.keyboard.press('Home');
        assert.equal((await stateOf(page)).shown, 0);
        const times = await scrubTimes(page, Array(8).fill('ArrowRight'));
        assert.ok(Math.max(...times) < 100, `a step took ${Math.max(...times)} ms`);
        const box = await (await inView(page, 'cs-timeline >>> [role=slider]')).boundingBox();
        await page.mouse.click(box.x + box.width - 1, box.y + 10);
        assert.equal((await stateOf(page)).shown, shown);
        const text = await page.$eval('cs-training-view >>> cs-timeline >>> [role=slider]', (element) =>
          element.getAttribute('aria-valuetext'),
        );
        assert.match(text, /^step \d+, checkpoint (\d+) of \1$/);
        const film = await playedFilm(browser, page);
        assert.ok(film.seconds >= 0.5 * checkpoints, `the film takes ${film.seconds} s`);
        assert.ok(film.width > 300 && film.brightest > 240 && film.darkest < 60, JSON.stringify(film));
      }),
  },
  {
    name: 'trains on dropped files: start, pause, scrub, resume, cancel; a reload offers to go on',
    run: async ({ browser, baseUrl }) => {
      await withPage(browser, baseUrl, async (page) => {
        await openTraining(page);
        await startBars(page, 500);
        await until(page, 'five steps', ({ step }) => step >= 5);
        await click(page, 'pause');
        const paused = await until(page, 'paused', ({ words }) => words.startsWith('Paused'));
        // The step under way may still end, then nothing moves.
        await new Promise((resolve) => setTimeout(resolve, 1500));
        const standing = await stateOf(page);
        await new Promise((resolve) => setTimeout(resolve, 1500));
        assert.equal((await stateOf(page)).step, standing.step);
        assert.ok(standing.step <= paused.step + 5);
        assert.ok(standing.checkpoints >= 2, 'the first checkpoint and the one of the pause');
        await (await inView(page, 'cs-timeline >>> [role=slider]')).focus();
        await page.keyboard.press('Home');
        await until(page, 'the first checkpoint', ({ shown }) => shown === 0);
        await click(page, 'resume');
        await until(page, 'more steps', ({ step }) => step >= standing.step + 10);
        assert.equal((await stateOf(page)).shown, 0, 'the user’s place stays while training goes on');
        const times = await scrubTimes(page, ['End', 'Home', 'End', 'Home', 'End', 'Home', 'End', 'Home']);
        const median = times.toSorted((a, b) => a - b)[4];
        assert.ok(median < 100, `while it trains, a step took ${times.map(Math.round)} ms`);
        await page.reload();
        await openTraining(page);
        await dropBars(page);
        await click(page, 'go-on');
        const resumed = await until(page, 'goes on', ({ words, step }) => words.startsWith('Training') && step > 5);
        assert.ok(resumed.checkpoints >= 2, 'the checkpoints from before the reload');
        await click(page, 'cancel');
        await until(page, 'cancelled', ({ words }) => words.startsWith('Cancelled'));
        assert.ok(await inView(page, 'button[name=start]'));
      });
    },
  },
  {
    name: 'goes on from its last checkpoint when the device is lost',
    run: ({ browser, baseUrl }) =>
      withPage(
        browser,
        baseUrl,
        async (page) => {
          await openTraining(page);
          await startBars(page, 500);
          await until(page, 'a checkpoint after the first', ({ checkpoints }) => checkpoints >= 2);
          await page.evaluate(() => window.openDevices.at(-1).destroy());
          const words = await page.waitForFunction(
            () => {
              const view = document.querySelector('cs-training-view').shadowRoot;
              return /The graphics device was lost; the training went on from step \d+/.exec(view.textContent)?.[0];
            },
            { timeout: 60_000, polling: 100 },
          );
          const from = Number(/\d+/.exec(await words.jsonValue())[0]);
          await page.waitForFunction(
            (from) => {
              const view = document.querySelector('cs-training-view').shadowRoot;
              return Number(/step (\d+)/.exec(view.querySelector('.progress p').textContent)?.[1]) > from;
            },
            long,
            from,
          );
          await click(page, 'cancel');
        },
        {
          allowed: [/lost|destroyed|device/i],
          prepare: (page) =>
            page.evaluateOnNewDocument(() => {
              const request = Reflect.get(GPUAdapter.prototype, 'requestDevice');
              window.openDevices = [];
              GPUAdapter.prototype.requestDevice = async function (...options) {
                const device = await request.apply(this, options);
                window.openDevices.push(device);
                return device;
              };
            }),
        },
      ),
  },
];
