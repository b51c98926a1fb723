import { listAttribute, numberAttribute } from '../attributes.ts';
import { casesFrom } from '../cases.ts';
import type { Random } from '../random.ts';
import type { OpSuite } from '../reference.ts';
import { drawShape, oddShapes } from '../shapes.ts';
import { required, sizeOf } from '../tensor.ts';

interface Configuration {
  readonly shape: readonly number[];
  /** As the op takes it: 0 copies the input's size at the same position, one -1 takes what is left. */
  readonly target: readonly number[];
}

function resolve(shape: readonly number[], target: readonly number[]): number[] {
  const copied = target.map((size, axis) => (size === 0 ? shape[axis]! : size));
  const known = copied.reduce((product, size) => (size === -1 ? product : product * size), 1);
  return copied.map((size) => (size === -1 ? sizeOf(shape) / known : size));
}

/** Another shape for as many elements, parts of it written as 0 or -1. */
function drawTarget(random: Random, shape: readonly number[]): number[] {
  let rest = sizeOf(shape);
  const target: number[] = [];
  for (let axis = random.integer(0, 4); axis > 0; axis -= 1) {
    const divisors = Array.from({ length: Math.min(rest, 60) }, (_, i) => i + 1).filter((size) => rest % size === 0);
    target.push(random.pick(divisors));
    rest /= target.at(-1) ?? 1;
  }
  target.push(rest);
  const inferred = random.chance(0.5) ? random.integer(0, target.length - 1) : -1;
  return target.map((size, axis) => (axis === inferred ? -1 : size === shape[axis] && random.chance(0.6) ? 0 : size));
}

/** reshape(x) -> the same elements in another `shape`, ONNX's way: 0 copies a size, -1 infers one. */
export const reshape: OpSuite = {
  op: 'reshape',
  outputs: ['float32'],
  differentiableInputs: [0],
  differentiableOutputs: [0],
  reference: {
    forward(inputs, attributes) {
      const { shape, data } = required(inputs, 0);
      return [{ shape: resolve(shape, listAttribute(attributes, 'shape')), data }];
    },
    vjp: (inputs, _, cotangents) => [{ shape: required(inputs, 0).shape, data: required(cotangents, 0).data }],
  },
  cases: casesFrom<Configuration>('reshape', {
    odd: [
      { shape: [2, 3, 4, 5], target: [0, -1] },
      { shape: [2, 3, 4, 5], target: [-1] },
      { shape: [2, 3, 4, 5], target: [0, 0, 0, 0] },
      { shape: [2, 3, 4, 5], target: [0, 0, -1] },
      { shape: [2, 12], target: [0, 3, -1, 2] },
      { shape: [1], target: [1, 1, 1, 1] },
      { shape: [1, 1], target: [1] },
      { shape: [1, 1], target: [] },
      { shape: [], target: [1, -1] },
      { shape: [24], target: [1, 2, 3, 4, 1, -1] },
      { shape: [5003], target: [-1, 1] },
    ],
    draw(random) {
      const shape = drawShape(random, random.integer(1, 6));
      return { shape, target: drawTarget(random, shape) };
    },
    build: ({ shape, target }, values) => ({ inputs: [values.general(shape)], attributes: { shape: target } }),
  }),
};

/** flatten(x) -> rank 2: sizes before `axis` multiplied into rows, the others into columns (ONNX Flatten). */
export const flatten: OpSuite = {
  op: 'flatten',
  outputs: ['float32'],
  differentiableInputs: [0],
  differentiableOutputs: [0],
  reference: {
    forward(inputs, attributes) {
      const { shape, data } = required(inputs, 0);
      const axis = numberAttribute(attributes, 'axis');
      return [{ shape: [sizeOf(shape.slice(0, axis)), sizeOf(shape.slice(axis))], data }];
    },
    vjp: (inputs, _, cotangents) => [{ shape: required(inputs, 0).shape, data: required(cotangents, 0).data }],
  },
  cases: casesFrom('flatten', {
    odd: [
      ...oddShapes.map((shape) => ({ shape, axis: 1 })),
      { shape: [7], axis: 1 },
      { shape: [2, 3, 4, 5], axis: 0 },
      { shape: [2, 3, 4, 5], axis: 4 },
    ],
    draw(random) {
      const shape = drawShape(random, random.integer(1, 6));
      return { shape, axis: random.integer(0, shape.length) };
    },
    build: ({ shape, axis }, values) => ({ inputs: [values.general(shape)], attributes: { axis } }),
  }),
};
