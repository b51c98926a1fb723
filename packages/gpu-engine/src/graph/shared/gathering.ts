import { mayEqual, type Dimension } from '../dimension.ts';
import type { LoweringContext, Operand } from '../lowering.ts';
import { eight, normalizeAxis, stridesOf } from './axes.ts';

/** Whether indices of this shape fit data: of one rank, and no larger but along the axis. */
export function fitsElements(data: readonly Dimension[], indices: readonly Dimension[], axis: number): boolean {
  const isSmaller = (size: Dimension, other: Dimension | undefined) =>
    mayEqual(size, other) || (typeof size === 'number' && typeof other === 'number' && size < other);
  return (
    data.length === indices.length &&
    normalizeAxis(axis, data.length) !== undefined &&
    indices.every((size, other) => other === normalizeAxis(axis, data.length) || isSmaller(size, data[other]))
  );
}

/** Emits gather-elements.wgsl: `forward` from data to the indices' shape, or its adjoint. */
export function lowerElements(
  { inputs, outputs, attributes, emit }: LoweringContext<{ readonly axis: number }>,
  pass: 'forward' | 'gradient',
): void {
  const [input, indices] = inputs as [Operand, Operand];
  const output = outputs[0] as Operand;
  const axis = normalizeAxis(attributes.axis, output.shape.length) as number;
  const strides = stridesOf(input.shape);
  const data = pass === 'forward' ? input : output;
  const call = {
    uniforms: {
      count: output.elements,
      rank: output.shape.length,
      axis,
      axisSize: data.shape[axis] as number,
      axisStride: strides[axis] as number,
      axisLength: indices.shape[axis] as number,
      outputSize: eight(output.shape, 1),
      otherSize: eight(input.shape, 1),
      ownStride: eight(
        strides.map((stride, other) => (other === axis ? 0 : stride)),
        0,
      ),
    },
    threads: output.elements,
    operations: output.elements * (pass === 'forward' ? 1 : (indices.shape[axis] as number)),
  };
  if (pass === 'forward') emit({ kernel: 'gather-elements/forward', ...call, bindings: { input, indices, output } });
  else emit({ kernel: 'gather-elements/gradient', ...call, bindings: { cotangent: input, indices, sum: output } });
}
