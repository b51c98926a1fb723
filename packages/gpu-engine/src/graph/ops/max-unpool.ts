import type { Operand } from '../lowering.ts';
import { defineOp } from '../op.ts';
import { sameShape } from '../shared/axes.ts';
import { flatIndexUniforms } from '../shared/flat-indices.ts';
import { feature, planeSizeAttribute } from '../shared/windows.ts';

/**
 * Zeros of [N, C, H, W] (`outputSize` is [H, W]) with each x [N, C, OH, OW] at its index, int32, into the whole tensor
 * (ONNX MaxUnpool). Of several values for one place the last in order counts; an index outside its own plane is
 * dropped. One thread writes a plane. Where the windows are known, `unpool` is faster.
 */
export const maxUnpool = defineOp({
  name: 'maxUnpool',
  inputs: ['x', 'indices'],
  outputs: [''],
  integerInputs: [1],
  attributes: { outputSize: planeSizeAttribute },
  infer: ({ inputs: [x, indices], attributes: { outputSize }, fail }) => {
    const shape = feature(x);
    return shape !== undefined && indices?.dtype === 'int32' && sameShape(shape, indices.shape)
      ? [{ dtype: 'float32', shape: [shape[0], shape[1], ...outputSize] }]
      : fail('no maps and their indices', 'float32 and int32 of one shape [N, C, OH, OW]');
  },
  gradient: ({ node, cotangents, op }) => [
    op('maxUnpoolGradient', [cotangents[0] as string, node.inputs[1] as string]),
    undefined,
  ],
  lower: ({ inputs, outputs, attributes: { outputSize }, emit }) => {
    const [input, indices] = inputs as [Operand, Operand];
    const output = outputs[0] as Operand;
    const uniforms = flatIndexUniforms(input.shape, outputSize, false);
    emit({
      kernel: 'flat-indices/scatter',
      uniforms,
      bindings: { input, indices, output },
      threads: uniforms.planes,
      operations: input.elements + output.elements,
    });
  },
});
