import { integers } from '../attributes.ts';
import type { Operand } from '../lowering.ts';
import { defineOp } from '../op.ts';
import { sameShape } from '../shared/axes.ts';
import { broadcastShapes, broadcastStrides, sumToShapeOf } from '../shared/broadcast.ts';
import { emitStridedCopy } from '../shared/copy.ts';

/**
 * x repeated until it has `shape` (numpy's broadcasting). A result larger than a binding is written chunk by chunk where
 * x is repeated along the first axis.
 */
export const expand = defineOp({
  name: 'expand',
  inputs: ['x'],
  outputs: [''],
  integerInputs: 'all',
  attributes: { shape: integers({ min: 0 }) },
  infer: ({ inputs: [x], attributes: { shape }, fail }) => {
    const result = broadcastShapes(x?.shape ?? [], shape);
    if (result === undefined || !sameShape(result, shape)) return fail('cannot be repeated to', shape.join('x'));
    return [{ dtype: x?.dtype ?? 'float32', shape }];
  },
  gradient: (context) => [sumToShapeOf(context, context.cotangents[0] as string, context.node.inputs[0] as string)],
  lower: ({ inputs, outputs, emit, chunks }) => {
    const [input, output] = [inputs[0] as Operand, outputs[0] as Operand];
    const strides = broadcastStrides(input.shape, output.shape);
    const parts = strides[0] === 0 ? chunks(output) : [output];
    for (const part of parts) emitStridedCopy(emit, input, part, strides);
  },
});
