// What the tests of the training view share.
import assert from 'node:assert/strict';
import { openView, patience } from './page-support.mjs';

export const long = { timeout: 150_000, polling: 50 };

/** The training view, opened. */
export async function openControls(page) {
  await page.waitForSelector('[role=tab][data-view=training]', patience);
  await openView(page, 'training');
  await page.waitForSelector('cs-training-view >>> button[name=start]', patience);
}

/** The training view, opened, with the figure of the shipped network drawn at all of its checkpoints. */
export async function openTraining(page) {
  await openControls(page);
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

export const inView = (page, selector) => page.$(`cs-training-view >>> ${selector}`);
export const click = async (page, name) =>
  (await page.waitForSelector(`cs-training-view >>> button[name=${name}]`, long)).click();

/** What the view says, in short. */
export const stateOf = (page) =>
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

export const until = async (page, what, isSo) => {
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
export const dropBars = (page, size = 28) =>
  page.evaluate((size) => {
    const idx = (shape, values) =>
      Uint8Array.from([0, 0, 8, shape.length, ...shape.flatMap((size) => [0, 0, size >> 8, size & 255]), ...values]);
    const transfer = new DataTransfer();
    for (const [part, count] of [
      ['train', 200],
      ['t10k', 40],
    ]) {
      const labels = Array.from({ length: count }, (_, row) => row % 10);
      const pixels = new Uint8Array(count * size * size);
      labels.forEach((label, row) => {
        for (let y = 2; y < size - 2; y++) {
          const start = (row * size + y) * size + Math.round((label * (size - 3)) / 10);
          pixels.fill(160 + ((row * 7 + y) % 90), start, start + 3);
        }
      });
      transfer.items.add(new File([idx([count, size, size], pixels)], `${part}-images-idx3-ubyte`));
      transfer.items.add(new File([idx([count], labels)], `${part}-labels-idx1-ubyte`));
    }
    const target = document.querySelector('cs-training-view').shadowRoot.querySelector('.train');
    target.dispatchEvent(
      new DragEvent('drop', { dataTransfer: transfer, bubbles: true, composed: true, cancelable: true }),
    );
  }, size);

export async function startBars(page, epochs, size) {
  await dropBars(page, size);
  await page.waitForSelector('cs-training-view >>> .folder', patience);
  await page.evaluate((epochs) => {
    const field = document.querySelector('cs-training-view').shadowRoot.querySelector('input[name=epochs]');
    field.value = epochs;
    field.dispatchEvent(new Event('change'));
  }, String(epochs));
  await click(page, 'start');
}

/** Milliseconds from each key press on the timeline to the drawn figure, in the page itself. */
export const scrubTimes = (page, keys) =>
  page.evaluate(async (keys) => {
    const view = document.querySelector('cs-training-view');
    const figure = view.shadowRoot.querySelector('cs-evolution');
    const timeline = view.shadowRoot.querySelector('cs-timeline');
    const slider = timeline.shadowRoot.querySelector('[role=slider]');
    const isDrawn = () =>
      figure.step === timeline.steps[timeline.index] && figure.shadowRoot.querySelector('.large [data-large="0"]');
    const times = [];
    for (const key of keys) {
      const start = performance.now();
      slider.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
      await view.updateComplete;
      await figure.updateComplete;
      while (!isDrawn()) await new Promise((resolve) => setTimeout(resolve, 1));
      times.push(performance.now() - start);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return times;
  }, keys);
