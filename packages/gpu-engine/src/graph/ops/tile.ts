import { integers } from '../attributes.ts';
import { multiplyDimensions } from '../dimension.ts';
import type { Operand } from '../lowering.ts';
import { defineOp } from '../op.ts';
import { emitPad } from '../shared/padding.ts';

/** x repeated `repeats` times along each axis (ONNX Tile). */
export const tile = defineOp({
  name: 'tile',
  inputs: ['x'],
  outputs: [''],
  integerInputs: 'all',
  attributes: { repeats: integers({ min: 0 }) },
  infer: ({ inputs: [x], attributes: { repeats }, fail }) => {
    if (x === undefined || repeats.length !== x.shape.length) return fail('not one number an axis', 'repeats for each');
    const shape = x.shape.map((size, axis) => multiplyDimensions(size, repeats[axis] as number));
    return [{ dtype: x.dtype, shape }];
  },
  gradient: ({ node, attributes: { repeats }, cotangents, op, value }) => {
    const shape = value(node.inputs[0] as string).shape as readonly number[];
    const apart = shape.flatMap((size, axis) => [repeats[axis] as number, size]);
    const split = op('reshape', [cotangents[0] as string], { shape: apart, allowZero: true });
    const axes = shape.map((_, axis) => 2 * axis);
    return [axes.length === 0 ? split : op('reduceSum', [split], { axes })];
  },
  lower: ({ inputs, outputs, attributes: { repeats }, emit, scratch }) => {
    const output = outputs[0] as Operand;
    // Innermost first, so that the larger copies come last; a wrapping pad is a repetition.
    const axes = repeats.flatMap((count, axis) => (count === 1 ? [] : [axis])).toReversed();
    if (axes.length === 0) axes.push(0);
    let from = inputs[0] as Operand;
    axes.forEach((axis, step) => {
      const shape = from.shape.map((size, other) => (other === axis ? size * (repeats[axis] ?? 1) : size));
      const to = step === axes.length - 1 ? output : scratch('part', shape, output.dtype);
      emitPad(emit, from, to, { axis, before: 0, mode: 'wrap' });
      from = to;
    });
  },
});
