// What a browser test imports: `test`, and a few assertions. scripts/browser-tests.mjs runs the page and reads the results.

export interface BrowserTestResult {
  readonly name: string;
  readonly status: 'passed' | 'failed';
  readonly milliseconds: number;
  readonly message?: string;
}

interface BrowserTest {
  readonly name: string;
  readonly run: () => Promise<void> | void;
}

declare global {
  interface Window {
    /** Results so far; complete once `browserTestsDone` is true. */
    browserTestResults?: BrowserTestResult[];
    browserTestsDone?: boolean;
  }
}

const tests: BrowserTest[] = [];
const testTimeout = 120_000;

/** Adds a test; it may be called in a loop, and counts once a name. */
export function test(name: string, run: () => Promise<void> | void): void {
  if (tests.some((other) => other.name === name)) throw new Error(`two tests are named ${name}`);
  tests.push({ name, run });
}

/** @throws if `condition` is false */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(message);
}

/** @throws if the two differ, compared as JSON */
export function assertEqual(got: unknown, wanted: unknown, what = 'value'): void {
  const [left, right] = [JSON.stringify(got), JSON.stringify(wanted)];
  if (left !== right) throw new Error(`${what}: got ${left}, wanted ${right}`);
}

/** @throws if any element differs by more than `tolerance` times the largest wanted magnitude */
export function assertClose(
  got: ArrayLike<number>,
  wanted: ArrayLike<number>,
  tolerance: number,
  what = 'values',
): void {
  if (got.length !== wanted.length) throw new Error(`${what}: got ${got.length} elements, wanted ${wanted.length}`);
  const largest = Array.from(wanted).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  for (let index = 0; index < wanted.length; index += 1) {
    const difference = Math.abs((got[index] ?? Number.NaN) - (wanted[index] ?? Number.NaN));
    if (difference <= tolerance * largest) continue;
    throw new Error(
      `${what}: element ${index} is ${got[index]}, wanted ${wanted[index]} within ${tolerance * largest}`,
    );
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

async function withTimeout(run: BrowserTest['run']): Promise<void> {
  let timer = 0;
  const late = new Promise<never>((_, reject) => {
    timer = window.setTimeout(() => reject(new Error(`no end after ${testTimeout / 1000} s`)), testTimeout);
  });
  try {
    await Promise.race([run(), late]);
  } finally {
    window.clearTimeout(timer);
  }
}

/** Runs every test in order; the page's entry calls it once its test files are loaded. */
export async function runBrowserTests(): Promise<void> {
  const results: BrowserTestResult[] = [];
  window.browserTestResults = results;
  for (const { name, run } of tests) {
    const start = performance.now();
    try {
      await withTimeout(run);
      results.push({ name, status: 'passed', milliseconds: performance.now() - start });
    } catch (error) {
      const milliseconds = performance.now() - start;
      results.push({ name, status: 'failed', milliseconds, message: messageOf(error) });
    }
  }
  window.browserTestsDone = true;
}
