// A training in the page goes on when the GPU process dies, and when nobody looks at the page.
import assert from 'node:assert/strict';
import { withPage } from './page-support.mjs';
import { click, openControls, startBars, stateOf, until } from './training-support.mjs';

/** How often the GPU process is killed: CONVSCOPE_KILLS=20 does what a release wants, and takes its time. */
const KILLS = Number(process.env.CONVSCOPE_KILLS ?? 3);
/** A checkpoint comes at least once an epoch, and a kill after each. */
const EPOCHS = KILLS + 2;
const SIZE = 14;
/** Milliseconds after a checkpoint: an epoch of four small steps takes about as long. */
const LONGEST_DELAY = 400;

const ended = (page) => until(page, 'the end', ({ words }) => words.startsWith('Done'));

/** What the page has kept to go on from: weights, optimiser and all, as text. The first 16 bytes count the writes. */
const keptBytes = (page) =>
  page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle('convscope-training');
    let newest = { sequence: -1, text: '' };
    for (const slot of ['latest.a', 'latest.b']) {
      const handle = await folder.getFileHandle(slot).catch(() => undefined);
      if (handle === undefined) continue;
      const bytes = new Uint8Array(await (await handle.getFile()).arrayBuffer());
      const sequence = new DataView(bytes.buffer).getUint32(4);
      const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes.subarray(16)));
      if (sequence > newest.sequence) newest = { sequence, text: `${bytes.length} bytes ${[...hash].join(' ')}` };
    }
    return newest.text;
  });

/** Kills the process in which Chromium talks to the GPU; it starts another by itself. */
async function killGpuProcess(browser) {
  const session = await browser.target().createCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const { id } = processInfo.find(({ type }) => type === 'GPU');
  process.kill(id, 'SIGKILL');
  await session.detach();
}

export const tests = [
  {
    name: `the GPU process is killed at ${KILLS} random moments: the training comes to the same bits as one that was never disturbed`,
    run: async ({ browser, baseUrl }) => {
      const lost = /lost|destroyed|device|Instance|WebGL|GPU|Adapter/i;
      await withPage(
        browser,
        baseUrl,
        async (page) => {
          await openControls(page);
          await startBars(page, EPOCHS, SIZE);
          await ended(page);
          const undisturbed = await keptBytes(page);
          assert.match(undisturbed, /bytes/);
          await click(page, 'start');
          let [known, seed] = [1, 1];
          for (let kill = 0; kill < KILLS; kill++) {
            const state = await until(
              page,
              `checkpoint ${known + 1}`,
              ({ checkpoints, step }) => checkpoints > known && step > 0 && step < 4 * EPOCHS,
            );
            known = state.checkpoints;
            seed = (seed * 16807) % 2147483647;
            await new Promise((resolve) => setTimeout(resolve, (LONGEST_DELAY * seed) / 2147483647));
            await killGpuProcess(browser);
          }
          await ended(page);
          const words = await page.$eval('cs-training-view', ({ shadowRoot }) => shadowRoot.textContent);
          assert.match(words, /The graphics device was lost; the training went on from step \d+/);
          assert.equal(await keptBytes(page), undisturbed);
        },
        { allowed: [lost] },
      );
    },
  },
  {
    name: 'goes on while another page is in front',
    run: async ({ browser, baseUrl }) =>
      withPage(browser, baseUrl, async (page) => {
        await openControls(page);
        await startBars(page, 500, SIZE);
        await until(page, 'a step', ({ step }) => step >= 1);
        const other = await browser.newPage();
        try {
          await other.bringToFront();
          assert.equal(await page.evaluate(() => document.visibilityState), 'hidden');
          const { step } = await stateOf(page);
          await until(page, 'ten steps that nobody sees', (state) => state.step >= step + 10);
          assert.equal(await page.evaluate(() => document.visibilityState), 'hidden');
        } finally {
          await other.close();
        }
      }),
  },
];
