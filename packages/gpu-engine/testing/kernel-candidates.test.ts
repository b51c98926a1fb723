import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AdapterClass, GpuDevice } from '../src/index.ts';
import { forwardPass } from '../src/graph/shared/convolution/forward.ts';
import { inputGradientPass } from '../src/graph/shared/convolution/input-gradient.ts';
import { weightGradientPass } from '../src/graph/shared/convolution/weight-gradient.ts';
import { productPass } from '../src/graph/shared/product/product.ts';
import { requestNodeDevice } from '../src/node.ts';
import { Everywhere } from './everywhere.ts';
import { opDisagreements } from './op-conformance.ts';
import { suites } from './suites.ts';

let device: GpuDevice;

beforeAll(async () => {
  device = await requestNodeDevice();
});

afterAll(() => device.dispose());

const passes = { conv2d: [forwardPass, inputGradientPass, weightGradientPass], matmul: [productPass] };
const named = (op: string) => suites.filter((suite) => suite.op === op);
const names = Object.entries(passes).flatMap(([op, list]) =>
  [...new Set(list.flatMap(({ candidates }) => candidates.map(({ name }) => name)))].map((name) => [name, op] as const),
);

test('names are unique in a pass, and tables take candidates that tuning knows', () => {
  for (const { candidates, table } of [...passes.conv2d, ...passes.matmul]) {
    const known = candidates.map(({ name }) => name);
    expect(new Set(known).size).toBe(known.length);
    for (const rows of [table.software, table.gpu]) {
      expect(known).toEqual(
        expect.arrayContaining(rows.map((row: { readonly take: { readonly name: string } }) => row.take.name)),
      );
    }
  }
});

test.each(names)('%s is right wherever it applies to %s, forward and backward', async (name, op) => {
  for (const suite of named(op)) {
    expect(await opDisagreements(device, suite, { seed: 2, count: 60, choices: new Everywhere(name) })).toEqual([]);
  }
});

const classes: readonly AdapterClass[] = ['software', 'gpu'];
const ops = ['conv2d', 'conv2dInputGradient', 'conv2dWeightGradient', 'convTranspose2d', 'dense', 'matmul'];

test.each(classes.flatMap((adapterClass) => ops.map((op) => [adapterClass, op] as const)))(
  'the table for %s adapters gives right kernels for %s',
  async (adapterClass, op) => {
    for (const suite of named(op)) {
      expect(await opDisagreements(device, suite, { seed: 3, count: 60, adapterClass })).toEqual([]);
    }
  },
);
