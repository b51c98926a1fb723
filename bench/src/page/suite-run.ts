import type { SuiteMessage, SuiteRequest } from './messages.ts';

/** Beside the page; `build-page.mjs` makes it from `suite-worker.ts`. */
const WORKER = 'suite-worker.js';

/** What this module uses of Trusted Types, which TypeScript's `dom` library does not have. */
interface TrustedTypes {
  readonly createPolicy: (
    name: string,
    rules: { readonly createScriptURL: (address: string) => string },
  ) => { readonly createScriptURL: (address: string) => unknown };
}

let policy: ReturnType<TrustedTypes['createPolicy']> | undefined;

/**
 * Runs one suite in a worker of its own, so that the page stays at hand and one suite's garbage is not another's.
 * Resolves when it is done, has failed or was stopped; stopping ends it at once, whatever it is at.
 */
export function runInWorker(
  request: SuiteRequest,
  { signal, onMessage }: { readonly signal: AbortSignal; readonly onMessage: (message: SuiteMessage) => void },
): Promise<void> {
  const { worker, release } = startWorker();
  return new Promise<void>((resolve) => {
    const fail = (message: string) => {
      onMessage({ kind: 'failed', failure: { isDisagreement: false, message } });
      resolve();
    };
    signal.addEventListener('abort', () => resolve(), { once: true });
    worker.addEventListener('message', ({ data }: MessageEvent<SuiteMessage>) => {
      if (signal.aborted) return;
      onMessage(data);
      if (data.kind === 'done' || data.kind === 'failed') resolve();
    });
    worker.addEventListener('error', ({ message }) => fail(message || 'the benchmark could not be loaded'));
    if (signal.aborted) resolve();
    else worker.postMessage(request, []);
  }).finally(() => {
    worker.terminate();
    release();
  });
}

/** A worker from a blob: unlike one from a file it has the page's content security policy. */
function startWorker(): { readonly worker: Worker; readonly release: () => void } {
  const source = `import ${JSON.stringify(new URL(WORKER, document.baseURI).href)};`;
  const address = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  const worker = new Worker(trusted(address), { type: 'module' });
  return { worker, release: () => URL.revokeObjectURL(address) };
}

function trusted(address: string): string {
  const { trustedTypes } = globalThis as { readonly trustedTypes?: TrustedTypes };
  if (trustedTypes === undefined) return address;
  policy ??= trustedTypes.createPolicy('convscope', {
    createScriptURL: (text) => {
      if (text.startsWith('blob:')) return text;
      throw new TypeError(`a worker from elsewhere: ${text}`);
    },
  });
  return policy.createScriptURL(address) as string;
}
