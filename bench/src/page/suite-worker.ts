import { GpuDevice } from '@convscope/gpu-engine';
import type { Environment } from '../recorded.ts';
import { runSuite } from '../run-suite.ts';
import { Disagreement, type Suite } from '../suite.ts';
import { browserText } from './browser-text.ts';
import type { SuiteMessage, SuiteRequest } from './messages.ts';
import type { SuiteName } from './suite-list.ts';

/** The commit that the page was built from. */
declare const BENCH_COMMIT: string;

/** A suite, and the libraries it needs with their versions: loaded only once it was chosen. */
interface LoadedSuite {
  readonly suite: Suite;
  readonly versions: Readonly<Record<string, string>>;
}

const loaders: Readonly<Record<SuiteName, (request: SuiteRequest) => Promise<LoadedSuite>>> = {
  kernels: async () => besideTensorFlow((await loaded(import('../suites/kernels.ts'))).kernelsSuite),
  networks: async () => besideTensorFlow((await loaded(import('../suites/networks.ts'))).networksSuite),
  training: async () => besideTensorFlow((await loaded(import('../suites/training.ts'))).trainingSuite),
  'start-up': async () => besideTensorFlow((await loaded(import('../suites/start-up.ts'))).startUpSuite),
  'onnx-runtime': async ({ base }) => {
    const { onnxRuntimeSuite } = await loaded(import('../suites/onnx-runtime.ts'));
    const { ONNX_RUNTIME, onnxRuntimeVersion, wakeOnnxRuntime } = await loaded(import('../peers/onnx-runtime.ts'));
    say({ kind: 'loading', peer: ONNX_RUNTIME });
    await wakeOnnxRuntime(base);
    return { suite: onnxRuntimeSuite, versions: { [ONNX_RUNTIME]: onnxRuntimeVersion } };
  },
  methods: async () => ({ suite: (await loaded(import('../suites/methods.ts'))).methodsSuite, versions: {} }),
  memory: async () => ({ suite: (await loaded(import('../suites/memory.ts'))).memorySuite, versions: {} }),
};

async function besideTensorFlow(suite: Suite): Promise<LoadedSuite> {
  const { TENSORFLOW } = await loaded(import('../peers/tensorflow-kernels.ts'));
  say({ kind: 'loading', peer: TENSORFLOW });
  const { openTensorFlow, tensorFlowVersion } = await loaded(import('../peers/open-tensorflow.ts'));
  await openTensorFlow();
  return { suite, versions: { [TENSORFLOW]: tensorFlowVersion } };
}

async function loaded<T>(module: Promise<T>): Promise<T> {
  return module.catch((cause: unknown) => {
    throw new Error('a part of this page could not be loaded; is it still being served?', { cause });
  });
}

const say = (message: SuiteMessage): void => postMessage(message);

/** One suite, on devices of its own that end with the worker. */
async function run(request: SuiteRequest): Promise<void> {
  const { extent, rounds, seconds } = request;
  const { suite, versions } = await loaders[request.suite](request);
  const device = await GpuDevice.request(navigator.gpu);
  say({ kind: 'ready', count: suite.count(extent) });
  const environment = environmentOf(device, request.adapterName, versions);
  const recording = await runSuite(
    suite,
    {
      device,
      environment,
      extent,
      rounds,
      seconds,
      report: {
        begin: (name) => say({ kind: 'begin', name }),
        measure: (name) => say({ kind: 'measure', name }),
        check: (check) => say({ kind: 'check', check }),
        record: (result) => say({ kind: 'record', result }),
        figure: (figure) => say({ kind: 'figure', figure }),
      },
    },
    {},
  );
  say({ kind: 'done', recording });
}

function environmentOf(
  { adapter }: GpuDevice,
  adapterName: string,
  versions: Readonly<Record<string, string>>,
): Environment {
  return {
    date: new Date().toISOString(),
    commit: BENCH_COMMIT,
    adapter: { ...adapter, description: adapterName.trim() || adapter.description },
    cores: navigator.hardwareConcurrency,
    processor: browserText(navigator),
    runtime: 'browser',
    versions,
  };
}

addEventListener('message', ({ data }: MessageEvent<SuiteRequest>) => {
  run(data).catch((error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    say({ kind: 'failed', failure: { isDisagreement: error instanceof Disagreement, message } });
  });
});
// A policy that forbids something says so to nobody but the worker itself.
addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
  say({ kind: 'violation', text: `${violatedDirective} ${blockedURI}` }),
);
