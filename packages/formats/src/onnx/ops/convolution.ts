import type { NodeContext } from '../node-context.ts';
import { engineTensor } from '../constant-tensor.ts';
import type { Importer } from '../node-context.ts';
import { volumeConvolution, volumeTransposedConvolution } from './volumes.ts';
import { asPlanes, splitPads, windowsOf } from './windows.ts';

const conv: Importer = (context) => {
  const shape = context.shape(0);
  const kernel = concreteWeights(context);
  const rank = shape.length - 2;
  if (rank === 3) return volumeConvolution(context, windowsOf(context, kernel.slice(2), shape.slice(2)));
  if (rank !== 1 && rank !== 2) context.unsupported(`${rank} spatial dimensions`);
  const { strides, pads, dilations } = asPlanes(windowsOf(context, kernel.slice(2), shape.slice(2)));
  const attributes = { strides, pads, dilations, groups: context.attributes.integer('group', 1) };
  return finish(context, rank, 'conv2d', attributes, 1);
};

/** Emits the convolution, its bias, and the reshapes around it where there is one spatial dimension. */
function finish(
  context: NodeContext,
  rank: number,
  op: 'conv2d' | 'convTranspose2d',
  attributes: Parameters<NodeContext['op']>[2] & object,
  outputAxis: 0 | 1,
): void {
  const isLine = rank === 1;
  const x = isLine ? context.op('reshape', [context.input(0)], { shape: [0, 0, 1, -1] }) : context.input(0);
  const inputs = [x, isLine ? lineWeights(context) : context.input(1)];
  const hasBias = context.hasInput(2);
  if (hasBias && outputAxis === 1 && context.shape(2).length !== 1) context.attributes.fail('the bias is no list');
  if (!isLine && !hasBias) return context.output(op, inputs, attributes);
  const sum = context.op(op, inputs, attributes);
  if (!isLine) return context.output('bias', [sum, context.input(2)]);
  const biased = hasBias ? context.op('bias', [sum, context.input(2)]) : sum;
  return context.output('reshape', [biased], { shape: [0, 0, -1] });
}

/** Weights [Co, Ci, K] as [Co, Ci, 1, K]. */
function lineWeights(context: NodeContext): string {
  const known = context.known(1);
  const [first = 1, second = 1, length = 1] = concreteWeights(context);
  const shape = [first, second, 1, length];
  if (known === undefined) return context.op('reshape', [context.input(1)], { shape });
  return context.weight(1, 'plane', { ...engineTensor(known), shape });
}

function concreteWeights(context: NodeContext): readonly number[] {
  return context
    .shape(1)
    .map((size) => (typeof size === 'number' ? size : context.unsupported('weights of no fixed size')));
}

const convTranspose: Importer = (context) => {
  const { attributes } = context;
  const spatial = context.shape(0).slice(2);
  const rank = spatial.length;
  if (rank < 1 || rank > 3) context.unsupported(`${rank} spatial dimensions`);
  const ones = spatial.map(() => 1);
  const kernel = attributes.integers('kernel_shape') ?? concreteWeights(context).slice(2);
  const strides = attributes.integers('strides') ?? ones;
  const dilations = attributes.integers('dilations') ?? ones;
  const padding = [...(attributes.integers('output_padding') ?? spatial.map(() => 0))];
  const pads = [...(attributes.integers('pads') ?? spatial.flatMap(() => [0, 0]))];
  const mode = attributes.text('auto_pad', 'NOTSET');
  const wanted = attributes.integers('output_shape')?.slice(-rank);
  if (wanted !== undefined || mode.startsWith('SAME')) {
    const totals = spatial.map((size, axis) => {
      if (typeof size === 'string') return context.unsupported(`the padding depends on the size ${size}; state it`);
      const stride = strides[axis] ?? 1;
      const extent = (dilations[axis] ?? 1) * ((kernel[axis] ?? 1) - 1) + 1;
      const output = wanted?.[axis] ?? size * stride;
      const total = stride * (size - 1) + (padding[axis] ?? 0) + extent - output;
      if (total < 0) padding[axis] = (padding[axis] ?? 0) - total;
      return Math.max(total, 0);
    });
    pads.splice(0, pads.length, ...splitPads(totals, mode !== 'SAME_LOWER'));
  }
  const windows = { kernelSize: kernel, strides, dilations, pads };
  if (rank === 3) return volumeTransposedConvolution(context, windows, padding);
  const planes = asPlanes(windows);
  const outputPadding = rank === 1 ? [0, padding[0] ?? 0] : padding;
  const groups = attributes.integer('group', 1);
  const given = { strides: planes.strides, pads: planes.pads, dilations: planes.dilations, groups, outputPadding };
  return finish(context, rank, 'convTranspose2d', given, 0);
};

export const convolution: readonly (readonly [string, Importer])[] = [
  ['Conv', conv],
  ['ConvTranspose', convTranspose],
];
