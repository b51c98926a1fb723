import { integer } from '../attributes.ts';
import type { Operand } from '../lowering.ts';
import { defineOp } from '../op.ts';
import { aroundAxis, normalizeAxis } from '../shared/axes.ts';
import { emitCopy, emitZeros } from '../shared/copy.ts';

/** The adjoint of slice: zeros of `size` along `axis`, with the slices of g at start, start + step, … `step` is not 0. */
export const sliceGradient = defineOp({
  name: 'sliceGradient',
  inputs: ['g'],
  outputs: [''],
  attributes: { axis: integer({}), start: integer({ min: 0 }), step: integer({}, 1), size: integer({ min: 0 }) },
  infer: ({ inputs: [g], attributes: { axis, start, step, size }, fail }) => {
    const normal = normalizeAxis(axis, g?.shape.length ?? 0);
    if (g === undefined || normal === undefined) return fail('no such axis', 'an axis of g');
    const length = g.shape[normal];
    if (typeof length === 'number' && length > 0) {
      const last = start + (length - 1) * step;
      const fits = Math.max(start, last) < size && last >= 0 && (step !== 0 || length === 1);
      if (!fits) return fail('the slices end outside', `places from 0 to below ${size}`);
    }
    return [{ dtype: g.dtype, shape: g.shape.map((old, index) => (index === normal ? size : old)) }];
  },
  gradient: ({ node, attributes: { axis, start, step }, cotangents, op, value }) => {
    const { shape } = value(node.inputs[0] as string);
    const length = shape[normalizeAxis(axis, shape.length) as number] as number;
    return [op('slice', [cotangents[0] as string], { axis, start, step, length })];
  },
  lower: ({ inputs, outputs, attributes: { axis, start, step }, emit }) => {
    const [input, output] = [inputs[0] as Operand, outputs[0] as Operand];
    emitZeros(emit, output);
    emitCopy(emit, input, output, {
      axis,
      length: aroundAxis(input.shape, axis).size,
      inputStart: 0,
      outputStart: start,
      outputStep: step,
    });
  },
});
