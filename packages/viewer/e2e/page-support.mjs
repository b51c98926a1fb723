// What the page's tests share.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const patience = { timeout: 60_000, polling: 50 };

/** Opens the page, runs `use`, and fails on errors, rejections and violations of the content policy on the way. */
export async function withPage(browser, baseUrl, use, { prepare, allowed = [] } = {}) {
  const page = await browser.newPage();
  const problems = [];
  page.on('pageerror', (error) => problems.push(String(error?.message ?? error)));
  page.on('console', (message) => {
    if (['error', 'warn'].includes(message.type())) problems.push(message.text());
  });
  try {
    await page.evaluateOnNewDocument(() => {
      window.policyViolations = [];
      document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
        window.policyViolations.push(`${violatedDirective} ${blockedURI}`),
      );
    });
    await prepare?.(page);
    await page.goto(baseUrl);
    await use(page);
    assert.deepEqual(await page.evaluate(() => window.policyViolations), [], 'content policy');
    // The tests themselves read canvases more often than Chromium likes.
    assert.deepEqual(
      problems.filter((text) => ![...allowed, /getImageData/].some((pattern) => pattern.test(text))),
      [],
      'errors in the page',
    );
  } finally {
    await page.close();
  }
}

/** Until nothing is being computed or drawn. */
export const settled = (page) =>
  page.waitForFunction(
    () =>
      document.querySelectorAll('cs-heatmap[status=ready], cs-feature-maps[status=ready]').length === 3 &&
      document.querySelector('.scores-card')?.getAttribute('aria-busy') === 'false',
    patience,
  );

export const modelNamed = (page, name, { timeout = 60_000 } = {}) =>
  page.waitForFunction(
    (name) => document.querySelector('.model-name')?.dataset.name === name,
    { timeout, polling: 50 },
    name,
  );

/** Until the view has nothing left to compute or to draw. */
export const idle = (page, timeout = 100_000) =>
  page.waitForFunction(
    () =>
      document.querySelector('.lab') !== null &&
      document.querySelector('.working')?.textContent === '' &&
      document.querySelectorAll('[status=loading], [aria-busy=true]').length === 0,
    { timeout, polling: 100 },
  );

export const openView = async (page, name) => {
  await page.click(`[role=tab][data-view=${name}]`);
  await page.waitForSelector(`#view[data-view=${name}]`, patience);
};

/** Drops a file on an element of the page, as from a folder. */
export const drop = (page, selector, name, bytes) => dropTogether(page, selector, [[name, bytes]]);

/** Drops several files, [name, bytes] each, at once. */
export const dropTogether = (page, selector, files) =>
  page.$eval(
    selector,
    (element, files) => {
      const dataTransfer = new DataTransfer();
      for (const [name, numbers] of files) dataTransfer.items.add(new File([Uint8Array.from(numbers)], name));
      for (const type of ['dragover', 'drop']) {
        element.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, composed: true, cancelable: true }));
      }
    },
    files.map(([name, bytes]) => [name, [...bytes]]),
  );

export const upload = async (page, name, path) => (await page.$(`input[name=${name}]`)).uploadFile(path);

/** A file of shared/data; undefined, and said so, where that is not there. */
export function sharedFile(path, test) {
  const full = fileURLToPath(new URL(`../../../../shared/data/${path}`, import.meta.url));
  if (existsSync(full)) return full;
  console.warn(`NOT RUN: "${test}" needs shared/data/${path}, which is not there`);
  return undefined;
}

/** A short text that differs where the pixels of a canvas in an element's shadow root do, and how many colours it has. */
export const pixelsOf = (page, host, selector) =>
  page.evaluate(
    (host, selector) => {
      const canvas = document.querySelector(host).shadowRoot.querySelector(selector);
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      const colors = new Set(new Uint32Array(data.buffer));
      let hash = 0;
      for (const value of data) hash = (Math.imul(hash, 31) + value) | 0;
      return { hash, colors: colors.size };
    },
    host,
    selector,
  );

export const textOf = (page, selector) =>
  page.$eval(selector, (element) => element.textContent.replace(/\s+/g, ' ').trim());

export const inShadow = async (page, host, selector) =>
  (
    await page.evaluateHandle(
      (host, selector) => document.querySelector(host).shadowRoot.querySelector(selector),
      host,
      selector,
    )
  ).asElement();

/** 1 x 1 pixel. */
export const blackPicture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==',
  'base64',
);

export const whyMap = ['.why cs-heatmap', '.map'];
export const unitMap = ['.unit-picture', '.map'];
