import { defineOp } from '../op.ts';
import { overBatch } from '../shared/batches.ts';
import { exponentAttribute, lowerLpPool } from '../shared/lp-pool.ts';
import { ceilModeAttribute, inferPool, kernelSizeAttribute, windowAttributes } from '../shared/windows.ts';

/** (Sum of |x|^p over each window)^(1/p) of x [N, C, H, W] (ONNX LpPool); padding adds nothing. p from 1 on. */
export const lpPool = defineOp({
  name: 'lpPool',
  inputs: ['x'],
  outputs: [''],
  attributes: {
    kernelSize: kernelSizeAttribute,
    ...windowAttributes,
    ceilMode: ceilModeAttribute,
    p: exponentAttribute,
  },
  infer: (context) => [inferPool(context)],
  gradient: ({ node, attributes: { ceilMode: _, ...window }, cotangents, op }) => [
    op('lpPoolGradient', [cotangents[0] as string, node.inputs[0] as string, node.outputs[0] as string], window),
  ],
  lower: (context) => overBatch(context, (part) => lowerLpPool(part, context.attributes)),
});
