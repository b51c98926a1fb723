import { boolean } from '../attributes.ts';
import type { Operand } from '../lowering.ts';
import { defineOp } from '../op.ts';
import { feature, planeSizeAttribute } from '../shared/windows.ts';
import { flatIndexUniforms } from '../shared/flat-indices.ts';

/**
 * Max-pool's switches [N, C, OH, OW] (y * W + x) as ONNX MaxPool gives its `Indices`: positions in the whole tensor
 * [N, C, H, W], where `inputSize` is [H, W]; with `columnMajor` planes count as [W, H] (storage_order 1).
 */
export const poolIndices = defineOp({
  name: 'poolIndices',
  inputs: ['switches'],
  outputs: [''],
  integerInputs: [0],
  attributes: { inputSize: planeSizeAttribute, columnMajor: boolean(false) },
  infer: ({ inputs: [switches], fail }) => {
    const isSwitches = switches?.dtype === 'int32' && feature({ ...switches, dtype: 'float32' }) !== undefined;
    return isSwitches ? [{ dtype: 'int32', shape: switches.shape }] : fail('no switches', 'int32 [N, C, OH, OW]');
  },
  lower: ({ inputs, outputs, attributes: { inputSize, columnMajor }, emit }) => {
    const [switches, output] = [inputs[0] as Operand, outputs[0] as Operand];
    emit({
      kernel: 'flat-indices/fromSwitches',
      uniforms: flatIndexUniforms(switches.shape, inputSize, columnMajor),
      bindings: { switches, flat: output },
      threads: output.elements,
      operations: output.elements,
    });
  },
});
