// Runs packages/*/browser/**/*.browser.ts, each bundled into a page of its own, and packages/*/e2e/*.e2e.mjs against the
// built page, bench/e2e/*.e2e.mjs against the benchmark page, in headless Chromium. A name or part of one on the command line chooses the files that have it.
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chooseVulkanDriver } from './adapter.mjs';
import { findBrowser, launchBrowser } from './browser.mjs';
import { cacheFolder, root } from './paths.mjs';
import { serve } from './static-server.mjs';

const buildFolder = join(cacheFolder, 'browser-tests');
const pageFolder = join(root, 'packages', 'viewer', 'dist-page');
const benchFolder = join(root, 'bench');
const resultsPath = join(cacheFolder, 'test-results', 'browser.json');
const fileTimeout = 15 * 60_000;
const endToEndTimeout = 3 * 60_000;

/** @returns {string[]} */
function filesEnding(folder, suffix) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesEnding(path, suffix);
    return entry.name.endsWith(suffix) ? [path] : [];
  });
}

function filesOf(kind, suffix, filters) {
  const folders = [...readdirSync(join(root, 'packages')).map((name) => join(root, 'packages', name)), benchFolder];
  return folders
    .flatMap((folder) => filesEnding(join(folder, kind), suffix))
    .toSorted()
    .filter((path) => filters.length === 0 || filters.some((filter) => path.includes(filter)));
}

const nameOf = (path) => relative(root, path).replaceAll('\\', '/');
const entryName = (path) => nameOf(path).replace(/[^a-z0-9]+/gi, '-');

/** Bundles every test file with the harness that runs it; what is in the bundle is what users get, from the sources. */
async function bundle(files) {
  const { build } = await import('vite');
  const prefix = 'virtual:browser-test/';
  const paths = new Map(files.map((path) => [prefix + entryName(path), path]));
  const entries = {
    name: 'browser-test-entries',
    enforce: 'pre',
    resolveId(id) {
      if (paths.has(id)) return `\0${id}`;
      // A package that says it has no side effects means its modules; its tests are nothing else.
      return files.includes(id) ? { id, moduleSideEffects: true } : undefined;
    },
    load(id) {
      const path = paths.get(id.slice(1));
      if (!path) return undefined;
      const harness = join(root, 'scripts', 'browser-harness.ts');
      return `import { runBrowserTests } from ${JSON.stringify(harness)};
        import ${JSON.stringify(path)};
        void runBrowserTests();`;
    },
  };
  rmSync(buildFolder, { recursive: true, force: true });
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    plugins: [entries],
    resolve: { conditions: ['@convscope/source', 'module', 'browser', 'production'] },
    publicDir: false,
    build: {
      outDir: buildFolder,
      target: 'chrome120',
      minify: false,
      sourcemap: 'inline',
      modulePreload: false,
      chunkSizeWarningLimit: 1e6,
      rolldownOptions: {
        input: Object.fromEntries(files.map((path) => [entryName(path), prefix + entryName(path)])),
        output: { entryFileNames: '[name].js' },
      },
    },
  });
}

/** Runs one bundled file in a page of its own. */
async function runFile(browser, baseUrl, path) {
  const page = await browser.newPage();
  const problems = [];
  page.on('pageerror', (error) => problems.push(`uncaught in the page: ${error.message ?? error}`));
  try {
    await page.goto(`${baseUrl}${entryName(path)}.html`);
    await page
      .waitForFunction(() => window.browserTestsDone === true, { timeout: fileTimeout, polling: 200 })
      .catch((error) => problems.push(`did not finish: ${error.message}`));
    const results = (await page.evaluate(() => window.browserTestResults).catch(() => undefined)) ?? [];
    if (results.length === 0) problems.push('no test ran');
    return [...results, ...problems.map((message) => ({ name: '(page)', status: 'failed', milliseconds: 0, message }))];
  } finally {
    await page.close().catch(() => undefined);
  }
}

const isOfBench = (path) => path.startsWith(benchFolder);

/** The pages that these files test, by whether it is the benchmark's, which is built for that. */
async function servePages(files) {
  const servers = new Map();
  for (const ofBench of new Set(files.map(isOfBench))) {
    if (ofBench) {
      const { buildPage } = await import(pathToFileURL(join(benchFolder, 'build-page.mjs')).href);
      servers.set(true, await serve({ folder: await buildPage() }));
    } else if (existsSync(join(pageFolder, 'index.html'))) {
      servers.set(false, await serve({ folder: pageFolder }));
    } else {
      throw new Error('packages/viewer/dist-page is missing: npm run build makes it');
    }
  }
  return servers;
}

