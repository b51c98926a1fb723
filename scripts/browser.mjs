// Finds and starts the browser that the tests run in.
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

const systemNames = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'chrome',
  'microsoft-edge',
];
const installedPaths = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

/** What a message says was looked for when nothing was found. */
export const lookedForBrowsers = [
  'CHROME_PATH',
  "puppeteer's cache (PUPPETEER_CACHE_DIR or ~/.cache/puppeteer)",
  `${systemNames.join(', ')} on PATH and in the usual folders`,
];

/** Newest first, so that of several downloads the last one is taken. */
function inPuppeteerCache(folder) {
  const versions = existsSync(join(folder, 'chrome')) ? readdirSync(join(folder, 'chrome')) : [];
  const platforms = [
    ['chrome-linux64', 'chrome'],
    ['chrome-mac-arm64', 'Google Chrome for Testing.app', 'Contents', 'MacOS', 'Google Chrome for Testing'],
    ['chrome-mac-x64', 'Google Chrome for Testing.app', 'Contents', 'MacOS', 'Google Chrome for Testing'],
    ['chrome-win64', 'chrome.exe'],
  ];
  return versions
    .toSorted((a, b) => b.localeCompare(a, 'en', { numeric: true }))
    .flatMap((version) => platforms.map((parts) => join(folder, 'chrome', version, ...parts)));
}

/** @returns {string | undefined} the browser's path; `CHROME_PATH` is taken at its word even where nothing is there */
export function findBrowser(environment = process.env) {
  if (environment.CHROME_PATH) return environment.CHROME_PATH;
  const cache = environment.PUPPETEER_CACHE_DIR ?? join(homedir(), '.cache', 'puppeteer');
  const folders = (environment.PATH ?? '').split(delimiter).filter(Boolean);
  const onPath = systemNames.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...inPuppeteerCache(cache), ...onPath, ...installedPaths].find((path) => existsSync(path));
}

/** Flags for WebGPU without a window; see the comments for those that are not plain. */
export function browserFlags({ hardware }) {
  return [
    '--enable-unsafe-webgpu',
    ...(hardware
      ? ['--ignore-gpu-blocklist', '--enable-features=Vulkan', '--use-angle=vulkan']
      : ['--use-webgpu-adapter=swiftshader']),
    // Root may not use the sandbox, and containers often lack what it needs; only our own pages are opened.
    '--no-sandbox',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-dev-shm-usage',
    // Otherwise a test that loses the device twice has WebGPU refused to every later page for two minutes.
    '--disable-gpu-process-crash-limit',
    '--disable-domain-blocking-for-3d-apis',
  ];
}

/** Starts the browser without a window. The caller closes it. */
export async function launchBrowser({ path = findBrowser(), hardware = false } = {}) {
  const { default: puppeteer } = await import('puppeteer');
  return puppeteer.launch({
    executablePath: path,
    headless: true,
    args: browserFlags({ hardware }),
    defaultViewport: { width: 1280, height: 900 },
    protocolTimeout: 600_000,
  });
}
