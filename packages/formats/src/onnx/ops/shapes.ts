import type { Dimension } from '@convscope/gpu-engine/graph';
import { constantTensor } from '../constant-tensor.ts';
import { splitSizes } from '../split-sizes.ts';
import { sliceRange } from '../fold/structure.ts';
import { NeedsConcreteBatch } from '../import-signals.ts';
import type { Importer, NodeContext } from '../node-context.ts';

/** A wanted shape as the engine's Reshape takes it: numbers, 0 for a size that stays, -1 for the only other symbol. */
function template(context: NodeContext, wanted: readonly Dimension[], from: readonly Dimension[]): readonly number[] {
  const result = wanted.map((size, axis) => {
    if (size === from[axis] && (typeof size === 'string' || size > 0)) return typeof size === 'string' ? 0 : size;
    return typeof size === 'string' ? -1 : size;
  });
  if (result.filter((size) => size === -1).length > 1) throw new NeedsConcreteBatch(context.attributes.label);
  return result;
}

/** Adds a reshape to sizes that are known, symbols included, as the node's output. */
export function outputReshaped(context: NodeContext, input: string, wanted: readonly Dimension[], index = 0): void {
  context.output('reshape', [input], { shape: template(context, wanted, context.value(input).shape) }, index);
}

const reshape: Importer = (context) => {
  const x = context.input(0);
  const from = context.value(x).shape;
  const copies = !context.attributes.flag('allowzero');
  const wanted = context.sizes(1).map((size, axis) => (size === 0 && copies ? (from[axis] ?? 0) : size));
  const [batch] = from;
  const rest = productOf(from.slice(1));
  const wantedRest = productOf(wanted.slice(1));
  // A row a picture stays one for any batch: [-1, K], and [1, K] in files that were exported for a batch of one.
  const keepsRows =
    rest !== undefined &&
    (wantedRest === rest || (wantedRest !== undefined && wantedRest < 0 && rest % wantedRest === 0));
  const isBatch = wanted[0] === -1 || (wanted[0] === 1 && context.values.isFreedBatch(batch));
  const [first, ...others] = wanted;
  if (typeof batch === 'string' && isBatch && keepsRows) return outputReshaped(context, x, [batch, ...others]);
  if (first === -1 || !context.values.isFreedBatch(batch) || first !== 1) return outputReshaped(context, x, wanted);
  return outputReshaped(context, x, [batch as string, ...others]);
};

/** The product of sizes, negative where one is -1; undefined where one is a symbol. */
function productOf(sizes: readonly Dimension[]): number | undefined {
  return sizes.reduce<number | undefined>(
    (product, size) => (product === undefined || typeof size === 'string' ? undefined : product * size),
    1,
  );
}

const flatten: Importer = (context) =>
  context.output('flatten', [context.input(0)], { axis: context.attributes.integer('axis', 1) });

const squeeze: Importer = (context) =>
  context.output('squeeze', [context.input(0)], { axes: context.integers(1, 'axes') ?? [] });

const unsqueeze: Importer = (context) =>
  context.output('unsqueeze', [context.input(0)], { axes: context.integers(1, 'axes') ?? [] });

const transpose: Importer = (context) => {
  const rank = context.shape(0).length;
  const order = context.attributes.integers('perm') ?? Array.from({ length: rank }, (_, axis) => rank - 1 - axis);
  context.output('transpose', [context.input(0)], { permutation: order.map((axis) => context.axis(axis, rank)) });
};

const concat: Importer = (context) => {
  const names = context.attributes.node.input.filter((_, index) => context.known(index)?.data.length !== 0);
  const indices = names.map((name) => context.attributes.node.input.indexOf(name));
  if (indices.length === 1) return context.passInput(indices[0] as number);
  const axis = context.attributes.integer('axis', 1);
  return context.output(
    'concat',
    indices.map((index) => context.input(index)),
    { axis },
  );
};

const slice: Importer = (context) => {
  const shape = context.shape(0);
  const starts = context.integers(1, 'starts') ?? [];
  const ends = context.integers(2, 'ends') ?? [];
  const axes = context.integers(3, 'axes') ?? starts.map((_, axis) => axis);
  const steps = context.numbers(4) ?? starts.map(() => 1);
  const cuts = axes.flatMap((given, index) => {
    const axis = context.axis(given, shape.length);
    const [start = 0, end = 0, step = 1] = [starts[index], ends[index], steps[index]];
    const size = shape[axis] as Dimension;
    if (step === 0) context.attributes.fail('a step of 0');
    if (typeof size === 'string') {
      if (start === 0 && end >= 2 ** 31 - 1 && step === 1) return [];
      throw new NeedsConcreteBatch(context.attributes.label);
    }
    const range = sliceRange(size, start, end, step);
    return range.start === 0 && range.count === size && step === 1 ? [] : [{ axis, step, ...range }];
  });
  if (cuts.some(({ count }) => count === 0)) {
    const empty = shape.map((size, axis) => cuts.find((cut) => cut.axis === axis)?.count ?? Number(size));
    return context.outputConstant(constantTensor('float32', empty, []));
  }
  if (cuts.length === 0) return context.passInput(0);
  let x = context.input(0);
  cuts.forEach(({ axis, start, count, step }, index) => {
    const given = { axis, start, length: count, step };
    if (index < cuts.length - 1) x = context.op('slice', [x], given);
    else context.output('slice', [x], given);
  });
};

const split: Importer = (context) => {
  const shape = context.shape(0);
  const axis = context.axis(context.attributes.integer('axis', 0), shape.length);
  const size = shape[axis];
  if (typeof size !== 'number') throw new NeedsConcreteBatch(context.attributes.label);
  const x = context.input(0);
  let start = 0;
  splitSizes(context.attributes, size, context.integers(1, 'split')).forEach((length, index) => {
    if (length === 0) {
      const empty = shape.map((other, k) => (k === axis ? 0 : Number(other)));
      context.outputConstant(constantTensor('float32', empty, []), index);
    } else context.output('slice', [x], { axis, start, length }, index);
    start += length;
  });
};

const expand: Importer = (context) => {
  const shape = context.shape(0);
  const wanted = context.sizes(1);
  const rank = Math.max(shape.length, wanted.length);
  const result = Array.from({ length: rank }, (_, axis): Dimension => {
    const own = shape[axis - rank + shape.length] ?? 1;
    const other = wanted[axis - rank + wanted.length] ?? 1;
    return own === 1 ? other : own;
  });
  if (result.length === shape.length && result.every((size, axis) => size === shape[axis])) return context.passInput(0);
  const sizes = context.concrete(result);
  return context.output('expand', [context.input(0)], { shape: sizes });
};

const tile: Importer = (context) => {
  const repeats = context.numbers(1) ?? [];
  if (repeats.every((count) => count === 1)) return context.passInput(0);
  return context.output('tile', [context.input(0)], { repeats });
};

export const shapes: readonly (readonly [string, Importer])[] = [
  ['Identity', (context) => context.passInput(0)],
  ['Reshape', reshape],
  ['Flatten', flatten],
  ['Squeeze', squeeze],
  ['Unsqueeze', unsqueeze],
  ['Transpose', transpose],
  ['Concat', concat],
  ['Slice', slice],
  ['Split', split],
  ['Expand', expand],
  ['Tile', tile],
];
