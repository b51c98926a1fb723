import type { Attributes } from '../../src/graph/attributes.ts';
import { flagAttribute, numberAttribute } from '../attributes.ts';
import { casesFrom, drawUntil } from '../cases.ts';
import type { Random } from '../random.ts';
import type { Float64Tensor, OpInput, OpSuite } from '../reference.ts';
import { drawShape } from '../shapes.ts';
import { channelOf, mapTensor, required, sizeOf, zeros } from '../tensor.ts';
import { float32, type ValueSource } from '../values.ts';

interface Standardized {
  readonly normalized: Float64Tensor;
  readonly means: Float64Array;
  readonly inverses: Float64Array;
}

/** Each run of `size` elements on its own; without `center` its mean is not taken off. */
function standardizeRuns(x: Float64Tensor, size: number, epsilon: number, center = true): Standardized {
  const rows = x.data.length / size;
  const means = new Float64Array(rows);
  const inverses = new Float64Array(rows);
  for (let row = 0; row < rows; row += 1) {
    const run = x.data.subarray(row * size, (row + 1) * size);
    const mean = run.reduce((sum, value) => sum + value, 0) / size;
    const origin = center ? mean : 0;
    const variance = run.reduce((sum, value) => sum + (value - origin) ** 2, 0) / size;
    means[row] = mean;
    inverses[row] = 1 / Math.sqrt(variance + epsilon);
  }
  const normalized = mapTensor(x, (value, index) => {
    const row = Math.floor(index / size);
    return (value - (center ? means[row]! : 0)) * inverses[row]!;
  });
  return { normalized, means, inverses };
}

/** dx by the chain rule through mean and variance, element by element. */
function runGradient(g: Float64Tensor, parts: Standardized, size: number, center = true): Float64Tensor {
  const { normalized, inverses } = parts;
  const sums = inverses.map((_, row) =>
    g.data.subarray(row * size, (row + 1) * size).reduce((sum, value) => sum + value, 0),
  );
  const weighted = inverses.map((_, row) => {
    let sum = 0;
    for (let index = row * size; index < (row + 1) * size; index += 1) sum += g.data[index]! * normalized.data[index]!;
    return sum;
  });
  return mapTensor(g, (value, index) => {
    const row = Math.floor(index / size);
    const drift = (center ? sums[row]! : 0) + normalized.data[index]! * weighted[row]!;
    return inverses[row]! * (value - drift / size);
  });
}

interface Affine {
  /** The position of an element's factor. */
  readonly at: (index: number) => number;
  readonly size: number;
  readonly center?: boolean;
}

/** y = xhat · scale + shift and its gradients; without a shift where there is none. */
function affineForward(inputs: readonly Float64Tensor[], epsilon: number, { at, size, center }: Affine): Float64Tensor {
  const { normalized } = standardizeRuns(required(inputs, 0), size, epsilon, center);
  const [scale, shift] = [required(inputs, 1), inputs[2]];
  return mapTensor(normalized, (value, index) => value * scale.data[at(index)]! + (shift?.data[at(index)] ?? 0));
}

function affineGradients(
  inputs: readonly Float64Tensor[],
  g: Float64Tensor,
  epsilon: number,
  { at, size, center }: Affine,
): Float64Tensor[] {
  const scale = required(inputs, 1);
  const parts = standardizeRuns(required(inputs, 0), size, epsilon, center);
  const weighted = mapTensor(g, (value, index) => value * scale.data[at(index)]!);
  const dScale = zeros(scale.shape);
  const dShift = zeros(scale.shape);
  g.data.forEach((value, index) => {
    dScale.data[at(index)]! += value * parts.normalized.data[index]!;
    dShift.data[at(index)]! += value;
  });
  return [runGradient(weighted, parts, size, center), dScale, dShift].slice(0, inputs.length);
}

/** Activations around 0, around a large mean, or all equal in the first run. */
function activations(shape: readonly number[], size: number, values: ValueSource): OpInput {
  const { random, smooth } = values;
  const kind = random.uniform();
  if (smooth || kind < 0.6) return values.general(shape);
  if (kind < 0.8) return float32(shape, () => 20 + random.bell());
  return float32(shape, (index) => (index < size ? 0 : random.bell() + 1));
}

interface RowConfiguration {
  readonly shape: readonly number[];
  readonly axis: number;
  readonly epsilon: number;
}

const firstAxis = (shape: readonly number[], axis: number) => (axis < 0 ? axis + shape.length : axis);
const rowShape = (shape: readonly number[], axis: number) => shape.slice(firstAxis(shape, axis));
const epsilons = [1e-5, 1e-5, 1e-3, 0.1] as const;

