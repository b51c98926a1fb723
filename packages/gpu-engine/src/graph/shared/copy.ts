import type { LoweringContext, Operand } from '../lowering.ts';
import { aroundAxis, eight } from './axes.ts';
import { mergeDimensions } from './broadcast.ts';

type Emit = LoweringContext<unknown>['emit'];

interface CopyRange {
  readonly axis: number;
  readonly length: number;
  readonly inputStart: number;
  /** Slices of the input from one copied slice to the next; negative ones go back. */
  readonly inputStep?: number;
  readonly outputStart: number;
  readonly outputStep?: number;
}

/** Copies `length` slices along an axis from one tensor into another that has equal sizes elsewhere. */
export function emitCopy(
  emit: Emit,
  input: Operand,
  output: Operand,
  { axis, length, inputStart, inputStep = 1, outputStart, outputStep = 1 }: CopyRange,
): void {
  const [from, to] = [aroundAxis(input.shape, axis), aroundAxis(output.shape, axis)];
  const count = from.outer * length * from.inner;
  emit({
    kernel: 'copy/copy',
    uniforms: {
      count,
      length,
      inner: from.inner,
      inputAxis: from.size,
      inputStart,
      inputStep,
      outputAxis: to.size,
      outputStart,
      outputStep,
    },
    bindings: { input, output },
    threads: count,
    operations: count,
  });
}

/** Sets a tensor to zero. */
export function emitZeros(emit: Emit, output: Operand): void {
  emit({
    kernel: 'copy/fill',
    uniforms: {
      count: output.elements,
      length: 1,
      inner: 1,
      inputAxis: 1,
      inputStart: 0,
      inputStep: 1,
      outputAxis: 1,
      outputStart: 0,
      outputStep: 1,
    },
    bindings: { output },
    threads: output.elements,
    operations: output.elements,
  });
}

/** output = the elements of input that its own coordinates, times these strides, lead to. */
export function emitStridedCopy(emit: Emit, input: Operand, output: Operand, inputStrides: readonly number[]): void {
  const { sizes, strides } = mergeDimensions(output.shape, [inputStrides]);
  emit({
    kernel: 'strided-copy/main',
    uniforms: {
      count: output.elements,
      rank: sizes.length,
      outputSize: eight(sizes, 1),
      inputStride: eight(strides[0] ?? [], 0),
    },
    bindings: { input, output },
    threads: output.elements,
    operations: output.elements,
  });
}
