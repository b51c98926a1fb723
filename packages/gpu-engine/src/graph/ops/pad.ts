import { integer } from '../attributes.ts';
import { addDimensions } from '../dimension.ts';
import type { Operand } from '../lowering.ts';
import { defineOp } from '../op.ts';
import { aroundAxis, normalizeAxis } from '../shared/axes.ts';
import { emitCopy, emitZeros } from '../shared/copy.ts';

/** x with `before` and `after` zeros along `axis`. */
export const pad = defineOp({
  name: 'pad',
  inputs: ['x'],
  outputs: [''],
  integerInputs: 'all',
  attributes: { axis: integer({}), before: integer({ min: 0 }, 0), after: integer({ min: 0 }, 0) },
  infer: ({ inputs: [x], attributes: { axis, before, after }, fail }) => {
    const normal = normalizeAxis(axis, x?.shape.length ?? 0);
    if (x === undefined || normal === undefined) return fail('no such axis', 'an axis of x');
    const shape = x.shape.map((size, index) => (index === normal ? addDimensions(size, before + after) : size));
    return [{ dtype: x.dtype, shape }];
  },
  gradient: ({ node, attributes: { axis, before }, cotangents, op, value }) => {
    const { shape } = value(node.inputs[0] as string);
    const length = shape[normalizeAxis(axis, shape.length) as number] as number;
    return [op('slice', [cotangents[0] as string], { axis, start: before, length })];
  },
  lower: ({ inputs, outputs, attributes: { axis, before }, emit }) => {
    const [input, output] = [inputs[0] as Operand, outputs[0] as Operand];
    emitZeros(emit, output);
    emitCopy(emit, input, output, {
      axis,
      length: aroundAxis(input.shape, axis).size,
      inputStart: 0,
      outputStart: before,
    });
  },
});