const oddRows: readonly RowConfiguration[] = (
  [
    [[3], 0],
    [[1], -1],
    [[2, 3], 0],
    [[2, 3], 1],
    [[2, 3], -1],
    [[3, 1], -1],
    [[2, 3, 5], 0],
    [[2, 3, 5], -2],
    [[2, 3, 4, 5], 2],
    [[2, 3, 4, 5], -4],
    [[2, 3, 2, 3, 2], 3],
    [[2, 1, 3, 1, 2, 3], -3],
    [[1, 49, 96], -1],
    [[700, 4], 1],
    [[1, 5003], 1],
    [[65, 65], -1],
  ] as const
).map(([shape, axis]) => ({ shape, axis, epsilon: 1e-5 }));

/** Rows of two are left out: their gradient is a difference of nearly equal numbers that float32 cannot resolve. */
function drawRows(random: Random): RowConfiguration {
  return drawUntil(
    () => {
      const shape = drawShape(random, random.integer(1, 5));
      return { shape, axis: random.integer(-shape.length, shape.length - 1), epsilon: random.pick(epsilons) };
    },
    ({ shape, axis }) => sizeOf(rowShape(shape, axis)) > 2,
  );
}

const rowAffine = (x: Float64Tensor, attributes: Attributes, center = true): Affine => {
  const size = sizeOf(rowShape(x.shape, numberAttribute(attributes, 'axis')));
  return { at: (index) => index % size, size, center };
};

const epsilonOf = (attributes: Attributes) => numberAttribute(attributes, 'epsilon');

function perRow(x: Float64Tensor, attributes: Attributes, data: Float64Array): Float64Tensor {
  const first = firstAxis(x.shape, numberAttribute(attributes, 'axis'));
  return { shape: x.shape.map((size, axis) => (axis < first ? size : 1)), data };
}

/** standardize(x) -> xhat, mean, 1 / sqrt(variance + epsilon) of the dimensions from `axis` on together. */
export const standardize: OpSuite = {
  op: 'standardize',
  tolerance: { relative: 5e-4 },
  outputs: ['float32', 'float32', 'float32'],
  differentiableInputs: [0],
  differentiableOutputs: [0],
  reference: {
    forward(inputs, attributes) {
      const x = required(inputs, 0);
      const { size } = rowAffine(x, attributes);
      const center = flagAttribute(attributes, 'center');
      const { normalized, means, inverses } = standardizeRuns(x, size, epsilonOf(attributes), center);
      return [normalized, perRow(x, attributes, means), perRow(x, attributes, inverses)];
    },
    vjp(inputs, attributes, cotangents) {
      const x = required(inputs, 0);
      const { size } = rowAffine(x, attributes);
      const center = flagAttribute(attributes, 'center');
      const parts = standardizeRuns(x, size, epsilonOf(attributes), center);
      return [runGradient(required(cotangents, 0), parts, size, center)];
    },
  },
  cases: casesFrom<RowConfiguration & { readonly center: boolean }>('standardize', {
    odd: [
      ...oddRows.map((rows) => ({ ...rows, center: true })),
      ...oddRows.map((rows) => ({ ...rows, center: false })),
    ],
    draw: (random) => ({ ...drawRows(random), center: random.chance(0.7) }),
    build: ({ shape, ...attributes }, values) => ({
      inputs: [activations(shape, sizeOf(rowShape(shape, attributes.axis)), values)],
      attributes,
    }),
  }),
};

/** layerNorm(x, scale, shift) -> xhat · scale + shift, mean, 1 / sqrt(variance + epsilon): ONNX LayerNormalization. */
export const layerNorm: OpSuite = {
  op: 'layerNorm',
  tolerance: { relative: 5e-4 },
  outputs: ['float32', 'float32', 'float32'],
  differentiableInputs: [0, 1, 2],
  differentiableOutputs: [0],
  reference: {
    forward(inputs, attributes) {
      const x = required(inputs, 0);
      const affine = rowAffine(x, attributes);
      const { means, inverses } = standardizeRuns(x, affine.size, epsilonOf(attributes));
      const y = affineForward(inputs, epsilonOf(attributes), affine);
      return [y, perRow(x, attributes, means), perRow(x, attributes, inverses)];
    },
    vjp: (inputs, attributes, cotangents) =>
      affineGradients(
        inputs,
        required(cotangents, 0),
        epsilonOf(attributes),
        rowAffine(required(inputs, 0), attributes),
      ),
  },
  cases: casesFrom('layerNorm', {
    odd: oddRows,
    draw: drawRows,
    build({ shape, ...attributes }, values) {
      const row = rowShape(shape, attributes.axis);
      const x = activations(shape, sizeOf(row), values);
      return { inputs: [x, values.uniform(row, -2, 2), values.general(row)], attributes };
    },
  }),
};

