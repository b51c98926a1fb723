import { mayEqual } from '../dimension.ts';
import type { Operand } from '../lowering.ts';
import { defineOp } from '../op.ts';
import { flatIndexUniforms } from '../shared/flat-indices.ts';
import { feature } from '../shared/windows.ts';

/** The cotangent of maxUnpool's x: g [N, C, H, W] at the indices [N, C, OH, OW], 0 for an index outside its plane. */
export const maxUnpoolGradient = defineOp({
  name: 'maxUnpoolGradient',
  inputs: ['g', 'indices'],
  outputs: [''],
  integerInputs: [1],
  attributes: {},
  infer: ({ inputs: [given, indices], fail }) => {
    const g = feature(given);
    return g !== undefined && indices?.dtype === 'int32' && mayEqual(indices.shape[1], g[1])
      ? [{ dtype: 'float32', shape: indices.shape }]
      : fail('no cotangent and indices', 'float32 [N, C, H, W] and int32 [N, C, OH, OW]');
  },
  gradient: ({ node, cotangents, op, value }) => {
    const outputSize = value(node.inputs[0] as string).shape.slice(2) as readonly number[];
    return [op('maxUnpool', [cotangents[0] as string, node.inputs[1] as string], { outputSize }), undefined];
  },
  lower: ({ inputs, outputs, emit }) => {
    const [input, indices] = inputs as [Operand, Operand];
    const output = outputs[0] as Operand;
    emit({
      kernel: 'flat-indices/gather',
      uniforms: flatIndexUniforms(output.shape, input.shape.slice(2), false),
      bindings: { input, indices, output },
      threads: output.elements,
      operations: output.elements,
    });
  },
});
