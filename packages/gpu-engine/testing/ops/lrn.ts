import type { Attributes } from '../../src/graph/attributes.ts';
import { numberAttribute } from '../attributes.ts';
import { casesFrom } from '../cases.ts';
import type { Random } from '../random.ts';
import type { Float64Tensor, OpSuite } from '../reference.ts';
import { drawShape, oddShapes } from '../shapes.ts';
import { channelOf, mapTensor, required, sizeOf, toFloat64, zeros } from '../tensor.ts';
import { float32 } from '../values.ts';

/** Visits every element with the elements of the channels around, ONNX's way: one more after where size is even. */
function forEachNeighbour(
  shape: readonly number[],
  size: number,
  visit: (element: number, neighbour: number) => void,
): void {
  const step = sizeOf(shape.slice(2));
  for (let element = 0; element < sizeOf(shape); element += 1) {
    const c = channelOf(element, shape);
    const first = Math.max(0, c - Math.floor((size - 1) / 2));
    const last = Math.min(shape[1]! - 1, c + Math.ceil((size - 1) / 2));
    for (let k = first; k <= last; k += 1) visit(element, element + (k - c) * step);
  }
}

function scaleOf(x: Float64Tensor, attributes: Attributes): Float64Tensor {
  const size = numberAttribute(attributes, 'size');
  const sums = zeros(x.shape);
  forEachNeighbour(x.shape, size, (element, neighbour) => {
    sums.data[element]! += x.data[neighbour]! ** 2;
  });
  const factor = numberAttribute(attributes, 'alpha') / size;
  return mapTensor(sums, (sum) => numberAttribute(attributes, 'bias') + factor * sum);
}

function gradient(g: Float64Tensor, x: Float64Tensor, scale: Float64Tensor, attributes: Attributes): Float64Tensor {
  const [size, beta] = [numberAttribute(attributes, 'size'), numberAttribute(attributes, 'beta')];
  const factor = (2 * beta * numberAttribute(attributes, 'alpha')) / size;
  const dx = mapTensor(g, (value, index) => value * scale.data[index]! ** -beta);
  forEachNeighbour(x.shape, size, (element, neighbour) => {
    const slope = -factor * x.data[element]! * scale.data[element]! ** (-beta - 1);
    dx.data[neighbour]! += g.data[element]! * slope * x.data[neighbour]!;
  });
  return dx;
}

interface Configuration {
  readonly shape: readonly number[];
  readonly attributes: Attributes;
}

const configurations = {
  odd: [
    ...oddShapes.map((shape) => ({ shape, attributes: { size: 3, alpha: 1e-4, beta: 0.75, bias: 1 } })),
    ...[1, 2, 4, 5, 9, 30].map((size) => ({
      shape: [2, 7, 3, 2],
      attributes: { size, alpha: 0.5, beta: 0.5, bias: 2 },
    })),
  ],
  draw: (random: Random): Configuration => ({
    shape: drawShape(random, random.pick([2, 3, 4, 4])),
    attributes: {
      size: random.integer(1, 7),
      alpha: random.pick([1e-4, 0.01, 1]),
      beta: random.pick([0.75, 0.5, 1, 2]),
      bias: random.pick([1, 2, 0.5]),
    },
  }),
};

/** lrn(x [N, C, …]) -> x / scale^beta and scale = bias + alpha/size · Σ x² over the channels around. */
export const lrn: OpSuite = {
  op: 'lrn',
  outputs: ['float32', 'float32'],
  differentiableInputs: [0],
  differentiableOutputs: [0],
  reference: {
    forward(inputs, attributes) {
      const x = required(inputs, 0);
      const scale = scaleOf(x, attributes);
      const beta = numberAttribute(attributes, 'beta');
      return [mapTensor(x, (value, index) => value * scale.data[index]! ** -beta), scale];
    },
    vjp(inputs, attributes, cotangents) {
      const x = required(inputs, 0);
      return [gradient(required(cotangents, 0), x, scaleOf(x, attributes), attributes)];
    },
  },
  cases: casesFrom<Configuration>('lrn', {
    ...configurations,
    build: ({ shape, attributes }, values) => ({ inputs: [values.general(shape)], attributes }),
  }),
};

/** lrnGradient(g, x, scale) -> dx. */
export const lrnGradient: OpSuite = {
  op: 'lrnGradient',
  outputs: ['float32'],
  differentiableInputs: [],
  differentiableOutputs: [],
  reference: {
    forward: (inputs, attributes) => [
      gradient(required(inputs, 0), required(inputs, 1), required(inputs, 2), attributes),
    ],
  },
  cases: casesFrom<Configuration>('lrnGradient', {
    ...configurations,
    build({ shape, attributes }, values) {
      const x = values.general(shape);
      const scale = scaleOf(toFloat64(x), attributes);
      return { inputs: [values.general(shape), x, float32(shape, (index) => scale.data[index]!)], attributes };
    },
  }),
};
