import { integer } from '../attributes.ts';
import { addDimensions, type Dimension } from '../dimension.ts';
import type { Operand } from '../lowering.ts';
import { defineOp } from '../op.ts';
import { copyRows, overBatch } from '../shared/batches.ts';
import { aroundAxis, normalizeAxis, sameShape } from '../shared/axes.ts';
import { emitCopy } from '../shared/copy.ts';

/** The inputs one after another along `axis`; all other sizes are equal. */
export const concat = defineOp({
  name: 'concat',
  inputs: ['...x'],
  outputs: [''],
  integerInputs: 'all',
  attributes: { axis: integer({}, 1) },
  infer: ({ inputs, attributes, fail }) => {
    const [first, ...others] = inputs;
    const axis = normalizeAxis(attributes.axis, first?.shape.length ?? 0);
    if (first === undefined || axis === undefined) return fail('no such axis', `an axis of the inputs`);
    const without = (shape: readonly Dimension[]) => shape.filter((_, index) => index !== axis);
    const fits = others.every(
      (other) =>
        other.dtype === first.dtype &&
        other.shape.length === first.shape.length &&
        sameShape(without(other.shape), without(first.shape)),
    );
    if (!fits) return fail('the inputs differ outside the axis', `equal sizes but for axis ${axis}`);
    const total = inputs.map(({ shape }) => shape[axis] as Dimension).reduce(addDimensions);
    return [{ dtype: first.dtype, shape: first.shape.map((size, index) => (index === axis ? total : size)) }];
  },
  gradient: ({ node, attributes, cotangents, needed, op, value }) => {
    let start = 0;
    return node.inputs.map((input, index) => {
      const { shape } = value(input);
      const axis = normalizeAxis(attributes.axis, shape.length) as number;
      const length = shape[axis] as number;
      start += length;
      if (needed[index] !== true) return undefined;
      return op('slice', [cotangents[0] as string], { axis, start: start - length, length });
    });
  },
  lower: (context) => {
    const { axis } = context.attributes;
    let start = 0;
    if (normalizeAxis(axis, context.outputs[0]?.shape.length ?? 0) === 0) {
      for (const input of context.inputs) {
        copyRows(context, input, context.outputs[0] as Operand, start);
        start += input.shape[0] as number;
      }
      return;
    }
    overBatch(context, ({ inputs, outputs, emit }) => {
      start = 0;
      for (const input of inputs) {
        const length = aroundAxis(input.shape, axis).size;
        emitCopy(emit, input, outputs[0] as Operand, { axis, length, inputStart: 0, outputStart: start });
        start += length;
      }
    });
  },
});
