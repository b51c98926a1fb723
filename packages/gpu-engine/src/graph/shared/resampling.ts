import { boolean, number, numbers, oneOf } from '../attributes.ts';
import type { LoweringContext, Operand } from '../lowering.ts';
import { aroundAxis } from './axes.ts';
import { isIdentity, tapsOf, tapTables, transposedTaps, type Resampling, type Taps } from './resampling-taps.ts';

/**
 * How positions and weights are found, in ONNX Resize's terms. `scales` [vertical, horizontal] stand in the formulas
 * where they are given, else the sizes' ratio. `region` [top, left, bottom, right], of 1, is what crop-and-resize reads;
 * what lies outside the input becomes `extrapolation`. `rounding` is for `nearest`; its default is halves up, for
 * asymmetric the floor.
 */
export const resizeAttributes = {
  mode: oneOf(['nearest', 'bilinear', 'bicubic'], 'bilinear'),
  coordinates: oneOf(
    ['half-pixel', 'half-pixel-symmetric', 'pytorch-half-pixel', 'align-corners', 'asymmetric', 'crop-and-resize'],
    'half-pixel',
  ),
  rounding: oneOf(['default', 'floor', 'ceil', 'round-prefer-floor', 'round-prefer-ceil'], 'default'),
  scales: numbers({ min: 1e-6, max: 1e6 }, []),
  region: numbers({ length: 4 }, [0, 0, 1, 1]),
  cubicCoefficient: number({}, -0.75),
  excludeOutside: boolean(false),
  antialias: boolean(false),
  extrapolation: number({}, 0),
};

/** Resamples x's planes to y's, or with `gradient` y's cotangent to x's: rows first, then columns. */
export function lowerResize(context: LoweringContext<Resampling>, pass: 'forward' | 'gradient'): void {
  const { attributes, scratch } = context;
  const [input, output] = [context.inputs[0] as Operand, context.outputs[0] as Operand];
  const [x, y] = pass === 'forward' ? [input, output] : [output, input];
  const passes = ([2, 3] as const)
    .map((axis) => {
      const [inSize, outSize] = [x.shape[axis] as number, y.shape[axis] as number];
      const region = [attributes.region[axis - 2] as number, attributes.region[axis] as number] as const;
      const taps = tapsOf({ inSize, outSize, scale: attributes.scales[axis - 2], region }, attributes);
      return { axis, taps: pass === 'forward' ? taps : transposedTaps(taps, inSize) };
    })
    .filter(({ axis, taps }) => axis === 3 || !isIdentity(taps, input.shape[2] as number));
  let from = input;
  passes.forEach(({ axis, taps }, index) => {
    const shape = from.shape.map((size, position) => (position === axis ? taps.length : size));
    const to = index === passes.length - 1 ? output : scratch('rows', shape);
    emitResample(context, from, to, axis, taps, pass === 'forward' ? attributes.extrapolation : 0);
    from = to;
  });
}

function emitResample(
  { emit, constant }: LoweringContext<unknown>,
  input: Operand,
  output: Operand,
  axis: number,
  taps: readonly (Taps | undefined)[],
  fill: number,
): void {
  const tables = tapTables(taps);
  const { inner, size: inputAxis } = aroundAxis(input.shape, axis);
  emit({
    kernel: 'resample/main',
    uniforms: { count: output.elements, inner, inputAxis, outputAxis: taps.length, fill },
    bindings: {
      input,
      output,
      spans: constant('spans', tables.spans),
      weights: constant('weights', tables.weights),
    },
    threads: output.elements,
    operations: (2 * output.elements * tables.weights.data.length) / taps.length,
  });
}
