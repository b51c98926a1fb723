import type { Operand } from '../lowering.ts';
import { defineOp } from '../op.ts';
import { eight } from '../shared/axes.ts';
import { broadcastShapes, broadcastStrides, mergeDimensions, sumToShapeOf } from '../shared/broadcast.ts';

/** y = a where condition (int32) is not 0, else b; all three with numpy's broadcasting, a and b of one dtype. */
export const where = defineOp({
  name: 'where',
  inputs: ['condition', 'a', 'b'],
  outputs: [''],
  integerInputs: 'all',
  attributes: {},
  infer: ({ inputs: [condition, a, b], fail }) => {
    if (condition?.dtype !== 'int32' || a === undefined || a.dtype !== b?.dtype) {
      return fail('the dtypes do not fit', 'an int32 condition, and a and b of one dtype');
    }
    const both = broadcastShapes(a.shape, b.shape);
    const shape = both === undefined ? undefined : broadcastShapes(condition.shape, both);
    if (shape === undefined || shape.length > 8)
      return fail('the shapes do not broadcast', 'sizes that are equal or 1');
    return [{ dtype: a.dtype, shape }];
  },
  gradient: (context) => {
    const { node, needed, op } = context;
    const [condition, a, b] = node.inputs as [string, string, string];
    const g = context.cotangents[0] as string;
    const chosen = op('multiply', [g, op('cast', [condition], { to: 'float32', truth: true })]);
    return [
      undefined,
      needed[1] === true ? sumToShapeOf(context, chosen, a) : undefined,
      needed[2] === true ? sumToShapeOf(context, op('subtract', [g, chosen]), b) : undefined,
    ];
  },
  lower: ({ inputs, outputs, emit }) => {
    const [condition, a, b] = inputs as [Operand, Operand, Operand];
    const output = outputs[0] as Operand;
    const { sizes, strides } = mergeDimensions(
      output.shape,
      inputs.map(({ shape }) => broadcastStrides(shape, output.shape)),
    );
    emit({
      kernel: 'where/main',
      uniforms: {
        count: output.elements,
        rank: sizes.length,
        outputSize: eight(sizes, 1),
        conditionStride: eight(strides[0] ?? [], 0),
        aStride: eight(strides[1] ?? [], 0),
        bStride: eight(strides[2] ?? [], 0),
      },
      bindings: { condition, a, b, output },
      threads: output.elements,
      operations: output.elements,
    });
  },
});
