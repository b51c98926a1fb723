import type { Operand } from '../lowering.ts';
import { defineOp } from '../op.ts';
import { overBatch } from '../shared/batches.ts';
import { sameShape } from '../shared/axes.ts';
import {
  feature,
  kernelSizeAttribute,
  planeSizeAttribute,
  windowAttributes,
  windowUniforms,
} from '../shared/windows.ts';

/**
 * Puts each g [N, C, OH, OW] back to the place that its switch names, in zeros of [N, C, H, W] (Zeiler & Fergus 2013);
 * where overlapping windows share a maximum, their values add up. The window attributes are those of the max-pool
 * that made the switches: the kernel gathers over the windows that cover a place. Unpooling is max-pool's gradient.
 */
export const unpool = defineOp({
  name: 'unpool',
  inputs: ['g', 'switches'],
  outputs: [''],
  integerInputs: [1],
  attributes: { inputSize: planeSizeAttribute, kernelSize: kernelSizeAttribute, ...windowAttributes },
  infer: ({ inputs: [g, switches], attributes, fail }) => {
    const shape = feature(g);
    if (shape === undefined || switches?.dtype !== 'int32' || !sameShape(shape, switches.shape)) {
      return fail('unpooling wants maps and their switches', 'float32 and int32 of one shape [N, C, OH, OW]');
    }
    return [{ dtype: 'float32', shape: [shape[0], shape[1], ...attributes.inputSize] }];
  },
  gradient: ({ node, cotangents, op }) => [
    op('poolSwitch', [cotangents[0] as string, node.inputs[1] as string]),
    undefined,
  ],
  lower: (context) =>
    overBatch(context, ({ inputs, outputs, attributes, emit }) => {
      const [input, givenSwitches] = inputs as [Operand, Operand];
      const output = outputs[0] as Operand;
      const uniforms = {
        ...windowUniforms(output.shape, input.shape, attributes.kernelSize, attributes),
        runLength: 1,
      };
      const { planes, height, width } = uniforms;
      emit({
        kernel: 'max-pool/unpool',
        uniforms,
        bindings: { input, givenSwitches, output },
        threads: planes * height * Math.ceil(width / 8),
        operations: 4 * output.elements,
      });
    }),
});
