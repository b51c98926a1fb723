import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { driverCandidates } from './adapter.mjs';
import { findBrowser } from './browser.mjs';

let folder;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'convscope-drivers-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function file(...parts) {
  const path = join(folder, ...parts);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, '');
  return path;
}

const names = (options) => driverCandidates(options).map(({ name }) => name);

test('a GPU counts where there is both a device and a driver', () => {
  const lavapipe = file('icd.d', 'lvp_icd.x86_64.json');
  const options = { folders: [join(folder, 'icd.d')], devices: [join(folder, 'renderD128')], swiftShaderFolders: [] };
  const browser = join(folder, 'nowhere');
  expect(driverCandidates({ ...options, browser })).toEqual([
    { name: 'lavapipe', hardware: false, manifests: [lavapipe] },
  ]);
  file('renderD128');
  expect(names({ ...options, browser })).toEqual(['lavapipe']);
  const radeon = file('icd.d', 'radeon_icd.json');
  const [first] = driverCandidates({ ...options, browser });
  expect(first).toEqual({ name: 'GPU', hardware: true, manifests: [radeon] });
});

test("SwiftShader is taken from the browser's own folder", () => {
  const browser = file('chrome-linux64', 'chrome');
  const manifest = file('chrome-linux64', 'vk_swiftshader_icd.json');
  const options = { folders: [join(folder, 'icd.d')], devices: [], swiftShaderFolders: [], browser };
  expect(driverCandidates(options)).toEqual([{ name: 'SwiftShader', hardware: false, manifests: [manifest] }]);
});

test('nothing is found where there is nothing', () => {
  const options = {
    folders: [join(folder, 'icd.d')],
    devices: [],
    swiftShaderFolders: [],
    browser: join(folder, 'no'),
  };
  expect(driverCandidates(options)).toEqual([]);
});

test("a browser is CHROME_PATH's, then puppeteer's newest, then one on PATH", () => {
  const onPath = file('bin', 'chromium');
  const environment = { PATH: join(folder, 'bin'), PUPPETEER_CACHE_DIR: join(folder, 'cache') };
  expect(findBrowser(environment)).toBe(onPath);
  file('cache', 'chrome', 'linux-99.0.1', 'chrome-linux64', 'chrome');
  const newest = file('cache', 'chrome', 'linux-131.0.1', 'chrome-linux64', 'chrome');
  expect(findBrowser(environment)).toBe(newest);
  expect(findBrowser({ ...environment, CHROME_PATH: '/my/chrome' })).toBe('/my/chrome');
});
