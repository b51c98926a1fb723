// Opens every page of the site in headless Chromium: each example has to come out, without an error or a violation of
// the page's policy.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { launchBrowser } from '../browser.mjs';

const PATIENCE = 120_000;

/**
 * @param {string} url of the site
 * @param {string[]} paths of its pages
 * @param {string | undefined} pictures a folder for screenshots, light and dark, wide and narrow
 * @returns {Promise<string[]>} one line a problem
 */
export async function checkSite(url, paths, pictures) {
  const browser = await launchBrowser();
  try {
    const problems = [];
    for (const path of paths) {
      const found = await checkPage(browser, url, path, pictures);
      problems.push(...found.map((problem) => `${path}: ${problem}`));
      console.log(`${found.length === 0 ? '✓' : '✗'} ${path}`);
    }
    return problems;
  } finally {
    await browser.close();
  }
}

async function checkPage(browser, url, path, pictures) {
  const page = await browser.newPage();
  const problems = [];
  page.on('pageerror', (error) => problems.push(String(error?.message ?? error)));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  page.on('response', (response) => {
    if (response.status() >= 400) problems.push(`${response.url()}: ${response.status()}`);
  });
  try {
    await page.goto(url + path);
    await page.waitForFunction(isShown, { timeout: PATIENCE, polling: 100 }).catch(() => problems.push('no end'));
    problems.push(...(await page.evaluate(failures)));
    const links = await page.$$eval('a[href]', (all) => all.map(({ href }) => href));
    const own = links.filter((link) => link.startsWith(url)).map((link) => link.slice(url.length));
    problems.push(...[...new Set(own)].filter((link) => !link.endsWith('.html')).map((link) => `strange link ${link}`));
    if (pictures !== undefined)
      await takePictures(page, join(pictures, path.replaceAll('/', '-').replace('.html', '')));
  } catch (error) {
    problems.push(error.message);
  } finally {
    await page.close();
  }
  return problems;
}

/** In the page: whether all examples have something to show, or have failed. */
function isShown() {
  const examples = [...document.querySelectorAll('main .example > div > :first-child')];
  return examples.every((element) => {
    if (element.shadowRoot === null || document.querySelector('.failure') !== null) return element.shadowRoot !== null;
    const { status } = element;
    if (status !== undefined && element.localName !== 'cs-image-input') return status === 'ready' || status === 'error';
    return element.shadowRoot.querySelector('canvas, svg, button, [role=slider]') !== null;
  });
}

/** In the page: examples that say why they have nothing to show. */
function failures() {
  const shadow = [...document.querySelectorAll('main *')].map(({ shadowRoot }) =>
    shadowRoot?.querySelector('.failure'),
  );
  const all = [...shadow, ...document.querySelectorAll('p.failure')];
  return all.filter((element) => element).map(({ textContent }) => textContent.replace(/\s+/g, ' ').trim());
}

async function takePictures(page, name) {
  mkdirSync(join(name, '..'), { recursive: true });
  for (const [scheme, width] of [
    ['light', 1280],
    ['dark', 390],
  ]) {
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
    await page.setViewport({ width, height: 900 });
    await page.screenshot({ path: `${name}-${scheme}.png`, fullPage: true });
  }
}
