import type { Attributes } from '../../src/graph/attributes.ts';
import { numberAttribute } from '../attributes.ts';
import { forEachLine } from '../axis.ts';
import { casesFrom } from '../cases.ts';
import type { Random } from '../random.ts';
import type { Float64Tensor, OpSuite } from '../reference.ts';
import { drawShape, oddShapes } from '../shapes.ts';
import { required, zeros } from '../tensor.ts';
import { float32, type ValueSource } from '../values.ts';

/** Visits every line along the axis with its places and its norm. */
function forEachNorm(
  x: Float64Tensor,
  attributes: Attributes,
  visit: (places: readonly number[], norm: number) => void,
): void {
  const p = numberAttribute(attributes, 'p');
  const axis = numberAttribute(attributes, 'axis');
  forEachLine(x.shape, axis < 0 ? axis + x.shape.length : axis, (start, step, length) => {
    const places = Array.from({ length }, (_, k) => start + k * step);
    visit(places, places.reduce((sum, place) => sum + Math.abs(x.data[place]!) ** p, 0) ** (1 / p));
  });
}

/** From y_i = x_i / n: dx_j = g_j / n - (Σ g_i x_i) / n² · dn/dx_j. */
function gradient(g: Float64Tensor, x: Float64Tensor, attributes: Attributes): Float64Tensor {
  const dx = zeros(x.shape);
  forEachNorm(x, attributes, (places, norm) => {
    if (norm === 0) return;
    const sum = places.reduce((total, place) => total + g.data[place]! * x.data[place]!, 0);
    for (const place of places) {
      const value = x.data[place]!;
      const slope = numberAttribute(attributes, 'p') === 1 ? Math.sign(value) : value / norm;
      dx.data[place] = g.data[place]! / norm - (sum / norm ** 2) * slope;
    }
  });
  return dx;
}

interface Configuration {
  readonly shape: readonly number[];
  readonly axis: number;
  readonly p: number;
}

const configurations = {
  odd: [
    { shape: [3], axis: 0, p: 2 },
    { shape: [3], axis: -1, p: 1 },
    ...oddShapes.map((shape, index) => ({ shape, axis: (index % shape.length) - (index % 2) * shape.length, p: 2 })),
    ...oddShapes.map((shape, index) => ({ shape, axis: (index + 1) % shape.length, p: 1 })),
  ],
  draw(random: Random): Configuration {
    const shape = drawShape(random, random.integer(1, 5));
    return { shape, axis: random.integer(-shape.length, shape.length - 1), p: random.integer(1, 2) };
  },
};

/** Away from 0, where the norm has a kink; now and then all zeros, or very large. */
function inputOf(shape: readonly number[], values: ValueSource) {
  const { random, smooth } = values;
  if (!smooth && random.chance(0.1)) return float32(shape, () => 0);
  if (!smooth && random.chance(0.1)) return float32(shape, () => 1e25 * (random.bell() + 1));
  return values.nonzero(shape);
}

/** lpNormalization(x) -> x / ‖x‖ along `axis`; 0 where the norm is 0. */
export const lpNormalization: OpSuite = {
  op: 'lpNormalization',
  outputs: ['float32'],
  differentiableInputs: [0],
  differentiableOutputs: [0],
  reference: {
    forward(inputs, attributes) {
      const x = required(inputs, 0);
      const y = zeros(x.shape);
      forEachNorm(x, attributes, (places, norm) => {
        for (const place of places) y.data[place] = norm === 0 ? 0 : x.data[place]! / norm;
      });
      return [y];
    },
    vjp: (inputs, attributes, cotangents) => [gradient(required(cotangents, 0), required(inputs, 0), attributes)],
  },
  cases: casesFrom<Configuration>('lpNormalization', {
    ...configurations,
    build: ({ shape, ...attributes }, values) => ({ inputs: [inputOf(shape, values)], attributes }),
  }),
};

/** lpNormalizationGradient(g, x) -> dx. */
export const lpNormalizationGradient: OpSuite = {
  op: 'lpNormalizationGradient',
  outputs: ['float32'],
  differentiableInputs: [],
  differentiableOutputs: [],
  reference: {
    forward: (inputs, attributes) => [gradient(required(inputs, 0), required(inputs, 1), attributes)],
  },
  cases: casesFrom<Configuration>('lpNormalizationGradient', {
    ...configurations,
    build: ({ shape, ...attributes }, values) => ({
      inputs: [values.general(shape), inputOf(shape, values)],
      attributes,
    }),
  }),
};
