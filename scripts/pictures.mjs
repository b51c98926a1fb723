// npm run pictures: takes the pictures of the README, docs/pictures/*.png, from the built page in headless Chromium.
// `-- NAME …` takes some only.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { findBrowser, launchBrowser } from './browser.mjs';
import { root } from './paths.mjs';
import { serve } from './static-server.mjs';

const out = join(root, 'docs', 'pictures');
const PATIENCE = 300_000;

/** What is shown, from the page's address on: the part of the page, its width, and what is clicked before. */
const PICTURES = [
  { name: 'overview', address: 'model=shapes' },
  { name: 'attribution', address: 'model=shapes&view=attribution', part: '.views' },
  { name: 'deconvnet', address: 'model=digits&view=deconvnet&layer=relu2', part: 'lab-deconvnet > .card' },
  { name: 'hierarchy', address: 'model=shapes&view=hierarchy', part: 'lab-hierarchy' },
  {
    name: 'reconstruction',
    address: 'model=digits&view=reconstruction&reconstruction=reconstruction-ladder;p.length=0.5',
    part: '.pictures-result .side-by-side',
    start: true,
  },
  {
    name: 'visualization',
    address: 'model=shapes&view=visualization&visualization=feature-visualization;p.steps=128',
    part: '.pictures-result .side-by-side',
    start: true,
  },
];

const idle = (page) =>
  page.waitForFunction(
    () =>
      document.querySelector('.lab') !== null &&
      document.querySelector('.working')?.textContent === '' &&
      document.querySelectorAll('[status=loading], [aria-busy=true]').length === 0,
    { timeout: PATIENCE, polling: 200 },
  );

async function take(browser, url, { name, address, part, start = false }) {
  const page = await browser.newPage();
  try {
    await page.setViewport({ width: 1320, height: 960 });
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'light' }]);
    await page.goto(`${url}#${address}`);
    await idle(page);
    if (start) {
      await page.click('.pictures-choice .primary');
      await page.waitForSelector('cs-picture.result[status=ready]', { timeout: PATIENCE });
    }
    await idle(page);
    const path = join(out, `${name}.png`);
    const element = part === undefined ? undefined : await page.$(part);
    await (element ?? page).screenshot({ path });
    console.log(`docs/pictures/${name}.png`);
  } finally {
    await page.close();
  }
}

async function main(names) {
  mkdirSync(out, { recursive: true });
  const { url, close } = await serve({ folder: join(root, 'packages', 'viewer', 'dist-page') });
  const browser = await launchBrowser({ path: findBrowser(), hardware: process.env.HARDWARE === '1' });
  try {
    const chosen = PICTURES.filter(({ name }) => names.length === 0 || names.includes(name));
    for (const picture of chosen) await take(browser, url, picture);
  } finally {
    await browser.close();
    await close();
  }
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
