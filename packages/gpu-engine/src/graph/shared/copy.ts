import type { LoweringContext, Operand } from '../lowering.ts';
import { aroundAxis } from './axes.ts';

interface CopyRange {
  readonly axis: number;
  readonly length: number;
  readonly inputStart: number;
  readonly outputStart: number;
}

/** Copies `length` slices along an axis from one tensor into another that has equal sizes elsewhere. */
export function emitCopy(
  emit: LoweringContext<unknown>['emit'],
  input: Operand,
  output: Operand,
  { axis, length, inputStart, outputStart }: CopyRange,
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
      outputAxis: to.size,
      outputStart,
    },
    bindings: { input, output },
    threads: count,
    operations: count,
  });
}

/** Sets a tensor to zero. */
export function emitZeros(emit: LoweringContext<unknown>['emit'], output: Operand): void {
  emit({
    kernel: 'copy/fill',
    uniforms: {
      count: output.elements,
      length: 1,
      inner: 1,
      inputAxis: 1,
      inputStart: 0,
      outputAxis: 1,
      outputStart: 0,
    },
    bindings: { output },
    threads: output.elements,
    operations: output.elements,
  });
}
