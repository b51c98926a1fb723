import type { Operand } from '../lowering.ts';
import { defineOp } from '../op.ts';
import { overBatch } from '../shared/batches.ts';
import { RUN_LENGTH } from '../shared/run-length.ts';
import {
  ceilModeAttribute,
  inferPool,
  kernelSizeAttribute,
  windowAttributes,
  windowUniforms,
} from '../shared/windows.ts';

/**
 * Maximum of each window of x [N, C, H, W]. `switches` (int32) is the place y * W + x of the first maximum in
 * row-major order, padding excluded, as in PyTorch; -1 where a window holds no input.
 */
export const maxPool = defineOp({
  name: 'maxPool',
  inputs: ['x'],
  outputs: ['', 'switches'],
  attributes: { kernelSize: kernelSizeAttribute, ...windowAttributes, ceilMode: ceilModeAttribute },
  infer: (context) => {
    const output = inferPool(context);
    return [output, { dtype: 'int32', shape: output.shape }];
  },
  gradient: ({ node, attributes: { ceilMode: _, ...window }, cotangents, op, value }) => {
    const inputSize = value(node.inputs[0] as string).shape.slice(2) as readonly number[];
    return [op('unpool', [cotangents[0] as string, node.outputs[1] as string], { ...window, inputSize })];
  },
  lower: (context) =>
    overBatch(context, ({ inputs, outputs, attributes, emit, adapterClass }) => {
      const input = inputs[0] as Operand;
      const [output, switches] = outputs as [Operand, Operand];
      const { kernelSize } = attributes;
      const runLength = RUN_LENGTH[adapterClass];
      const uniforms = { ...windowUniforms(input.shape, output.shape, kernelSize, attributes), runLength };
      const { planes, outputHeight, outputWidth } = uniforms;
      emit({
        kernel: 'max-pool/maxPool',
        uniforms,
        bindings: { input, output, switches },
        threads: planes * outputHeight * Math.ceil(outputWidth / runLength),
        operations: output.elements * (kernelSize[0] as number) * (kernelSize[1] as number),
      });
    }),
});
