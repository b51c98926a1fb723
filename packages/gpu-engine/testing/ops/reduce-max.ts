import { flagAttribute, listAttribute } from '../attributes.ts';
import { casesFrom } from '../cases.ts';
import { apply, applyTransposed, type LinearMap } from '../linear-map.ts';
import { reduction, reductionConfigurations } from '../reducing.ts';
import type { Float64Tensor, OpSuite } from '../reference.ts';
import { required, zeros } from '../tensor.ts';

/** The first maximum (of sign · x) in row-major order, as a flat row-major index within the reduced axes. */
function positionsOf(x: Float64Tensor, axes: readonly number[], keepDimensions: boolean, sign: number): Float64Tensor {
  const { outputShape, entries } = reduction(x.shape, axes, keepDimensions);
  const positions = zeros(outputShape);
  const best = positions.data.map(() => -Infinity);
  entries((output, input, position) => {
    if (sign * x.data[input]! <= best[output]!) return;
    best[output] = sign * x.data[input]!;
    positions.data[output] = position;
  });
  return positions;
}

/** From x to the elements at `positions`. */
function gather(shape: readonly number[], axes: readonly number[], positions: Float64Tensor): LinearMap {
  return {
    inputShape: shape,
    outputShape: positions.shape,
    entries: (visit) =>
      reduction(shape, axes, true).entries((output, input, position) => {
        if (positions.data[output] === position) visit(output, input, 1);
      }),
  };
}

/** The op over `axes` -> y and its int32 positions. Where several are as good, the first takes the gradient. */
const extremum = (op: string, sign: number): OpSuite => ({
  op,
  outputs: ['float32', 'int32'],
  differentiableInputs: [0],
  differentiableOutputs: [0],
  reference: {
    forward(inputs, attributes) {
      const x = required(inputs, 0);
      const axes = listAttribute(attributes, 'axes');
      const positions = positionsOf(x, axes, flagAttribute(attributes, 'keepDimensions'), sign);
      return [apply(gather(x.shape, axes, positions), x), positions];
    },
    vjp(inputs, attributes, cotangents) {
      const x = required(inputs, 0);
      const axes = listAttribute(attributes, 'axes');
      const positions = positionsOf(x, axes, flagAttribute(attributes, 'keepDimensions'), sign);
      return [applyTransposed(gather(x.shape, axes, positions), required(cotangents, 0))];
    },
  },
  cases: casesFrom(op, {
    ...reductionConfigurations,
    build: ({ shape, axes, keepDimensions }, values) => ({
      inputs: [values.withTies(shape)],
      attributes: { axes, keepDimensions },
    }),
  }),
});

export const reduceMax = extremum('reduceMax', 1);
export const reduceMin = extremum('reduceMin', -1);

/** reduceMaxGradient(g, positions) with inputShape and axes -> [inputShape]: g at its positions, zeros elsewhere. */
export const reduceMaxGradient: OpSuite = {
  op: 'reduceMaxGradient',
  outputs: ['float32'],
  differentiableInputs: [0],
  differentiableOutputs: [0],
  reference: {
    forward(inputs, attributes) {
      const [g, positions] = [required(inputs, 0), required(inputs, 1)];
      const map = gather(listAttribute(attributes, 'inputShape'), listAttribute(attributes, 'axes'), positions);
      return [applyTransposed(map, g)];
    },
    vjp(inputs, attributes, cotangents) {
      const axes = listAttribute(attributes, 'axes');
      const map = gather(listAttribute(attributes, 'inputShape'), axes, required(inputs, 1));
      return [apply(map, required(cotangents, 0)), undefined];
    },
  },
  cases: casesFrom('reduceMaxGradient', {
    ...reductionConfigurations,
    build({ shape, axes, keepDimensions }, values) {
      const { outputShape, count } = reduction(shape, axes, keepDimensions);
      return {
        inputs: [values.general(outputShape), values.integers(outputShape, 0, count - 1)],
        attributes: { inputShape: shape, axes },
      };
    },
  }),
};
