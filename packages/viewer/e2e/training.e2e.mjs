// Training in the page, and going back over what was learned.
import assert from 'node:assert/strict';
import { openView, patience, withPage } from './page-support.mjs';

const long = { timeout: 150_000, polling: 50 };

/** The training view, opened, with the figure of the shipped network drawn at all of its checkpoints. */
async function openTraining(page) {
  await page.waitForSelector('[role=tab][data-view=training]', patience);
  await openView(page, 'training');
  await page.waitForFunction(
    () => {
      const view = document.querySelector('cs-training-view')?.shadowRoot;
      const figure = view?.querySelector('cs-evolution')?.shadowRoot;
      const steps = view?.querySelector('cs-timeline')?.steps.length;
      return steps > 0 && figure?.querySelectorAll('.strip canvas').length === steps;
    },
    { timeout: 100_000, polling: 50 },
  );
}

const inView = (page, selector) => page.$(`cs-training-view >>> ${selector}`);
const click = async (page, name) =>
  (await page.waitForSelector(`cs-training-view >>> button[name=${name}]`, long)).click();

/** What the view says, in short. */
const stateOf = (page) =>
  page.evaluate(() => {
    const view = document.querySelector('cs-training-view').shadowRoot;
    const words = view.querySelector('.progress p')?.textContent.replace(/\s+/g, ' ').trim() ?? '';
    return {
      words,
      step: Number(/step (\d+)/.exec(words)?.[1] ?? -1),
      checkpoints: view.querySelector('cs-timeline')?.steps.length ?? 0,
      shown: view.querySelector('cs-evolution')?.step ?? -1,
      losses: view.querySelector('cs-training-chart')?.losses.length ?? 0,
      problem: view.querySelector('.failure')?.textContent ?? '',
    };
  });

const until = async (page, what, isSo) => {
  const end = Date.now() + 120_000;
  for (;;) {
    const state = await stateOf(page);
    assert.equal(state.problem, '');
    if (isSo(state)) return state;
    assert.ok(Date.now() < end, `never: ${what}; ${JSON.stringify(state)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

/** Drops MNIST's four files on the view: bright bars, whose place is their class. */
const dropBars = (page) =>
  page.evaluate(() => {
    const idx = (shape, values) =>
      Uint8Array.from([0, 0, 8, shape.length, ...shape.flatMap((size) => [0, 0, size >> 8, size & 255]), ...values]);
    const transfer = new DataTransfer();
    for (const [part, count] of [
      ['train', 200],
      ['t10k', 40],
    ]) {
      const labels = Array.from({ length: count }, (_, row) => row % 10);
      const pixels = new Uint8Array(count * 784);
      labels.forEach((label, row) => {
        for (let y = 4; y < 24; y++)
          pixels.fill(
            160 + ((row * 7 + y) % 90),
            row * 784 + y * 28 + 3 + 2 * label,
            row * 784 + y * 28 + 6 + 2 * label,
          );
      });
      transfer.items.add(new File([idx([count, 28, 28], pixels)], `${part}-images-idx3-ubyte`));
      transfer.items.add(new File([idx([count], labels)], `${part}-labels-idx1-ubyte`));
    }
    const target = document.querySelector('cs-training-view').shadowRoot.querySelector('.train');
    target.dispatchEvent(
      new DragEvent('drop', { dataTransfer: transfer, bubbles: true, composed: true, cancelable: true }),
    );
  });

async function startBars(page, epochs) {
  await dropBars(page);
  await page.waitForSelector('cs-training-view >>> .folder', patience);
  await page.evaluate((epochs) => {
    const field = document.querySelector('cs-training-view').shadowRoot.querySelector('input[name=epochs]');
    field.value = epochs;
    field.dispatchEvent(new Event('change'));
  }, String(epochs));
  await click(page, 'start');
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
        // From the key press to the drawn figure, in the page itself.
        const times = await page.evaluate(async () => {
          const view = document.querySelector('cs-training-view');
          const figure = view.shadowRoot.querySelector('cs-evolution');
          const slider = view.shadowRoot.querySelector('cs-timeline').shadowRoot.querySelector('[role=slider]');
          const times = [];
          for (let press = 0; press < 8; press++) {
            const start = performance.now();
            slider.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true, cancelable: true }));
            await view.updateComplete;
            await figure.updateComplete;
            times.push(performance.now() - start);
          }
          return times;
        });
        assert.ok(Math.max(...times) < 100, `a step took ${Math.max(...times)} ms`);
        const box = await (await inView(page, 'cs-timeline >>> [role=slider]')).boundingBox();
        await page.mouse.click(box.x + box.width - 1, box.y + 10);
        assert.equal((await stateOf(page)).shown, shown);
        const text = await page.$eval('cs-training-view >>> cs-timeline >>> [role=slider]', (element) =>
          element.getAttribute('aria-valuetext'),
        );
        assert.match(text, /^step \d+, checkpoint (\d+) of \1$/);
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
