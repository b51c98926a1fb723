import { oneOf, type AttributesOf } from '../attributes.ts';
import type { LoweringContext, Operand } from '../lowering.ts';

export const resizeAttributes = {
  mode: oneOf(['nearest', 'bilinear'], 'bilinear'),
  coordinates: oneOf(['half-pixel', 'align-corners', 'asymmetric'], 'half-pixel'),
};

const coordinateCodes = { 'half-pixel': 0, 'align-corners': 1, asymmetric: 2 } as const;

/** Emits resize.wgsl: `forward` from x to y, or `gradient` from y's cotangent to x's. */
export function lowerResize(
  { inputs, outputs, attributes, emit }: LoweringContext<AttributesOf<typeof resizeAttributes>>,
  pass: 'forward' | 'gradient',
): void {
  const [input, output] = [inputs[0] as Operand, outputs[0] as Operand];
  const [x, y] = pass === 'forward' ? [input, output] : [output, input];
  emit({
    kernel: `resize/${pass}`,
    uniforms: {
      planes: (x.shape[0] as number) * (x.shape[1] as number),
      height: x.shape[2] as number,
      width: x.shape[3] as number,
      outputHeight: y.shape[2] as number,
      outputWidth: y.shape[3] as number,
      bilinear: attributes.mode === 'bilinear' ? 1 : 0,
      coordinates: coordinateCodes[attributes.coordinates],
    },
    bindings: { input, output },
    threads: output.elements,
    operations: 12 * Math.max(x.elements, y.elements),
  });
}
