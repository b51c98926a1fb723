import { boolean, integer } from '../attributes.ts';
import type { Operand } from '../lowering.ts';
import { defineOp, type OpDefinition } from '../op.ts';
import { emitExtremum, inferReduction, type Choice } from './reduction.ts';

const attributes = { axis: integer({}, 0), keepDimensions: boolean(true), selectLast: boolean(false) };

/** An op that gives where along an axis the extreme stands. Its result is an integer, so there is no gradient. */
export function defineArgument(name: string, of: Choice['of']): OpDefinition<typeof attributes> {
  return defineOp<typeof attributes>({
    name,
    inputs: ['x'],
    outputs: [''],
    attributes,
    infer: ({ inputs, attributes: { axis, keepDimensions }, fail }) => {
      const { shape } = inferReduction({ inputs, attributes: { axes: [axis], keepDimensions }, fail });
      return [{ dtype: 'int32', shape }];
    },
    lower: ({ inputs, outputs, attributes: { axis, selectLast }, emit, scratch }) => {
      const [input, positions] = [inputs[0] as Operand, outputs[0] as Operand];
      const values = scratch('values', positions.shape);
      emitExtremum(emit, [input, values, positions], [axis], { of, last: selectLast });
    },
  });
}
