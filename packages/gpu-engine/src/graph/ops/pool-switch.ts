import { mayEqual } from '../dimension.ts';
import type { Operand } from '../lowering.ts';
import { defineOp } from '../op.ts';
import { overBatch } from '../shared/batches.ts';
import { feature, windowUniforms } from '../shared/windows.ts';

/** y[n, c, oy, ox] = x[n, c] at the place switches[n, c, oy, ox], 0 for -1: the adjoint of unpooling. */
export const poolSwitch = defineOp({
  name: 'poolSwitch',
  inputs: ['x', 'switches'],
  outputs: [''],
  integerInputs: [1],
  attributes: {},
  infer: ({ inputs, fail }) => {
    const [x, switches] = [feature(inputs[0]), inputs[1]];
    return x !== undefined && switches?.dtype === 'int32' && mayEqual(switches.shape[1], x[1])
      ? [{ dtype: 'float32', shape: switches.shape }]
      : fail('no maps and switches', 'float32 [N, C, H, W] and int32 [N, C, OH, OW]');
  },
  lower: (context) =>
    overBatch(context, ({ inputs, outputs, emit }) => {
      const [input, givenSwitches] = inputs as [Operand, Operand];
      const output = outputs[0] as Operand;
      const noWindow = { strides: [1, 1], pads: [0, 0, 0, 0], dilations: [1, 1] };
      emit({
        kernel: 'max-pool/poolSwitch',
        uniforms: { ...windowUniforms(input.shape, output.shape, [1, 1], noWindow), runLength: 1 },
        bindings: { input, givenSwitches, output },
        threads: output.elements,
        operations: output.elements,
      });
    }),
});
