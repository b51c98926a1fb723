import type { Attributes } from '../../src/graph/attributes.ts';
import { casesFrom } from '../cases.ts';
import { drawPool, oddPools, poolAxes, windowPositions, type PoolConfiguration } from '../pooling.ts';
import type { Float64Tensor, OpSuite } from '../reference.ts';
import { dimensions4, required, zeros } from '../tensor.ts';

/**
 * For each window the flat index y·W + x, within its plane, of its first maximum in row-major order; -1 where the window
 * holds no input.
 */
export function maxPoolSwitches(x: Float64Tensor, attributes: Attributes): Float64Tensor {
  const [batch, channels, height, width] = dimensions4(x.shape);
  const [vertical, horizontal] = poolAxes(height, width, attributes);
  const switches = zeros([batch, channels, vertical.count, horizontal.count]);
  let output = 0;
  for (let plane = 0; plane < batch * channels; plane += 1) {
    for (let oy = 0; oy < vertical.count; oy += 1) {
      for (let ox = 0; ox < horizontal.count; ox += 1) {
        let best = -1;
        let bestValue = -Infinity;
        for (const iy of windowPositions(vertical, oy)) {
          for (const ix of windowPositions(horizontal, ox)) {
            const value = x.data[(plane * height + iy) * width + ix]!;
            if (best < 0 || value > bestValue) {
              best = iy * width + ix;
              bestValue = value;
            }
          }
        }
        switches.data[output] = best;
        output += 1;
      }
    }
  }
  return switches;
}

/** The attributes of max-pooling. */
export function maxPoolAttributes({ kernelSize, strides, pads, dilations, ceilMode }: PoolConfiguration): Attributes {
  return { kernelSize, strides, pads, dilations, ceilMode };
}

/** Visits every output element with the input element that its switch names; windows without input are left out. */
export function forEachSwitch(
  switches: Float64Tensor,
  planeSize: number,
  visit: (output: number, input: number) => void,
): void {
  const [, , outHeight, outWidth] = dimensions4(switches.shape);
  switches.data.forEach((place, output) => {
    const plane = Math.floor(output / (outHeight * outWidth));
    if (place >= 0) visit(output, plane * planeSize + place);
  });
}

/**
 * maxPool(x [N, C, H, W]) -> y [N, C, OH, OW] and int32 switches of the same shape. Padding never wins. A window that
 * holds no input gives 0 and the switch -1.
 */
export const maxPool: OpSuite = {
  op: 'maxPool',
  outputs: ['float32', 'int32'],
  differentiableInputs: [0],
  differentiableOutputs: [0],
  reference: {
    forward(inputs, attributes) {
      const x = required(inputs, 0);
      const [, , height, width] = dimensions4(x.shape);
      const switches = maxPoolSwitches(x, attributes);
      const y = zeros(switches.shape);
      forEachSwitch(switches, height * width, (output, input) => {
        y.data[output] = x.data[input]!;
      });
      return [y, switches];
    },
    vjp(inputs, attributes, cotangents) {
      const [x, g] = [required(inputs, 0), required(cotangents, 0)];
      const [, , height, width] = dimensions4(x.shape);
      const dx = zeros(x.shape);
      forEachSwitch(maxPoolSwitches(x, attributes), height * width, (output, input) => {
        dx.data[input]! += g.data[output]!;
      });
      return [dx];
    },
  },
  cases: casesFrom('maxPool', {
    odd: oddPools,
    draw: drawPool,
    build: (configuration, values) => ({
      inputs: [values.withTies(configuration.x)],
      attributes: maxPoolAttributes(configuration),
    }),
  }),
};
