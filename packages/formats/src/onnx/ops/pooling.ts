import type { Importer, NodeContext } from '../node-context.ts';
import { windowsOf, windowsOver, type Windows } from './windows.ts';

type Extra = Readonly<Record<string, number | boolean>>;

/**
 * A pool over one, two or three spatial dimensions. Maxima, means and norms of boxes are those of their slices' ones,
 * so that three dimensions are pooled as planes first, then in depth.
 */
const pool =
  (op: 'maxPool' | 'averagePool' | 'lpPool', extra: (context: NodeContext) => Extra): Importer =>
  (context) => {
    const shape = context.shape(0);
    const windows = windowsOf(context, [], shape.slice(2));
    const attributes = { ceilMode: context.attributes.flag('ceil_mode'), ...extra(context) };
    const given = (axes: readonly [number, number]) => poolAttributes(op, windowsOver(windows, axes), attributes);
    const x = context.input(0);
    if (op === 'maxPool' && context.hasOutput(1) && windows.kernelSize.length !== 2) {
      return context.unsupported(`indices over ${windows.kernelSize.length} spatial dimensions`);
    }
    switch (windows.kernelSize.length) {
      case 1: {
        const plane = context.op('reshape', [x], { shape: [0, 0, 1, -1] });
        return context.output('reshape', [context.op(op, [plane], given([-1, 0]))], { shape: [0, 0, -1] });
      }
      case 2:
        return op === 'maxPool' ? planarMaxPool(context, windows, attributes) : context.output(op, [x], given([0, 1]));
      case 3: {
        const [channels, depth, height, width] = shape.slice(1).map(Number) as [number, number, number, number];
        if (Number.isNaN(channels * depth * height * width)) return context.unsupported('sizes that are not stated');
        const planes = context.op('reshape', [x], { shape: [0, channels * depth, height, width] });
        const flat = context.op(op, [planes], given([1, 2]));
        const [rows, columns] = context.value(flat).shape.slice(2) as [number, number];
        const columnsOfDepth = context.op('reshape', [flat], { shape: [0, channels, depth, rows * columns] });
        const deep = context.op(op, [columnsOfDepth], given([0, -1]));
        return context.output('reshape', [deep], { shape: [0, channels, -1, rows, columns] });
      }
      default:
        return context.unsupported(`${windows.kernelSize.length} spatial dimensions`);
    }
  };

function poolAttributes(op: string, windows: Windows, extra: Extra) {
  const { kernelSize, strides, pads, dilations } = windows;
  return op === 'lpPool' || op === 'maxPool' || op === 'averagePool'
    ? { kernelSize, strides, pads, dilations, ...extra }
    : { kernelSize, ...extra };
}

function planarMaxPool(context: NodeContext, windows: Windows, extra: Extra): void {
  const x = context.input(0);
  context.output('maxPool', [x], poolAttributes('maxPool', windows, extra));
  if (!context.hasOutput(1)) return;
  const inputSize = context.shape(0).slice(2);
  if (inputSize.some((size) => typeof size === 'string')) context.unsupported('indices of sizes that are not stated');
  const switches = `${context.attributes.node.output[0] ?? ''}.switches`;
  const columnMajor = context.attributes.flag('storage_order');
  context.output('poolIndices', [switches], { inputSize: inputSize as number[], columnMajor }, 1);
}

const maxUnpool: Importer = (context) => {
  const windows = windowsOf(context, [], context.shape(0).slice(2));
  if (windows.kernelSize.length !== 2) context.unsupported(`${windows.kernelSize.length} spatial dimensions`);
  const small = context.shape(0).slice(2).map(Number);
  // The indices count in the tensor of the size that undoes the pool, whatever size is asked for.
  const natural = small.map((size, axis) => {
    const [stride = 1, kernel = 1] = [windows.strides[axis], windows.kernelSize[axis]];
    return (size - 1) * stride + kernel - (windows.pads[axis] ?? 0) - (windows.pads[axis + 2] ?? 0);
  });
  if (natural.some((size) => !(size >= 1))) context.unsupported('sizes that are not stated');
  const wanted = context.numbers(2)?.slice(-2) ?? natural;
  const inputs = [context.input(0), context.input(1)];
  const surplus = wanted.map((size, axis) => size - (natural[axis] as number));
  if (surplus.some((count) => count < 0)) context.unsupported('an output that is smaller than the pooled input');
  if (surplus.every((count) => count === 0)) return context.output('maxUnpool', inputs, { outputSize: natural });
  const maps = context.op('maxUnpool', inputs, { outputSize: natural });
  const tall = context.op('pad', [maps], { axis: 2, after: surplus[0] ?? 0 });
  return context.output('pad', [tall], { axis: 3, after: surplus[1] ?? 0 });
};

/** Global pools: over all spatial dimensions, kept as 1. */
const globalPool =
  (reduction: 'reduceMean' | 'reduceMax'): Importer =>
  (context) => {
    const rank = context.shape(0).length;
    if (rank === 4 && reduction === 'reduceMean') return context.output('globalAveragePool', [context.input(0)]);
    const axes = Array.from({ length: rank - 2 }, (_, axis) => axis + 2);
    return context.output(reduction, [context.input(0)], { axes, keepDimensions: true });
  };

const exponent = ({ attributes }: NodeContext) => ({ p: attributes.integer('p', 2) });

export const pooling: readonly (readonly [string, Importer])[] = [
  ['MaxPool', pool('maxPool', () => ({}))],
  ['AveragePool', pool('averagePool', ({ attributes }) => ({ countIncludePad: attributes.flag('count_include_pad') }))],
  ['LpPool', pool('lpPool', exponent)],
  ['MaxUnpool', maxUnpool],
  ['GlobalAveragePool', globalPool('reduceMean')],
  ['GlobalMaxPool', globalPool('reduceMax')],
  ['GlobalLpPool', (context) => context.output('globalLpPool', [context.input(0)], exponent(context))],
];
