import type { Attributes } from '../../src/graph/attributes.ts';
import { numberAttribute } from '../attributes.ts';
import { forEachLine } from '../axis.ts';
import { casesFrom } from '../cases.ts';
import type { Random } from '../random.ts';
import type { Float64Tensor, OpInput, OpSuite } from '../reference.ts';
import { drawShape } from '../shapes.ts';
import { required, toFloat64, zeros } from '../tensor.ts';
import { float32, type ValueSource } from '../values.ts';

/** Applies `map` to the lines of several tensors of one shape along `axis`. */
function mapLines(
  tensors: readonly Float64Tensor[],
  axis: number,
  map: (...lines: readonly number[][]) => readonly number[],
): Float64Tensor {
  const result = zeros(required(tensors, 0).shape);
  forEachLine(result.shape, axis, (start, step, length) => {
    const lines = tensors.map(({ data }) => Array.from({ length }, (_, i) => data[start + i * step]!));
    map(...lines).forEach((value, i) => {
      result.data[start + i * step] = value;
    });
  });
  return result;
}

const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);

/** log Σ exp(x), without overflow. */
export function logSumExp(line: readonly number[]): number {
  const largest = line.reduce((max, value) => Math.max(max, value), -Infinity);
  return largest + Math.log(total(line.map((value) => Math.exp(value - largest))));
}

function logSoftmaxLine(line: readonly number[]): number[] {
  const normalizer = logSumExp(line);
  return line.map((value) => value - normalizer);
}

const softmaxLine = (line: readonly number[]) => logSoftmaxLine(line).map(Math.exp);

/** y · (g - Σ g·y): the gradient by softmax's own output. */
function softmaxGradientLine(g: readonly number[], y: readonly number[]): number[] {
  const mean = dot(g, y);
  return g.map((value, i) => y[i]! * (value - mean));
}

/** g - exp(y) · Σ g: the gradient by log-softmax's own output. */
function logSoftmaxGradientLine(g: readonly number[], y: readonly number[]): number[] {
  const sum = total(g);
  return g.map((value, i) => value - Math.exp(y[i]!) * sum);
}

const axisOf = (attributes: Attributes) => numberAttribute(attributes, 'axis');

interface Configuration {
  readonly shape: readonly number[];
  readonly axis: number;
}

const configurations = {
  odd: [
    { shape: [1], axis: 0 },
    { shape: [5], axis: 0 },
    { shape: [3, 1], axis: 1 },
    { shape: [1, 3], axis: 0 },
    { shape: [1, 10], axis: 1 },
    { shape: [7, 10], axis: 1 },
    { shape: [10, 7], axis: 0 },
    { shape: [2, 5, 3, 3], axis: 1 },
    { shape: [2, 5, 3, 3], axis: 0 },
    { shape: [2, 5, 3, 4], axis: 3 },
    { shape: [1, 1000], axis: 1 },
    { shape: [2, 5003], axis: 1 },
    { shape: [300, 3], axis: 1 },
    { shape: [65, 66], axis: 1 },
    { shape: [2, 2, 3, 2, 2, 2], axis: 2 },
  ] satisfies Configuration[],
  draw(random: Random): Configuration {
    const shape = drawShape(random, random.integer(1, 5));
    return { shape, axis: random.integer(0, shape.length - 1) };
  },
};

/** Scores as networks give them; now and then so far apart that exp overflows or vanishes, or all equal. */
export function scores(shape: readonly number[], values: ValueSource): OpInput {
  const { random, smooth } = values;
  const spread = smooth ? 1 : random.pick([0, 1, 1, 3, 10, 60]);
  const offset = smooth ? 0 : random.pick([0, 0, 90, -200]);
  return float32(shape, () => offset + spread * random.bell());
}

type Lines = (...lines: readonly (readonly number[])[]) => readonly number[];

/** softmax(x) or logSoftmax(x) along `axis`. */
function forwardSuite(op: string, line: Lines, gradientLine: Lines): OpSuite {
  return {
    op,
    outputs: ['float32'],
    differentiableInputs: [0],
    differentiableOutputs: [0],
    reference: {
      forward: (inputs, attributes) => [mapLines([required(inputs, 0)], axisOf(attributes), line)],
      vjp(inputs, attributes, cotangents) {
        const y = mapLines([required(inputs, 0)], axisOf(attributes), line);
        return [mapLines([required(cotangents, 0), y], axisOf(attributes), gradientLine)];
      },
    },
    cases: casesFrom(op, {
      ...configurations,
      build: ({ shape, axis }, values) => ({ inputs: [scores(shape, values)], attributes: { axis } }),
    }),
  };
}

/** softmaxGradient(g, y) or logSoftmaxGradient(g, y) with the forward op's output y; `dg` and `dy` take (u, g, y). */
function gradientSuite(op: string, forwardLine: Lines, line: Lines, dg: Lines, dy: Lines): OpSuite {
  return {
    op,
    outputs: ['float32'],
    differentiableInputs: [0, 1],
    differentiableOutputs: [0],
    reference: {
      forward: (inputs, attributes) => [mapLines([required(inputs, 0), required(inputs, 1)], axisOf(attributes), line)],
      vjp(inputs, attributes, cotangents) {
        const lines = [required(cotangents, 0), required(inputs, 0), required(inputs, 1)];
        return [mapLines(lines, axisOf(attributes), dg), mapLines(lines, axisOf(attributes), dy)];
      },
    },
    cases: casesFrom(op, {
      ...configurations,
      build({ shape, axis }, values) {
        const y = mapLines([toFloat64(scores(shape, values))], axis, forwardLine);
        return { inputs: [values.general(shape), float32(shape, (index) => y.data[index]!)], attributes: { axis } };
      },
    }),
  };
}

export const softmax = forwardSuite(
  'softmax',
  (x = []) => softmaxLine(x),
  (g = [], y = []) => softmaxGradientLine(g, y),
);
export const logSoftmax = forwardSuite(
  'logSoftmax',
  (x = []) => logSoftmaxLine(x),
  (g = [], y = []) => logSoftmaxGradientLine(g, y),
);

export const softmaxGradient = gradientSuite(
  'softmaxGradient',
  (x = []) => softmaxLine(x),
  (g = [], y = []) => softmaxGradientLine(g, y),
  (u = [], _g, y = []) => softmaxGradientLine(u, y),
  (u = [], g = [], y = []) => {
    const [mean, meanCotangent] = [dot(g, y), dot(u, y)];
    return u.map((value, i) => value * (g[i]! - mean) - g[i]! * meanCotangent);
  },
);
export const logSoftmaxGradient = gradientSuite(
  'logSoftmaxGradient',
  (x = []) => logSoftmaxLine(x),
  (g = [], y = []) => logSoftmaxGradientLine(g, y),
  (u = [], _g, y = []) => {
    const mean = dot(u, y.map(Math.exp));
    return u.map((value) => value - mean);
  },
  (u = [], g = [], y = []) => {
    const sum = total(g);
    return u.map((value, i) => -value * Math.exp(y[i]!) * sum);
  },
);
