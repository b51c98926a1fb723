import type { ConstantTensor } from '../constant-tensor.ts';
import { splitSizes } from '../split-sizes.ts';
import { commonShape, mapBroadcast, walk } from './broadcasting.ts';
import type { Fold, FoldContext } from './context.ts';

/** Row-major strides in elements. */
function stridesOf(shape: readonly number[]): number[] {
  const strides = shape.map(() => 1);
  for (let axis = shape.length - 2; axis >= 0; axis--) {
    strides[axis] = (strides[axis + 1] as number) * (shape[axis + 1] as number);
  }
  return strides;
}

function reshaped(context: FoldContext, { type, shape, data }: ConstantTensor, wanted: readonly number[]) {
  const count = wanted.reduce((product, size) => product * size, 1);
  if (count !== data.length || !wanted.every((size) => Number.isSafeInteger(size) && size >= 0)) {
    context.attributes.fail('the elements do not fill the shape', shape.join('x'), wanted.join('x'));
  }
  return { type, shape: wanted, data };
}

/** The shape that Reshape's second input asks for: 0 copies (unless allowzero), one -1 takes what is left. */
function reshape(context: FoldContext): readonly ConstantTensor[] {
  const x = context.input(0);
  const copies = !context.attributes.flag('allowzero');
  const wanted = Array.from(context.input(1).data, (size, axis) =>
    size === 0 && copies ? (x.shape[axis] ?? 0) : size,
  );
  const open = wanted.indexOf(-1);
  if (open >= 0) {
    const others = wanted.reduce((product, size, axis) => (axis === open ? product : product * size), 1);
    wanted[open] = others === 0 ? 0 : x.data.length / others;
  }
  return [reshaped(context, x, wanted)];
}

function squeeze(context: FoldContext): readonly ConstantTensor[] {
  const x = context.input(0);
  const axes = context.axes(1, x.shape.length) ?? x.shape.flatMap((size, axis) => (size === 1 ? [axis] : []));
  return [
    reshaped(
      context,
      x,
      x.shape.filter((_, axis) => !axes.includes(axis)),
    ),
  ];
}

function unsqueeze(context: FoldContext): readonly ConstantTensor[] {
  const x = context.input(0);
  const given = context.inputs[1]?.data ?? context.attributes.integers('axes') ?? [];
  const axes = new Set(Array.from(given, (axis) => context.axis(axis, x.shape.length + given.length)));
  const sizes = [...x.shape];
  const shape = Array.from({ length: sizes.length + axes.size }, (_, axis) =>
    axes.has(axis) ? 1 : (sizes.shift() ?? 1),
  );
  return [reshaped(context, x, shape)];
}

function flatten(context: FoldContext): readonly ConstantTensor[] {
  const x = context.input(0);
  const axis = context.attributes.integer('axis', 1);
  const at = axis < 0 ? axis + x.shape.length : axis;
  const rows = x.shape.slice(0, at).reduce((product, size) => product * size, 1);
  return [reshaped(context, x, [rows, rows === 0 ? 0 : x.data.length / rows])];
}

/** Elements of x by strides over a new shape: transposing, slicing and repeating are all of this form. */
function strided(
  context: FoldContext,
  x: ConstantTensor,
  shape: readonly number[],
  strides: readonly number[],
  start = 0,
): ConstantTensor {
  const result = context.allocate(x.type, shape);
  walk(shape, [strides], (position, [offset = 0]) => (result.data[position] = x.data[start + offset] as number));
  return result;
}

function transpose(context: FoldContext): readonly ConstantTensor[] {
  const x = context.input(0);
  const order = context.attributes.integers('perm') ?? x.shape.map((_, axis) => x.shape.length - 1 - axis);
  if (order.length !== x.shape.length || new Set(order).size !== order.length)
    context.attributes.fail('not an order of axes');
  const axes = order.map((axis) => context.axis(axis, x.shape.length));
  const strides = stridesOf(x.shape);
  return [
    strided(
      context,
      x,
      axes.map((axis) => x.shape[axis] as number),
      axes.map((axis) => strides[axis] as number),
    ),
  ];
}

function concat(context: FoldContext): readonly ConstantTensor[] {
  const parts = context.inputs.map((_, index) => context.input(index));
  const first = context.input(0);
  const axis = context.axis(context.attributes.integer('axis', 1), first.shape.length);
  const fits = parts.every(
    ({ shape }) =>
      shape.length === first.shape.length && shape.every((size, k) => k === axis || size === first.shape[k]),
  );
  if (!fits) context.attributes.fail('the inputs differ outside the axis');
  const total = parts.reduce((sum, { shape }) => sum + (shape[axis] ?? 1), 0);
  const result = context.allocate(
    first.type,
    first.shape.map((size, k) => (k === axis ? total : size)),
  );
  const inner = first.shape.slice(axis + 1).reduce((product, size) => product * size, 1);
  const outer = first.shape.slice(0, axis).reduce((product, size) => product * size, 1);
  let start = 0;
  for (const { shape, data } of parts) {
    const length = (shape[axis] ?? 1) * inner;
    for (let row = 0; row < outer; row++) {
      result.data.set(data.subarray(row * length, (row + 1) * length), row * total * inner + start);
    }
    start += length;
  }
  return [result];
}

