import type { Attributes } from '../../src/graph/attributes.ts';
import { numberAttribute } from '../attributes.ts';
import { casesFrom } from '../cases.ts';
import { drawPool, oddPools, poolAxes, pooledShape, windowPositions, type PoolConfiguration } from '../pooling.ts';
import type { Random } from '../random.ts';
import type { Float64Tensor, OpSuite } from '../reference.ts';
import { drawMapShape, oddShapes } from '../shapes.ts';
import { dimensions4, required, toFloat64, zeros } from '../tensor.ts';
import { float32, type ValueSource } from '../values.ts';

/** Visits every output element with the input elements of its window. */
function forEachWindow(
  xShape: readonly number[],
  attributes: Attributes,
  visit: (output: number, window: readonly number[]) => void,
): [number, number, number, number] {
  const [batch, channels, height, width] = dimensions4(xShape);
  const [vertical, horizontal] = poolAxes(height, width, { ceilMode: false, ...attributes });
  let output = 0;
  for (let plane = 0; plane < batch * channels; plane += 1) {
    for (let oy = 0; oy < vertical.count; oy += 1) {
      for (let ox = 0; ox < horizontal.count; ox += 1) {
        const rows = windowPositions(vertical, oy);
        const columns = windowPositions(horizontal, ox);
        visit(
          output,
          rows.flatMap((iy) => columns.map((ix) => (plane * height + iy) * width + ix)),
        );
        output += 1;
      }
    }
  }
  return [batch, channels, vertical.count, horizontal.count];
}

function pool(x: Float64Tensor, attributes: Attributes): Float64Tensor {
  const p = numberAttribute(attributes, 'p');
  const norms: number[] = [];
  const shape = forEachWindow(x.shape, attributes, (_, window) => {
    norms.push(window.reduce((sum, place) => sum + Math.abs(x.data[place]!) ** p, 0) ** (1 / p));
  });
  return { shape, data: Float64Array.from(norms) };
}

/** d norm / d x = sign(x) · (|x| / norm)^(p - 1), with `pooled` as the windows' norms. */
function poolGradient(
  [g, x, pooled]: readonly [Float64Tensor, Float64Tensor, Float64Tensor],
  attributes: Attributes,
  counts: readonly [number, number],
): Float64Tensor {
  const p = numberAttribute(attributes, 'p');
  const dx = zeros(x.shape);
  const [, , rows, columns] = dimensions4(pooled.shape);
  // In ceil mode there are windows more than the attributes say; ask for as many as were pooled.
  const ceilMode = rows !== counts[0] || columns !== counts[1];
  forEachWindow(x.shape, { ...attributes, ceilMode }, (output, window) => {
    const norm = pooled.data[output]!;
    if (norm === 0) return;
    for (const place of window) {
      const value = x.data[place]!;
      dx.data[place]! += g.data[output]! * Math.sign(value) * (Math.abs(value) / norm) ** (p - 1);
    }
  });
  return dx;
}

interface Configuration extends PoolConfiguration {
  readonly p: number;
}

const exponents = [1, 2, 2, 3, 1.5, 2.5, 4, 7] as const;

const fits = (configuration: PoolConfiguration) => pooledShape(configuration).every((size) => size > 0);
const odd = oddPools
  .filter(fits)
  .map((configuration, index): Configuration => ({ ...configuration, p: exponents[index % exponents.length]! }));
const draw = (random: Random): Configuration => ({ ...drawPool(random), p: random.pick(exponents) });

const attributesOf = ({ kernelSize, strides, pads, dilations, p }: Configuration) => ({
  kernelSize,
  strides,
  pads,
  dilations,
  p,
});

/** Values with a kink at 0, and in moderate range where a power of 7 is taken. */
const inputOf = (shape: readonly number[], values: ValueSource) =>
  values.smooth || values.random.chance(0.5) ? values.aroundZero(shape) : values.general(shape);

/** lpPool(x [N, C, H, W]) -> (sum of |x|^p)^(1/p) of each window; padding adds nothing (ONNX LpPool). */
export const lpPool: OpSuite = {
  op: 'lpPool',
  outputs: ['float32'],
  differentiableInputs: [0],
  differentiableOutputs: [0],
  reference: {
    forward: (inputs, attributes) => [pool(required(inputs, 0), attributes)],
    vjp(inputs, attributes, cotangents) {
      const x = required(inputs, 0);
      const pooled = pool(x, attributes);
      const [, , rows, columns] = dimensions4(pool(x, { ...attributes, ceilMode: false }).shape);
      return [poolGradient([required(cotangents, 0), x, pooled], attributes, [rows, columns])];
    },
  },
  cases: casesFrom('lpPool', {
    odd,
    draw,
    build: (configuration, values) => ({
      inputs: [inputOf(configuration.x, values)],
      attributes: { ...attributesOf(configuration), ceilMode: configuration.ceilMode },
    }),
  }),
};

/** lpPoolGradient(g, x, y) -> dx, with y the result of pooling without ceil mode. */
export const lpPoolGradient: OpSuite = {
  op: 'lpPoolGradient',
  outputs: ['float32'],
  differentiableInputs: [],
  differentiableOutputs: [],
  reference: {
    forward(inputs, attributes) {
      const y = required(inputs, 2);
      const [, , rows, columns] = dimensions4(y.shape);
      return [poolGradient([required(inputs, 0), required(inputs, 1), y], attributes, [rows, columns])];
    },
  },
  cases: casesFrom('lpPoolGradient', {
    odd: odd.filter((configuration) => fits({ ...configuration, ceilMode: false })),
    draw(random) {
      for (;;) {
        const configuration = draw(random);
        if (fits({ ...configuration, ceilMode: false })) return configuration;
      }
    },
    build(configuration, values) {
      const attributes = attributesOf(configuration);
      const x = inputOf(configuration.x, values);
      const y = pool(toFloat64(x), attributes);
      return {
        inputs: [values.general(y.shape), x, float32(y.shape, (index) => y.data[index]!)],
        attributes,
      };
    },
  }),
};

const wholePlane = (x: Float64Tensor, attributes: Attributes): Attributes => ({
  ...attributes,
  kernelSize: x.shape.slice(2),
  strides: [1, 1],
  pads: [0, 0, 0, 0],
});

/** globalLpPool(x [N, C, H, W]) -> [N, C, 1, 1]: the p-norm of each plane. */
export const globalLpPool: OpSuite = {
  op: 'globalLpPool',
  outputs: ['float32'],
  differentiableInputs: [0],
  differentiableOutputs: [0],
  reference: {
    forward(inputs, attributes) {
      const x = required(inputs, 0);
      return [pool(x, wholePlane(x, attributes))];
    },
    vjp(inputs, attributes, cotangents) {
      const x = required(inputs, 0);
      const plane = wholePlane(x, attributes);
      return [poolGradient([required(cotangents, 0), x, pool(x, plane)], plane, [1, 1])];
    },
  },
  cases: casesFrom('globalLpPool', {
    odd: oddShapes.filter((shape) => shape.length === 4).map((shape) => ({ shape, p: 2 })),
    draw: (random) => ({ shape: drawMapShape(random), p: random.pick(exponents) }),
    build: ({ shape, p }, values) => ({ inputs: [inputOf(shape, values)], attributes: { p } }),
  }),
};
