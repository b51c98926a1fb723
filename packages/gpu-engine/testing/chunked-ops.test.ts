import { afterAll, beforeAll, expect, test } from 'vitest';
import type { GpuDevice } from '../src/index.ts';
import { requestNodeDevice } from '../src/node.ts';
import { opDisagreements } from './op-conformance.ts';
import type { OpCase, Reference } from './reference.ts';
import { suites } from './suites.ts';

const LIMIT = 4096;

/** Ops that are split over the batch, in every pass that their cases take. */
const splitOps = [
  'conv2d',
  'conv2dInputGradient',
  'conv2dWeightGradient',
  'convTranspose2d',
  'maxPool',
  'unpool',
  'poolSwitch',
  'averagePool',
  'averagePoolGradient',
  'lpPool',
  'lpPoolGradient',
  'globalLpPool',
  'resize',
  'resizeGradient',
  'lrn',
  'lrnGradient',
  'lpNormalization',
  'lpNormalizationGradient',
  'softmax',
  'softmaxGradient',
  'logSoftmax',
  'logSoftmaxGradient',
  'depthToSpace',
  'spaceToDepth',
  'relu',
  'add',
  'multiply',
  'subtract',
];

/** Ops of which only the forward pass is split: their gradients sum over the batch, or take slices. */
const splitForward = [
  'bias',
  'batchNormInference',
  'concat',
  'standardize',
  'layerNorm',
  'rmsNorm',
  'instanceNorm',
  'groupNorm',
];

let device: GpuDevice;

beforeAll(async () => {
  device = await requestNodeDevice({ maxBindingBytes: LIMIT });
});

afterAll(() => device.dispose());

/** Cases whose first input is larger than a binding while its samples are not. */
function isSplit({ inputs }: OpCase): boolean {
  const [first] = inputs;
  const bytes = 4 * (first?.data.length ?? 0);
  return bytes > LIMIT && bytes / (first?.shape[0] ?? 1) <= LIMIT;
}

test.each([...splitOps, ...splitForward])('%s gives the same over a batch in chunks', async (op) => {
  const suite = suites.find((candidate) => candidate.op === op);
  if (suite === undefined) throw new Error(`no suite ${op}`);
  const forwardOnly = splitForward.includes(op);
  const { reference: whole } = suite;
  const reference: Reference = forwardOnly
    ? { forward: (inputs, attributes) => whole.forward(inputs, attributes) }
    : whole;
  const split = [...suite.cases(3, 400)].filter(isSplit).slice(0, 25);
  let done = 0;
  for (const testCase of split) {
    const single = { ...suite, reference, cases: () => [testCase] };
    const messages = await opDisagreements(device, single, { seed: 3, count: 1 });
    // An output of which one sample alone is too large, or weights that are, cannot be split.
    if (messages.some((message) => /cannot be cut into bindings|larger than one binding/.test(message))) continue;
    expect(messages).toEqual([]);
    done += 1;
  }
  expect(done, `${split.length} cases were cut`).toBeGreaterThanOrEqual(2);
});
