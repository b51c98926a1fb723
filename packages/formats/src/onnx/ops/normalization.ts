import { float32Tensor } from '@convscope/gpu-engine/graph';
import type { Importer, NodeContext } from '../node-context.ts';

/** With given statistics; with `training_mode` the batch's own, and running ones as further outputs. */
const batchNormalization: Importer = (context) => {
  const { attributes } = context;
  const epsilon = attributes.number('epsilon', 1e-5);
  if (attributes.flag('training_mode')) return trainingNormalization(context);
  if (!attributes.flag('spatial', true) && context.opset < 9 && context.shape(1).length > 1) {
    return perActivation(context, epsilon);
  }
  // Up to opset 13 the batch's statistics are further outputs; networks are read as they are used, without them.
  for (const [index, name] of attributes.node.output.entries()) {
    if (index > 0 && name !== '') context.values.setUnknown(name, attributes);
  }
  return context.output(
    'batchNormInference',
    [context.input(0), context.input(1), context.input(2), context.statistic(3), context.statistic(4)],
    { epsilon },
  );
};

/** Statistics of every place of [C, …] by itself: `spatial` = 0, up to opset 8. */
function perActivation(context: NodeContext, epsilon: number): void {
  const [x, scale, shift] = [context.input(0), context.input(1), context.input(2)];
  const centred = context.op('subtract', [x, context.statistic(3)]);
  const safe = context.op('add', [context.statistic(4), context.madeConstant('epsilon', float32Tensor([], [epsilon]))]);
  const factor = context.op('divide', [scale, context.op('sqrt', [safe])]);
  context.output('add', [context.op('multiply', [centred, factor]), shift]);
}

/** y by the batch's statistics; running = running * momentum + batch's * (1 - momentum). */
const trainingNormalization: Importer = (context) => {
  const { attributes } = context;
  const [x, scale, shift] = [context.input(0), context.input(1), context.input(2)];
  const rank = context.shape(0).length;
  const axes = Array.from({ length: rank }, (_, axis) => axis).filter((axis) => axis !== 1);
  const mean = context.op('reduceMean', [x], { axes, keepDimensions: true });
  const centred = context.op('subtract', [x, mean]);
  const variance = context.op('reduceMean', [context.op('multiply', [centred, centred])], { axes });
  const flatMean = context.op('reshape', [mean], { shape: [-1] });
  const epsilon = attributes.number('epsilon', 1e-5);
  context.output('batchNormInference', [x, scale, shift, flatMean, variance], { epsilon });
  const momentum = attributes.number('momentum', 0.9);
  const running = (inputIndex: number, batch: string, output: number) => {
    if (!context.hasOutput(output)) return;
    const old = context.op('scale', [context.statistic(inputIndex)], { factor: momentum });
    context.output('add', [old, context.op('scale', [batch], { factor: 1 - momentum })], {}, output);
  };
  running(3, flatMean, 1);
  running(4, variance, 2);
};

const instanceNormalization: Importer = (context) =>
  context.output('instanceNorm', [context.input(0), context.input(1), context.input(2)], {
    epsilon: context.attributes.number('epsilon', 1e-5),
  });

/** (x - mean) / sqrt(variance + epsilon) over the axes. */
function normalized(context: Parameters<Importer>[0], x: string, axes: readonly number[], epsilon: number): string {
  const mean = context.op('reduceMean', [x], { axes, keepDimensions: true });
  const centred = context.op('subtract', [x, mean]);
  const variance = context.op('reduceMean', [context.op('multiply', [centred, centred])], {
    axes,
    keepDimensions: true,
  });
  const safe = context.op('add', [variance, context.madeConstant('epsilon', float32Tensor([], [epsilon]))]);
  return context.op('divide', [centred, context.op('sqrt', [safe])]);
}

/** Scale and shift are one number a channel since opset 21, one a group before. */
const groupNormalization: Importer = (context) => {
  const { attributes } = context;
  const groups = attributes.integer('num_groups', 1);
  const channels = Number(context.shape(0)[1]);
  if (!(groups >= 1) || !(channels % groups === 0)) {
    attributes.fail('the groups do not divide the channels', groups, channels);
  }
  const perChannel = (index: number) => {
    if (context.shape(index)[0] === channels) return context.input(index);
    const column = context.op('reshape', [context.input(index)], { shape: [groups, 1] });
    const repeated = context.op('expand', [column], { shape: [groups, channels / groups] });
    return context.op('reshape', [repeated], { shape: [channels] });
  };
  context.output('groupNorm', [context.input(0), perChannel(1), perChannel(2)], {
    groups,
    epsilon: attributes.number('epsilon', 1e-5),
  });
};

/** Over the dimensions from `axis` on; further outputs are the mean and 1 / standard deviation. */
const layerNormalization: Importer = (context) => {
  const { attributes } = context;
  const shape = context.shape(0);
  const axis = context.axis(attributes.integer('axis', -1), shape.length);
  const epsilon = attributes.number('epsilon', 1e-5);
  const row = shape.slice(axis);
  const fits = [1, 2].every((index) => context.hasInput(index) && sameSizes(context.shape(index), row));
  if (fits && !context.hasOutput(1) && !context.hasOutput(2)) {
    const inputs = [context.input(0), context.input(1), context.input(2)];
    return context.output('layerNorm', inputs, { axis, epsilon });
  }
  const [normal = '', mean = '', inverse = ''] = context.nodes('standardize', [context.input(0)], { axis, epsilon });
  if (context.hasInput(2)) {
    context.output('add', [context.op('multiply', [normal, context.input(1)]), context.input(2)]);
  } else {
    context.output('multiply', [normal, context.input(1)]);
  }
  context.pass(mean, 1);
  return context.pass(inverse, 2);
};

function sameSizes(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((size, axis) => size === b[axis]);
}

const rmsNormalization: Importer = (context) => {
  const { attributes } = context;
  const axis = context.axis(attributes.integer('axis', -1), context.shape(0).length);
  const given = { axis, epsilon: attributes.number('epsilon', 1e-5) };
  context.output('rmsNorm', [context.input(0), context.input(1)], given);
};

const lpNormalization: Importer = (context) => {
  const { attributes } = context;
  const axis = context.axis(attributes.integer('axis', -1), context.shape(0).length);
  context.output('lpNormalization', [context.input(0)], { axis, p: attributes.integer('p', 2) });
};

/** (x - mean) / standard deviation over the axes, default all but the channels. */
const meanVarianceNormalization: Importer = (context) => {
  const axes = context.attributes.integers('axes') ?? [0, 2, 3];
  const x = context.input(0);
  context.pass(normalized(context, x, axes, 1e-9));
};

/** y = x / (bias + alpha / size * sum of squares over `size` neighbouring channels)^beta (AlexNet). */
const localResponse: Importer = (context) => {
  const { attributes } = context;
  context.output('lrn', [context.input(0)], {
    size: attributes.integer('size', 1),
    alpha: attributes.number('alpha', 1e-4),
    beta: attributes.number('beta', 0.75),
    bias: attributes.number('bias', 1),
  });
};

export const normalization: readonly (readonly [string, Importer])[] = [
  ['BatchNormalization', batchNormalization],
  ['InstanceNormalization', instanceNormalization],
  ['GroupNormalization', groupNormalization],
  ['LayerNormalization', layerNormalization],
  ['MeanVarianceNormalization', meanVarianceNormalization],
  ['RMSNormalization', rmsNormalization],
  ['LpNormalization', lpNormalization],
  ['LRN', localResponse],
];