async function runEndToEnd(browser, baseUrl, path) {
  const { tests } = await import(pathToFileURL(path).href);
  if (!tests?.length) return [{ name: basename(path), status: 'failed', milliseconds: 0, message: 'exports no tests' }];
  const results = [];
  for (const { name, run } of tests) {
    const start = performance.now();
    let timer;
    try {
      const late = new Promise((_, reject) => {
        timer = setTimeout(() => reject(new Error(`no end after ${endToEndTimeout / 1000} s`)), endToEndTimeout);
      });
      await Promise.race([run({ browser, baseUrl }), late]);
      results.push({ name, status: 'passed', milliseconds: performance.now() - start });
    } catch (error) {
      const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
      results.push({ name, status: 'failed', milliseconds: performance.now() - start, message });
    } finally {
      clearTimeout(timer);
    }
  }
  return results;
}

/** What WebGPU in this browser runs on; undefined if on nothing. */
async function adapterOf(browser, baseUrl) {
  const page = await browser.newPage();
  try {
    await page.goto(`${baseUrl}empty.html`);
    return await page.evaluate(async () => {
      const adapter = await navigator.gpu?.requestAdapter();
      if (!adapter) return undefined;
      const { description, device, architecture, vendor } = adapter.info;
      return [vendor, architecture, device, description].filter(Boolean).join(' ') || 'unnamed';
    });
  } finally {
    await page.close();
  }
}

/** A browser with WebGPU: on the GPU where the driver works headless, else on SwiftShader. */
async function browserWithAdapter(baseUrl) {
  const path = findBrowser();
  if (!path || !existsSync(path)) throw new Error(`no browser${path ? ` at ${path}` : ''}: npm run setup says more`);
  for (const hardware of chooseVulkanDriver()?.hardware ? [true, false] : [false]) {
    const browser = await launchBrowser({ path, hardware });
    const adapter = await adapterOf(browser, baseUrl);
    if (adapter) return { browser, description: `${await browser.version()} on ${adapter}` };
    await browser.close();
  }
  throw new Error(`${path} gives no WebGPU adapter`);
}

function report(file, results) {
  const failed = results.filter(({ status }) => status === 'failed');
  const seconds = results.reduce((sum, { milliseconds }) => sum + milliseconds, 0) / 1000;
  console.log(`${failed.length === 0 ? '✓' : '✗'} ${file} (${results.length} tests, ${seconds.toFixed(1)} s)`);
  for (const { name, message } of failed) console.error(`  ✗ ${name}\n    ${message.replaceAll('\n', '\n    ')}`);
}

async function main(filters) {
  const browserFiles = filesOf('browser', '.browser.ts', filters);
  const endToEndFiles = filesOf('e2e', '.e2e.mjs', filters);
  rmSync(resultsPath, { force: true });
  if (browserFiles.length + endToEndFiles.length === 0) throw new Error('no browser tests');
  if (browserFiles.length > 0) await bundle(browserFiles);
  mkdirSync(buildFolder, { recursive: true });

  const html = (script) => `<!doctype html><meta charset="utf-8"><title>browser test</title><body>${script}</body>`;
  const pages = new Map([['/empty.html', html('')]]);
  for (const path of browserFiles) {
    pages.set(`/${entryName(path)}.html`, html(`<script type="module" src="/${entryName(path)}.js"></script>`));
  }
  const testServer = await serve({ folder: buildFolder, pages });
  const pageServers = await servePages(endToEndFiles);
  const all = [];
  let browser;
  try {
    const started = await browserWithAdapter(testServer.url);
    browser = started.browser;
    console.log(started.description);
    for (const path of browserFiles) {
      const results = await runFile(browser, testServer.url, path);
      report(nameOf(path), results);
      all.push(...results.map((result) => ({ file: nameOf(path), ...result })));
    }
    for (const path of endToEndFiles) {
      const results = await runEndToEnd(browser, pageServers.get(isOfBench(path)).url, path);
      report(nameOf(path), results);
      all.push(...results.map((result) => ({ file: nameOf(path), ...result })));
    }
  } finally {
    await browser?.close();
    await testServer.close();
    for (const server of pageServers.values()) await server.close();
  }
  const passed = all.filter(({ status }) => status === 'passed').length;
  const failed = all.length - passed;
  mkdirSync(dirname(resultsPath), { recursive: true });
  writeFileSync(resultsPath, JSON.stringify({ passed, failed, tests: all }, undefined, 2));
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0;
}

try {
  process.exit((await main(process.argv.slice(2))) ? 0 : 1);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