/** rmsNorm(x, scale) -> x / sqrt(mean of x² + epsilon) · scale: ONNX RMSNormalization. */
export const rmsNorm: OpSuite = {
  op: 'rmsNorm',
  tolerance: { relative: 5e-4 },
  outputs: ['float32'],
  differentiableInputs: [0, 1],
  differentiableOutputs: [0],
  reference: {
    forward: (inputs, attributes) => [
      affineForward(inputs, epsilonOf(attributes), rowAffine(required(inputs, 0), attributes, false)),
    ],
    vjp: (inputs, attributes, cotangents) =>
      affineGradients(
        inputs,
        required(cotangents, 0),
        epsilonOf(attributes),
        rowAffine(required(inputs, 0), attributes, false),
      ),
  },
  cases: casesFrom('rmsNorm', {
    odd: oddRows,
    draw: drawRows,
    build({ shape, ...attributes }, values) {
      const row = rowShape(shape, attributes.axis);
      return { inputs: [activations(shape, sizeOf(row), values), values.uniform(row, -2, 2)], attributes };
    },
  }),
};

interface ChannelConfiguration {
  readonly shape: readonly number[];
  readonly groups: number;
  readonly epsilon: number;
}

const oddChannels: readonly ChannelConfiguration[] = (
  [
    [[1, 1, 3], 1],
    [[2, 3, 5], 3],
    [[2, 3, 4, 5], 1],
    [[2, 4, 3, 3], 2],
    [[1, 6, 5, 7], 3],
    [[3, 5, 1, 4], 5],
    [[1, 8, 2, 2, 2], 4],
    [[2, 130, 2, 2], 65],
    [[1, 2, 70, 72], 2],
    [[33, 2, 3, 1], 1],
  ] as const
).map(([shape, groups]) => ({ shape, groups, epsilon: 1e-5 }));

function drawChannels(random: Random): ChannelConfiguration {
  return drawUntil(
    () => {
      const shape = drawShape(random, random.pick([3, 4, 4, 5]));
      const divisors = Array.from({ length: shape[1]! }, (_, index) => index + 1).filter((k) => shape[1]! % k === 0);
      return { shape, groups: random.pick(divisors), epsilon: random.pick(epsilons) };
    },
    ({ shape, groups }) => sizeOf(shape.slice(1)) / groups > 2,
  );
}

/** instanceNorm or groupNorm: runs are the groups of a sample's channels, factors belong to channels. */
function channelSuite(op: string, hasGroups: boolean): OpSuite {
  const affine = ({ shape }: Float64Tensor, attributes: Attributes): Affine => {
    const groups = hasGroups ? numberAttribute(attributes, 'groups') : shape[1]!;
    return { at: (index) => channelOf(index, shape), size: sizeOf(shape.slice(1)) / groups };
  };
  const eachAlone = (configuration: ChannelConfiguration): ChannelConfiguration =>
    hasGroups ? configuration : { ...configuration, groups: configuration.shape[1]! };
  const isLongEnough = ({ shape, groups }: ChannelConfiguration) => sizeOf(shape.slice(1)) / groups > 2;
  return {
    op,
    tolerance: { relative: 5e-4 },
    outputs: ['float32'],
    differentiableInputs: [0, 1, 2],
    differentiableOutputs: [0],
    reference: {
      forward: (inputs, attributes) => [
        affineForward(inputs, epsilonOf(attributes), affine(required(inputs, 0), attributes)),
      ],
      vjp: (inputs, attributes, cotangents) =>
        affineGradients(
          inputs,
          required(cotangents, 0),
          epsilonOf(attributes),
          affine(required(inputs, 0), attributes),
        ),
    },
    cases: casesFrom(op, {
      odd: oddChannels.map(eachAlone).filter(isLongEnough),
      draw: (random) => drawUntil(() => eachAlone(drawChannels(random)), isLongEnough),
      build({ shape, groups, epsilon }, values) {
        const channels = [shape[1]!];
        const x = activations(shape, sizeOf(shape.slice(1)) / groups, values);
        return {
          inputs: [x, values.uniform(channels, -2, 2), values.general(channels)],
          attributes: hasGroups ? { groups, epsilon } : { epsilon },
        };
      },
    }),
  };
}

/** instanceNorm(x [N, C, …], scale [C], shift [C]): every plane on its own. */
export const instanceNorm = channelSuite('instanceNorm', false);

/** groupNorm(x [N, C, …], scale [C], shift [C]): every group of channels on its own. */
export const groupNorm = channelSuite('groupNorm', true);
