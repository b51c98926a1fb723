import type { Attributes } from '../../src/graph/attributes.ts';
import { flagAttribute, pairAttribute } from '../attributes.ts';
import { casesFrom } from '../cases.ts';
import { apply, applyTransposed, type LinearMap } from '../linear-map.ts';
import {
  drawPool,
  oddPools,
  poolAxes,
  pooledShape,
  windowPositions,
  type PoolAxis,
  type PoolConfiguration,
} from '../pooling.ts';
import type { OpSuite } from '../reference.ts';
import { dimensions4, required } from '../tensor.ts';

/** How many positions of a window lie inside the input and its padding. */
function paddedCount(axis: PoolAxis, window: number): number {
  let count = 0;
  for (let tap = 0; tap < axis.kernel; tap += 1) {
    const position = window * axis.stride + tap * axis.dilation;
    if (position < axis.before + axis.size + axis.after) count += 1;
  }
  return count;
}

function averages(xShape: readonly number[], attributes: Attributes): LinearMap {
  const [batch, channels, height, width] = dimensions4(xShape);
  const [vertical, horizontal] = poolAxes(height, width, attributes);
  const countIncludePad = flagAttribute(attributes, 'countIncludePad');
  return {
    inputShape: xShape,
    outputShape: [batch, channels, vertical.count, horizontal.count],
    entries(visit) {
      let output = 0;
      for (let plane = 0; plane < batch * channels; plane += 1) {
        for (let oy = 0; oy < vertical.count; oy += 1) {
          for (let ox = 0; ox < horizontal.count; ox += 1) {
            const rows = windowPositions(vertical, oy);
            const columns = windowPositions(horizontal, ox);
            const divisor = countIncludePad
              ? paddedCount(vertical, oy) * paddedCount(horizontal, ox)
              : rows.length * columns.length;
            for (const iy of rows) {
              for (const ix of columns) visit(output, (plane * height + iy) * width + ix, 1 / divisor);
            }
            output += 1;
          }
        }
      }
    },
  };
}

function averagePoolAttributes(configuration: PoolConfiguration): Attributes {
  const { kernelSize, strides, pads, dilations, ceilMode, countIncludePad } = configuration;
  return { kernelSize, strides, pads, dilations, ceilMode, countIncludePad };
}

const configurations = {
  odd: oddPools.filter((configuration) => pooledShape(configuration).every((size) => size > 0)),
  draw: drawPool,
};

/**
 * averagePool(x [N, C, H, W]) -> [N, C, OH, OW]. The sum over a window is divided by the number of inputs in it, or with
 * countIncludePad by the number of inputs and padded places, but never by what a window in ceil mode covers beyond the
 * padding (PyTorch avg_pool2d, ONNX AveragePool 19). A window without input gives 0.
 */
export const averagePool: OpSuite = {
  op: 'averagePool',
  outputs: ['float32'],
  differentiableInputs: [0],
  differentiableOutputs: [0],
  reference: {
    forward(inputs, attributes) {
      const x = required(inputs, 0);
      return [apply(averages(x.shape, attributes), x)];
    },
    vjp(inputs, attributes, cotangents) {
      const map = averages(required(inputs, 0).shape, attributes);
      return [applyTransposed(map, required(cotangents, 0))];
    },
  },
  cases: casesFrom('averagePool', {
    ...configurations,
    build: (configuration, values) => ({
      inputs: [values.general(configuration.x)],
      attributes: averagePoolAttributes(configuration),
    }),
  }),
};

/** averagePoolGradient(g [N, C, OH, OW]) -> [N, C, H, W] with inputSize = [H, W]: the transpose of averagePool. */
export const averagePoolGradient: OpSuite = {
  op: 'averagePoolGradient',
  outputs: ['float32'],
  differentiableInputs: [0],
  differentiableOutputs: [0],
  reference: {
    forward(inputs, attributes) {
      const g = required(inputs, 0);
      const xShape = [...g.shape.slice(0, 2), ...pairAttribute(attributes, 'inputSize')];
      return [applyTransposed(averages(xShape, attributes), g)];
    },
    vjp(_, attributes, cotangents) {
      const dx = required(cotangents, 0);
      return [apply(averages(dx.shape, attributes), dx)];
    },
  },
  cases: casesFrom('averagePoolGradient', {
    ...configurations,
    build: (configuration, values) => ({
      inputs: [values.general(pooledShape(configuration))],
      attributes: { ...averagePoolAttributes(configuration), inputSize: configuration.x.slice(2) },
    }),
  }),
};
