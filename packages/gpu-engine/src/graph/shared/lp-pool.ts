import { number } from '../attributes.ts';
import type { LoweringContext, Operand } from '../lowering.ts';
import { windowUniforms, type WindowAttributes } from './windows.ts';

/** p of the p-norm. */
export const exponentAttribute = number({ min: 1, max: 64 }, 2);

/** The windows of a global pool: one, of the whole plane. */
export const wholePlane: WindowAttributes = { strides: [1, 1], pads: [0, 0, 0, 0], dilations: [1, 1] };

interface Windows extends WindowAttributes {
  readonly kernelSize: readonly number[];
  readonly p: number;
}

/** Emits lp-pool.wgsl from x to y. */
export function lowerLpPool({ inputs, outputs, emit }: LoweringContext<unknown>, windows: Windows): void {
  const [input, output] = [inputs[0] as Operand, outputs[0] as Operand];
  const [height, width] = windows.kernelSize as [number, number];
  emit({
    kernel: 'lp-pool/forward',
    uniforms: { ...windowUniforms(input.shape, output.shape, windows.kernelSize, windows), exponent: windows.p },
    bindings: { input, output },
    threads: output.elements,
    operations: 8 * output.elements * height * width,
  });
}
