import { casesFrom } from '../cases.ts';
import { apply, applyTransposed, type LinearMap } from '../linear-map.ts';
import type { OpSuite } from '../reference.ts';
import { drawMapShape, oddShapes } from '../shapes.ts';
import { dimensions4, required, sizeOf } from '../tensor.ts';

function planeMeans(xShape: readonly number[]): LinearMap {
  const [batch, channels, height, width] = dimensions4(xShape);
  const planeSize = height * width;
  return {
    inputShape: xShape,
    outputShape: [batch, channels, 1, 1],
    entries(visit) {
      for (let input = 0; input < sizeOf(xShape); input += 1) {
        visit(Math.floor(input / planeSize), input, 1 / planeSize);
      }
    },
  };
}

/** globalAveragePool(x [N, C, H, W]) -> [N, C, 1, 1]: the mean of each plane. */
export const globalAveragePool: OpSuite = {
  op: 'globalAveragePool',
  outputs: ['float32'],
  differentiableInputs: [0],
  differentiableOutputs: [0],
  reference: {
    forward(inputs) {
      const x = required(inputs, 0);
      return [apply(planeMeans(x.shape), x)];
    },
    vjp: (inputs, _, cotangents) => [applyTransposed(planeMeans(required(inputs, 0).shape), required(cotangents, 0))],
  },
  cases: casesFrom('globalAveragePool', {
    odd: [...oddShapes.filter((shape) => shape.length === 4), [1, 2, 70, 72]],
    draw: (random) => drawMapShape(random),
    build: (shape, values) => ({ inputs: [values.general(shape)] }),
  }),
};
