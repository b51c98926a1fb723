import type { Attributes } from '../../src/graph/attributes.ts';
import { numberAttribute } from '../attributes.ts';
import { casesFrom } from '../cases.ts';
import type { Float64Tensor, OpSuite } from '../reference.ts';
import { drawShape, oddShapes } from '../shapes.ts';
import { mapTensor, required } from '../tensor.ts';
import { int32 } from '../values.ts';

/** A bijective mix of 32 bits: lowbias32 of Chris Wellons' hash-prospector. */
function mix(value: number): number {
  let v = value >>> 0;
  v = Math.imul(v ^ (v >>> 16), 0x7feb352d) >>> 0;
  v = Math.imul(v ^ (v >>> 15), 0x846ca68b) >>> 0;
  return (v ^ (v >>> 16)) >>> 0;
}

/**
 * Whether element `index` stays: its hash u = mix(mix(seed + 0x9E3779B9 · stream) xor index), in 32-bit unsigned
 * arithmetic, has its upper 24 bits at or above round(rate · 2^24).
 */
function isKept(index: number, seed: number, stream: number, rate: number): boolean {
  const hash = mix(mix(seed + Math.imul(0x9e3779b9, stream)) ^ index);
  return hash >>> 8 >= Math.round(rate * 0x1000000);
}

function masked(x: Float64Tensor, seed: Float64Tensor, attributes: Attributes): Float64Tensor {
  const rate = numberAttribute(attributes, 'rate');
  const stream = numberAttribute(attributes, 'stream');
  const seedValue = seed.data[0]!;
  return mapTensor(x, (value, index) => (isKept(index, seedValue, stream, rate) ? value / (1 - rate) : 0));
}

/** dropout(x, seed int32 scalar) -> x / (1 - rate) where kept, otherwise 0. `stream` tells a network's dropouts apart. */
export const dropout: OpSuite = {
  op: 'dropout',
  outputs: ['float32'],
  differentiableInputs: [0],
  differentiableOutputs: [0],
  reference: {
    forward: (inputs, attributes) => [masked(required(inputs, 0), required(inputs, 1), attributes)],
    vjp: (inputs, attributes, cotangents) => [
      masked(required(cotangents, 0), required(inputs, 1), attributes),
      undefined,
    ],
  },
  cases: casesFrom('dropout', {
    odd: [
      ...oddShapes.map((shape) => ({ shape, rate: 0.5, stream: 0, seed: 1 })),
      { shape: [3, 7], rate: 0, stream: 0, seed: 0 },
      { shape: [40, 11], rate: 0.99, stream: 3, seed: -1 },
      { shape: [40, 12], rate: 0.25, stream: 2 ** 31 - 1, seed: -(2 ** 31) },
      { shape: [40, 13], rate: 0.25, stream: 1, seed: 2 ** 31 - 1 },
    ],
    draw: (random) => ({
      shape: drawShape(random, random.integer(1, 5)),
      rate: random.pick([0, 0.1, 0.25, 0.3, 0.5, 0.8, random.uniform(0, 0.95)]),
      stream: random.integer(0, 1000),
      seed: random.bits() | 0,
    }),
    build: ({ shape, rate, stream, seed }, values) => ({
      inputs: [values.general(shape), int32([], () => seed)],
      attributes: { rate, stream },
    }),
  }),
};
