import { defineOp } from '../op.ts';
import type { Operand } from '../lowering.ts';
import { overBatch } from '../shared/batches.ts';
import { exponentAttribute, lowerLpPool, wholePlane } from '../shared/lp-pool.ts';
import { feature } from '../shared/windows.ts';

/** y[n, c, 0, 0] = p-norm of x[n, c]; x [N, C, H, W] (ONNX GlobalLpPool). */
export const globalLpPool = defineOp({
  name: 'globalLpPool',
  inputs: ['x'],
  outputs: [''],
  attributes: { p: exponentAttribute },
  infer: ({ inputs, fail }) => {
    const x = feature(inputs[0]);
    return x === undefined
      ? fail('global pooling wants feature maps', 'float32 [N, C, H, W]')
      : [{ dtype: 'float32', shape: [x[0], x[1], 1, 1] }];
  },
  gradient: ({ node, attributes, cotangents, op, value }) => {
    const kernelSize = value(node.inputs[0] as string).shape.slice(2) as readonly number[];
    const given = [cotangents[0] as string, node.inputs[0] as string, node.outputs[0] as string];
    return [op('lpPoolGradient', given, { ...attributes, kernelSize })];
  },
  lower: (context) =>
    overBatch(context, (part) => {
      const kernelSize = (part.inputs[0] as Operand).shape.slice(2);
      lowerLpPool(part, { ...part.attributes, ...wholePlane, kernelSize });
    }),
});
