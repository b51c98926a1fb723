// `npm test`: set-up, then every check and every test. The last line is `N passed, N failed`: a check counts as one, a
// runner's tests as what its own report says.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.mjs';
import { installPackages } from './install-packages.mjs';
import { cacheFolder, oxfmtPath, oxlintPath, root, vitestPath } from './paths.mjs';
import { ensureSystemParts, lavapipeWish } from './system-parts.mjs';

const resultsFolder = join(cacheFolder, 'test-results');
const script = (name) => join(root, 'scripts', name);
const stepTimeout = 25 * 60_000;

/** Runs a Node program and shows what it prints; its exit status, or why there is none. */
function node(args, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'inherit', 'inherit'],
      timeout: stepTimeout,
      killSignal: 'SIGKILL',
    });
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code, signal) => resolve(code ?? `ended by ${signal}`));
  });
}

const check = (args) => async () => {
  const status = await node(args);
  return status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
};

function readReport(name) {
  const path = join(resultsFolder, name);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}

/** A runner that ends badly without a failed test of its own (no report, an import that throws, a crash) counts one. */
function counts({ status, passed, failed, skipped = [] }) {
  if (failed === 0 && (status !== 0 || passed === 0)) {
    const reason = status === 0 ? 'no test ran' : `the runner ended with ${status}`;
    return { passed, failed: 1, skipped, reason };
  }
  return { passed, failed, skipped };
}

async function unitTests(driver) {
  const first = await runUnitTests(driver);
  if (first.status === 0 || first.failed > 0 || first.unfinished) return counts(first);
  // Software drivers now and then crash a worker as it ends. No test says so, so all of them have to pass once more.
  console.error('\nA WORKER PROCESS CRASHED after its tests had passed; the unit tests run once more.\n');
  return counts(await runUnitTests(driver));
}

async function runUnitTests(driver) {
  for (const name of ['node.json', 'skipped.json']) rmSync(join(resultsFolder, name), { force: true });
  const status = await node([vitestPath, 'run'], driver?.env);
  const report = readReport('node.json');
  const files = report?.testResults ?? [];
  const states = files.flatMap((file) => file.assertionResults.map((test) => test.status));
  const broken = files.filter(
    ({ status: state, assertionResults }) => state === 'failed' && assertionResults.length === 0,
  );
  const passed = states.filter((state) => state === 'passed').length;
  return {
    status,
    passed,
    failed: states.filter((state) => state === 'failed').length + broken.length,
    unfinished: passed === 0 || states.includes('pending'),
    skipped: (readReport('skipped.json') ?? []).map(({ file, name, reason }) => `${file}: ${name}: ${reason}`),
  };
}

async function browserTests(driver) {
  rmSync(join(resultsFolder, 'browser.json'), { force: true });
  const status = await node([script('browser-tests.mjs')], driver?.env);
  const report = readReport('browser.json');
  return counts({ status, passed: report?.passed ?? 0, failed: report?.failed ?? 0 });
}

function hasQuickBenchmark() {
  const path = join(root, 'bench', 'package.json');
  return existsSync(path) && Boolean(JSON.parse(readFileSync(path, 'utf8')).scripts?.quick);
}

function steps(driver) {
  const list = [
    ['generated files are current', check([script('generate.mjs'), '--check'])],
    ['types', check([script('typecheck.mjs')])],
    ['lint', check([oxlintPath, '--type-aware', '--deny-warnings'])],
    ['format', check([oxfmtPath, '--check'])],
    ['import directions', check([script('check-imports.mjs')])],
    ['build', () => (build() ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 })],
    ['unit tests in Node', () => unitTests(driver)],
    ['tests in the browser', () => browserTests(driver)],
    ['packages, packed and used elsewhere', check([script('pack-check.mjs'), '--linked'])],
    ['reference site', check([script('docs.mjs'), '--check-some'])],
  ];
  if (hasQuickBenchmark()) list.push(['quick benchmark', check([script('package-script.mjs'), 'bench', 'quick'])]);
  return list;
}

/** The parts that a run needs; what is missing is a failure, and the tests that can do without still run. */
function setUp() {
  try {
    installPackages();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return { fatal: true };
  }
  try {
    const { browser, driver } = ensureSystemParts({ lavapipe: lavapipeWish() });
    console.log(`browser: ${browser}\nVulkan driver: ${driver.description}`);
    return { driver };
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return { fatal: true };
  }
}

const seconds = (start) => `${((performance.now() - start) / 1000).toFixed(1)} s`;
const total = { passed: 0, failed: 0 };
const skipped = [];
const summary = [];
const begin = performance.now();

const { fatal, driver } = setUp();
if (fatal) total.failed += 1;
for (const [name, run] of fatal ? [] : steps(driver)) {
  console.log(`\n── ${name}`);
  const start = performance.now();
  const result = await run();
  total.passed += result.passed;
  total.failed += result.failed;
  skipped.push(...(result.skipped ?? []));
  const line = `${result.failed === 0 ? 'passed' : 'FAILED'}  ${name}: ${result.passed} passed, ${result.failed} failed, ${seconds(start)}`;
  summary.push(result.reason ? `${line} (${result.reason})` : line);
  console.log(summary.at(-1));
}

console.log(`\n${summary.join('\n')}`);
if (skipped.length > 0)
  console.log(`\nskipped, ${skipped.length} in all:\n${skipped.map((line) => `  ${line}`).join('\n')}`);
console.log(`\nall in ${seconds(begin)}`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;
