import { integers } from '../attributes.ts';
import type { Operand } from '../lowering.ts';
import { defineOp } from '../op.ts';
import { eight, sameShape } from '../shared/axes.ts';
import { broadcastShapes, broadcastStrides, mergeDimensions, sumToShapeOf } from '../shared/broadcast.ts';

/** x repeated until it has `shape` (numpy's broadcasting). */
export const expand = defineOp({
  name: 'expand',
  inputs: ['x'],
  outputs: [''],
  attributes: { shape: integers({ min: 1 }) },
  infer: ({ inputs: [x], attributes: { shape }, fail }) => {
    const result = broadcastShapes(x?.shape ?? [], shape);
    if (result === undefined || !sameShape(result, shape)) return fail('cannot be repeated to', shape.join('x'));
    return [{ dtype: 'float32', shape }];
  },
  gradient: (context) => [sumToShapeOf(context, context.cotangents[0] as string, context.node.inputs[0] as string)],
  lower: ({ inputs, outputs, emit }) => {
    const [input, output] = [inputs[0] as Operand, outputs[0] as Operand];
    const { sizes, strides } = mergeDimensions(output.shape, [broadcastStrides(input.shape, output.shape)]);
    emit({
      kernel: 'expand/main',
      uniforms: {
        count: output.elements,
        rank: sizes.length,
        outputSize: eight(sizes, 1),
        inputStride: eight(strides[0] ?? [], 0),
      },
      bindings: { input, output },
      threads: output.elements,
      operations: output.elements,
    });
  },
});
