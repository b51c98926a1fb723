import type { ConstantTensor } from '../constant-tensor.ts';
import type { ElementType } from '../element-type.ts';
import type { FoldContext } from './context.ts';

/** Row-major strides, 0 for dimensions that repeat when `shape` is read as `output` (numpy's broadcasting). */
function repeatingStrides(shape: readonly number[], output: readonly number[]): number[] {
  const strides = output.map(() => 0);
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const size = shape[axis] as number;
    if (size !== 1) strides[axis + output.length - shape.length] = stride;
    stride *= size;
  }
  return strides;
}

/** Calls `visit(position, offsets)` for every element of `shape`; offsets walk by the given strides, one list an operand. */
export function walk(
  shape: readonly number[],
  strides: readonly (readonly number[])[],
  visit: (position: number, offsets: readonly number[]) => void,
): void {
  const count = shape.reduce((product, size) => product * size, 1);
  const index = shape.map(() => 0);
  const offsets = strides.map(() => 0);
  for (let position = 0; position < count; position++) {
    visit(position, offsets);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const next = (index[axis] as number) + 1;
      strides.forEach((list, operand) => ((offsets[operand] as number) += list[axis] as number));
      if (next < (shape[axis] as number)) {
        index[axis] = next;
        break;
      }
      index[axis] = 0;
      strides.forEach((list, operand) => ((offsets[operand] as number) -= next * (list[axis] as number)));
    }
  }
}

/** The shape that all inputs broadcast to. */
export function commonShape(context: FoldContext, inputs: readonly ConstantTensor[]): readonly number[] {
  const rank = Math.max(0, ...inputs.map(({ shape }) => shape.length));
  return Array.from({ length: rank }, (_, axis) => {
    const sizes = inputs.map(({ shape }) => shape[axis - rank + shape.length] ?? 1).filter((size) => size !== 1);
    if (sizes.some((size) => size !== sizes[0])) {
      context.attributes.fail('the shapes do not broadcast', inputs.map(({ shape }) => shape.join('x')).join(', '));
    }
    return sizes[0] ?? 1;
  });
}

/** f over the inputs' elements with numpy's broadcasting. */
export function mapBroadcast(
  context: FoldContext,
  type: ElementType,
  inputs: readonly ConstantTensor[],
  compute: (...values: number[]) => number,
): ConstantTensor {
  const shape = commonShape(context, inputs);
  const result = context.allocate(type, shape);
  const strides = inputs.map((input) => repeatingStrides(input.shape, shape));
  walk(shape, strides, (position, offsets) => {
    result.data[position] = compute(...inputs.map(({ data }, operand) => data[offsets[operand] as number] as number));
  });
  return result;
}
