import { boolean, type AttributesOf } from '../attributes.ts';
import type { LoweringContext, Operand } from '../lowering.ts';
import { ceilModeAttribute, kernelSizeAttribute, windowAttributes, windowUniforms } from './windows.ts';

export const averageAttributes = {
  kernelSize: kernelSizeAttribute,
  ...windowAttributes,
  ceilMode: ceilModeAttribute,
  countIncludePad: boolean(false),
};

/** Emits average-pool.wgsl: `forward` from x to y, or `gradient` from y's cotangent to x's. */
export function lowerAverage(
  { inputs, outputs, attributes, emit }: LoweringContext<AttributesOf<typeof averageAttributes>>,
  pass: 'forward' | 'gradient',
): void {
  const [input, output] = [inputs[0] as Operand, outputs[0] as Operand];
  const [x, y] = pass === 'forward' ? [input, output] : [output, input];
  const { kernelSize, countIncludePad } = attributes;
  emit({
    kernel: `average-pool/${pass}`,
    uniforms: {
      ...windowUniforms(x.shape, y.shape, kernelSize, attributes),
      padBottom: attributes.pads[2] as number,
      padRight: attributes.pads[3] as number,
      countPadding: countIncludePad ? 1 : 0,
    },
    bindings: { input, output },
    threads: output.elements,
    operations: y.elements * (kernelSize[0] as number) * (kernelSize[1] as number),
  });
}
