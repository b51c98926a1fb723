// The benchmark page on quick sizes: one suite to its end and into a file, another one stopped, and no WebGPU at all.
import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const patience = { timeout: 150_000, polling: 100 };
const source = (path) => fileURLToPath(new URL(`../src/${path}`, import.meta.url));

/** Opens the page, runs `use`, and fails on errors and violations of the content policy, the worker's too, on the way. */
async function withPage(browser, baseUrl, use, { hasWebGpu = true } = {}) {
  const page = await browser.newPage();
  const problems = [];
  page.on('pageerror', (error) => problems.push(String(error?.message ?? error)));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  try {
    if (!hasWebGpu) await page.evaluateOnNewDocument(() => delete Navigator.prototype.gpu);
    await page.evaluateOnNewDocument(() => {
      document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
        console.error(`content policy: ${violatedDirective} ${blockedURI}`),
      );
    });
    await page.goto(baseUrl);
    await use(page);
    assert.deepEqual(problems, [], 'errors in the page');
  } finally {
    await page.close();
  }
}

/** Chooses just this suite, and small sizes. */
async function choose(page, suite) {
  await page.waitForSelector('.setup', patience);
  for (const box of await page.$$('input[name=suite]')) {
    const [value, isChosen] = await box.evaluate(({ value, checked }) => [value, checked]);
    if ((value === suite) !== isChosen) await box.click();
  }
  await page.click('input[name=extent][value=quick]');
}

const statusOf = (page, suite) => page.$eval(`.suite[data-suite=${suite}]`, ({ dataset }) => dataset.status);

/** What the page would save, as the file has it. */
async function savedText(page) {
  await page.evaluate(() => {
    const create = URL.createObjectURL.bind(URL);
    URL.createObjectURL = (blob) => {
      window.saved = blob.text();
      return create(blob);
    };
    HTMLAnchorElement.prototype.click = function click() {
      window.savedName = this.download;
    };
  });
  await page.click('.save button');
  return page.evaluate(async () => ({ name: window.savedName, text: await window.saved }));
}

export const tests = [
  {
    name: 'runs a suite on both sides, draws it, and saves what the results’ reader takes',
    run: ({ browser, baseUrl }) =>
      withPage(browser, baseUrl, async (page) => {
        const asked = [];
        page.on('request', (request) => asked.push(request.url()));
        await choose(page, 'networks');
        assert.ok(!asked.some((url) => /tensorflow|wasm/.test(url)), `loaded before it was chosen: ${asked}`);
        await page.click('.setup .primary');
        await page.waitForSelector('.save', patience);
        assert.equal(await statusOf(page, 'networks'), 'done');
        assert.ok(!asked.some((url) => url.endsWith('.wasm')), 'ONNX Runtime was loaded though it was not chosen');
        assert.match(
          await page.$eval('.headline', ({ textContent }) => textContent),
          /TensorFlow\.js takes [\d.]+ times/,
        );
        assert.equal((await page.$$('.ratios .line:not(.axis) .bar')).length, 2);
        assert.equal((await page.$$('.numbers tbody tr')).length, 2);

        const { name, text } = await savedText(page);
        assert.match(name, /^convscope-bench-[a-z0-9-]+-browser\.json$/);
        const { module: reader } = await runnerImport(source('read-recorded.ts'));
        const [recording, ...others] = reader.readRecordings(text);
        assert.equal(others.length, 0);
        assert.deepEqual(recording, JSON.parse(text), 'the reader leaves something out');
        assert.equal(recording.name, 'networks-quick');
        assert.equal(recording.environment.runtime, 'browser');
        assert.match(recording.environment.versions['TensorFlow.js'], /^4\./);
        assert.equal(recording.checks.length, 2);
        const names = recording.cases.map((each) => each.name);
        assert.deepEqual(names, ['tiny, 32 x 32, forward', 'tiny, 32 x 32, input gradient']);
        for (const { times, ratios } of recording.cases) {
          assert.deepEqual(Object.keys(times), ['Convscope', 'TensorFlow.js']);
          assert.ok(times.Convscope.median > 0 && ratios['TensorFlow.js'].median > 0);
        }
      }),
  },
  {
    name: 'stops a suite at once, keeps what it found on the page and out of the file, and can begin again',
    run: ({ browser, baseUrl }) =>
      withPage(browser, baseUrl, async (page) => {
        await choose(page, 'kernels');
        await page.click('.setup .primary');
        await page.waitForFunction(
          () => /^\s*Kernels \d+ of/.test(document.querySelector('.current')?.textContent),
          patience,
        );
        await page.click('.setup .secondary');
        await page.waitForFunction(() => document.querySelector('.progress') === null, { timeout: 5000, polling: 50 });
        assert.equal(await statusOf(page, 'kernels'), 'stopped');
        assert.equal(await page.$('.save'), null, 'a stopped suite is no result');
        assert.equal(await page.$eval('.setup .primary', ({ disabled }) => disabled), false);
      }),
  },
  {
    name: 'says in words that there is no WebGPU',
    run: ({ browser, baseUrl }) =>
      withPage(
        browser,
        baseUrl,
        async (page) => {
          await page.waitForSelector('.failure', patience);
          assert.match(await page.$eval('.failure', ({ textContent }) => textContent), /This browser has no WebGPU/);
          assert.equal(await page.$('.setup'), null);
        },
        { hasWebGpu: false },
      ),
  },
];
