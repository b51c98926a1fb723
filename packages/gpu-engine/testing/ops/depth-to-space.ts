import type { Attributes } from '../../src/graph/attributes.ts';
import { numberAttribute, textAttribute } from '../attributes.ts';
import { casesFrom } from '../cases.ts';
import { apply, applyTransposed, type LinearMap } from '../linear-map.ts';
import type { Random } from '../random.ts';
import type { OpSuite } from '../reference.ts';
import { coordinatesOf, required, sizeOf } from '../tensor.ts';

/** ONNX's definition: reshape to rank 6, transpose, reshape. */
function toSpace(deepShape: readonly number[], attributes: Attributes): LinearMap {
  const b = numberAttribute(attributes, 'blockSize');
  const [n, depth, h, w] = deepShape as [number, number, number, number];
  const c = depth / (b * b);
  const isDcr = textAttribute(attributes, 'mode') === 'DCR';
  const split = isDcr ? [n, b, b, c, h, w] : [n, c, b, b, h, w];
  const order = isDcr ? [0, 3, 4, 1, 5, 2] : [0, 1, 4, 2, 5, 3];
  const permuted = order.map((axis) => split[axis]!);
  return {
    inputShape: deepShape,
    outputShape: [n, c, h * b, w * b],
    entries(visit) {
      for (let output = 0; output < sizeOf(permuted); output += 1) {
        const place = coordinatesOf(output, permuted);
        let input = 0;
        split.forEach((size, axis) => {
          input = input * size + place[order.indexOf(axis)]!;
        });
        visit(output, input, 1);
      }
    },
  };
}

interface Configuration {
  /** The deep shape. */
  readonly shape: readonly [number, number, number, number];
  readonly attributes: { readonly blockSize: number; readonly mode: 'DCR' | 'CRD' };
}

const modes = ['DCR', 'CRD'] as const;

const configurations = {
  odd: modes.flatMap((mode): Configuration[] => [
    { shape: [1, 1, 1, 1], attributes: { blockSize: 1, mode } },
    { shape: [1, 4, 1, 1], attributes: { blockSize: 2, mode } },
    { shape: [1, 8, 2, 3], attributes: { blockSize: 2, mode } },
    { shape: [2, 27, 3, 1], attributes: { blockSize: 3, mode } },
    { shape: [3, 16, 1, 5], attributes: { blockSize: 4, mode } },
    { shape: [1, 20, 9, 7], attributes: { blockSize: 2, mode } },
  ]),
  draw(random: Random): Configuration {
    const blockSize = random.integer(1, 4);
    const channels = random.integer(1, 6);
    const size = () => random.integer(1, 8);
    return {
      shape: [random.integer(1, 3), channels * blockSize ** 2, size(), size()],
      attributes: { blockSize, mode: random.pick(modes) },
    };
  },
};

/** depthToSpace(x [N, C·b·b, H, W]) -> [N, C, H·b, W·b]. */
export const depthToSpace: OpSuite = {
  op: 'depthToSpace',
  outputs: ['float32'],
  differentiableInputs: [0],
  differentiableOutputs: [0],
  reference: {
    forward: (inputs, attributes) => [apply(toSpace(required(inputs, 0).shape, attributes), required(inputs, 0))],
    vjp: (inputs, attributes, cotangents) => [
      applyTransposed(toSpace(required(inputs, 0).shape, attributes), required(cotangents, 0)),
    ],
  },
  cases: casesFrom<Configuration>('depthToSpace', {
    ...configurations,
    build: ({ shape, attributes }, values) => ({ inputs: [values.general(shape)], attributes }),
  }),
};

function deepShapeOf([n, c, h, w]: readonly number[], attributes: Attributes): number[] {
  const b = numberAttribute(attributes, 'blockSize');
  return [n!, c! * b * b, h! / b, w! / b];
}

/** spaceToDepth(x [N, C, H, W]) -> [N, C·b·b, H/b, W/b]: the inverse. */
export const spaceToDepth: OpSuite = {
  op: 'spaceToDepth',
  outputs: ['float32'],
  differentiableInputs: [0],
  differentiableOutputs: [0],
  reference: {
    forward(inputs, attributes) {
      const x = required(inputs, 0);
      return [applyTransposed(toSpace(deepShapeOf(x.shape, attributes), attributes), x)];
    },
    vjp(inputs, attributes, cotangents) {
      const map = toSpace(deepShapeOf(required(inputs, 0).shape, attributes), attributes);
      return [apply(map, required(cotangents, 0))];
    },
  },
  cases: casesFrom<Configuration>('spaceToDepth', {
    ...configurations,
    build: ({ shape: [n, depth, h, w], attributes }, values) => {
      const b = attributes.blockSize;
      return { inputs: [values.general([n, depth / (b * b), h * b, w * b])], attributes };
    },
  }),
};