/** One dimension's part of a Slice: numpy's rules for starts and ends outside. */
export function sliceRange(size: number, start: number, end: number, step: number): { start: number; count: number } {
  const clamp = (value: number, least: number, greatest: number) => Math.min(Math.max(value, least), greatest);
  const fromFront = (value: number) => (value < 0 ? value + size : value);
  const first = step > 0 ? clamp(fromFront(start), 0, size) : clamp(fromFront(start), 0, size - 1);
  const last = step > 0 ? clamp(fromFront(end), 0, size) : clamp(fromFront(end), -1, size - 1);
  return { start: first, count: Math.max(0, Math.ceil((last - first) / step)) };
}

function slice(context: FoldContext): readonly ConstantTensor[] {
  const x = context.input(0);
  const { attributes, inputs } = context;
  const starts = inputs[1]?.data ?? attributes.integers('starts') ?? [];
  const ends = inputs[2]?.data ?? attributes.integers('ends') ?? [];
  const axes = context.axes(3, x.shape.length) ?? Array.from(starts, (_, axis) => axis);
  const steps = inputs[4]?.data ?? [];
  const shape = [...x.shape];
  const strides = stridesOf(x.shape);
  let offset = 0;
  axes.forEach((axis, index) => {
    const step = steps[index] ?? 1;
    if (step === 0) attributes.fail('a step of 0');
    const range = sliceRange(x.shape[axis] ?? 0, starts[index] ?? 0, ends[index] ?? 0, step);
    shape[axis] = range.count;
    offset += range.start * (strides[axis] as number);
    strides[axis] = (strides[axis] as number) * step;
  });
  return [strided(context, x, shape, strides, offset)];
}

function gather(context: FoldContext): readonly ConstantTensor[] {
  const [x, indices] = [context.input(0), context.input(1)];
  const axis = context.axis(context.attributes.integer('axis', 0), x.shape.length);
  const size = x.shape[axis] ?? 0;
  const inner = x.shape.slice(axis + 1).reduce((product, length) => product * length, 1);
  const outer = x.shape.slice(0, axis).reduce((product, length) => product * length, 1);
  const shape = [...x.shape.slice(0, axis), ...indices.shape, ...x.shape.slice(axis + 1)];
  const result = context.allocate(x.type, shape);
  for (let row = 0; row < outer; row++) {
    for (let k = 0; k < indices.data.length; k++) {
      const index = indices.data[k] as number;
      const from = index < 0 ? index + size : index;
      if (!(from >= 0 && from < size)) context.attributes.fail('an index is outside', index, `${-size} to ${size - 1}`);
      const start = (row * size + from) * inner;
      result.data.set(x.data.subarray(start, start + inner), (row * indices.data.length + k) * inner);
    }
  }
  return [result];
}

function expand(context: FoldContext): readonly ConstantTensor[] {
  const x = context.input(0);
  const target = { ...x, shape: Array.from(context.input(1).data) };
  const shape = commonShape(context, [x, target]);
  const like: ConstantTensor = { type: 'bool', shape, data: new Int32Array(0) };
  return [mapBroadcast(context, x.type, [x, like], (value = 0) => value)];
}

function tile(context: FoldContext): readonly ConstantTensor[] {
  const x = context.input(0);
  const repeats = Array.from(context.input(1).data);
  if (repeats.length !== x.shape.length)
    context.attributes.fail('not one repeat an axis', repeats.length, x.shape.length);
  const strides = stridesOf(x.shape);
  const pairs = x.shape.flatMap((size, axis) => [repeats[axis] as number, size]);
  const result = strided(
    context,
    x,
    pairs.length > 8 ? context.attributes.fail('too many dimensions') : pairs,
    strides.flatMap((stride) => [0, stride]),
  );
  return [
    reshaped(
      context,
      result,
      x.shape.map((size, axis) => size * (repeats[axis] as number)),
    ),
  ];
}

function split(context: FoldContext): readonly ConstantTensor[] {
  const x = context.input(0);
  const axis = context.axis(context.attributes.integer('axis', 0), x.shape.length);
  const given = context.inputs[1]?.data ?? context.attributes.integers('split');
  const sizes = splitSizes(context.attributes, x.shape[axis] ?? 0, given === undefined ? undefined : Array.from(given));
  const strides = stridesOf(x.shape);
  let start = 0;
  return sizes.map((length) => {
    const shape = x.shape.map((size, k) => (k === axis ? length : size));
    const part = strided(context, x, shape, strides, start * (strides[axis] as number));
    start += length;
    return part;
  });
}

export const structure: readonly (readonly [string, Fold])[] = [
  ['Identity', (context) => [context.input(0)]],
  ['Dropout', (context) => [context.input(0)]],
  ['Reshape', reshape],
  ['Squeeze', squeeze],
  ['Unsqueeze', unsqueeze],
  ['Flatten', flatten],
  ['Transpose', transpose],
  ['Concat', concat],
  ['Slice', slice],
  ['Gather', gather],
  ['Expand', expand],
  ['Tile', tile],
  ['Split', split],
];
