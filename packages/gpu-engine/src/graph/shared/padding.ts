import { integer, oneOf } from '../attributes.ts';
import type { LoweringContext, Operand } from '../lowering.ts';
import { aroundAxis } from './axes.ts';

/** The `MODE` variants of pad.wgsl, by their position. */
const modes = ['constant', 'reflect', 'edge', 'wrap'] as const;
export type PadMode = (typeof modes)[number];

/** Elements added before and after along one axis; negative numbers cut off. */
export const padAttributes = {
  axis: integer({}),
  before: integer({}, 0),
  after: integer({}, 0),
  mode: oneOf(modes, 'constant'),
};

interface Padding {
  readonly axis: number;
  readonly before: number;
  readonly mode: PadMode;
  readonly value?: number;
}

/** output = input padded along one axis. */
export function emitPad(
  emit: LoweringContext<unknown>['emit'],
  input: Operand,
  output: Operand,
  { axis, before, mode, value = 0 }: Padding,
): void {
  const { size, inner } = aroundAxis(input.shape, axis);
  const bits = new DataView(new ArrayBuffer(4));
  if (output.dtype === 'int32') bits.setInt32(0, value);
  else bits.setFloat32(0, value);
  emit({
    kernel: 'pad/forward',
    variant: { MODE: modes.indexOf(mode) },
    uniforms: {
      count: output.elements,
      inner,
      size,
      padded: aroundAxis(output.shape, axis).size,
      before,
      value: bits.getUint32(0),
    },
    bindings: { input, output },
    threads: output.elements,
    operations: output.elements,
  });
}

/** output = the adjoint of padding, from the padded cotangent. */
export function emitPadGradient(
  emit: LoweringContext<unknown>['emit'],
  cotangent: Operand,
  output: Operand,
  { axis, before, mode }: Padding,
): void {
  const { size, inner } = aroundAxis(output.shape, axis);
  const padded = aroundAxis(cotangent.shape, axis).size;
  emit({
    kernel: 'pad/gradient',
    variant: { MODE: modes.indexOf(mode) },
    uniforms: { count: output.elements, inner, size, padded, before, value: 0 },
    bindings: { cotangent, sum: output },
    threads: output.elements,
    operations: cotangent.elements,
  });
}
