import { integerRange } from '../element-type.ts';
import type { ConstantTensor } from '../constant-tensor.ts';
import { mapBroadcast } from './broadcasting.ts';
import type { Fold, FoldContext } from './context.ts';

/** scale or zero point, of one number or one a slice along `axis`, shaped so that it broadcasts over x. */
export function alongAxis(context: FoldContext, x: ConstantTensor, tensor: ConstantTensor): ConstantTensor {
  if (tensor.data.length === 1) return { ...tensor, shape: [] };
  const axis = context.axis(context.attributes.integer('axis', 1), x.shape.length);
  if (tensor.shape.length === x.shape.length && context.attributes.integer('block_size', 0) > 0) {
    return repeated(context, x, tensor, axis);
  }
  if (tensor.shape.length !== 1 || tensor.data.length !== x.shape[axis]) {
    context.attributes.fail('the scale does not fit', tensor.shape.join('x'), x.shape[axis] ?? 1);
  }
  return { ...tensor, shape: x.shape.map((size, k) => (k === axis ? size : 1)) };
}

/** Blocked quantization: each scale counts for `block_size` neighbours along the axis. */
function repeated(context: FoldContext, x: ConstantTensor, tensor: ConstantTensor, axis: number): ConstantTensor {
  const block = context.attributes.integer('block_size', 1);
  const shape = tensor.shape.map((size, k) => (k === axis ? (x.shape[k] ?? 1) : size));
  const result = context.allocate(tensor.type, shape);
  const inner = shape.slice(axis + 1).reduce((product, size) => product * size, 1);
  const [size = 1, blocks = 1] = [shape[axis], tensor.shape[axis]];
  if (Math.ceil(size / block) !== blocks)
    context.attributes.fail('the blocks do not fit', blocks, Math.ceil(size / block));
  for (let position = 0; position < result.data.length; position++) {
    const outer = Math.floor(position / (size * inner));
    const along = Math.floor(position / inner) % size;
    result.data[position] = tensor.data[(outer * blocks + Math.floor(along / block)) * inner + (position % inner)] ?? 0;
  }
  return result;
}

/** (x - zero point) * scale. */
function dequantize(context: FoldContext): readonly ConstantTensor[] {
  const x = context.input(0);
  const scale = alongAxis(context, x, context.input(1));
  const zero = context.inputs[2];
  const inputs = zero === undefined ? [x, scale] : [x, scale, alongAxis(context, x, zero)];
  return [mapBroadcast(context, 'float32', inputs, (value = 0, factor = 1, origin = 0) => (value - origin) * factor)];
}

/** x / scale + zero point, rounded half to even and saturated. */
function quantize(context: FoldContext): readonly ConstantTensor[] {
  const x = context.input(0);
  const scale = alongAxis(context, x, context.input(1));
  const zero = context.inputs[2];
  const type = zero?.type ?? 'uint8';
  const [least, greatest] = integerRange(type) ?? [0, 255];
  const inputs = zero === undefined ? [x, scale] : [x, scale, alongAxis(context, x, zero)];
  const compute = (value = 0, factor = 1, origin = 0) => {
    const quotient = value / factor;
    const floor = Math.floor(quotient);
    const isHalf = quotient - floor === 0.5;
    const rounded = isHalf ? floor + (Math.abs(floor) % 2) : Math.round(quotient);
    return Math.min(Math.max(rounded + origin, least), greatest);
  };
  return [mapBroadcast(context, type, inputs, compute)];
}

export const quantization: readonly (readonly [string, Fold])[] = [
  ['DequantizeLinear', dequantize],
  ['QuantizeLinear', quantize],
];
