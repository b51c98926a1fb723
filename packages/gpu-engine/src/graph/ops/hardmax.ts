import type { Operand } from '../lowering.ts';
import { defineOp } from '../op.ts';
import { rowSizes } from '../shared/rows.ts';
import { inferRows, softmaxAttributes } from '../shared/softmax-rows.ts';

/** y = 1 at the first maximum along `axis`, else 0 (ONNX Hardmax). No gradient flows: it is flat. */
export const hardmax = defineOp({
  name: 'hardmax',
  inputs: ['x'],
  outputs: [''],
  attributes: softmaxAttributes,
  infer: inferRows,
  gradient: () => [undefined],
  lower: ({ inputs, outputs, attributes: { axis }, emit }) => {
    const [input, values] = [inputs[0] as Operand, outputs[0] as Operand];
    const sizes = rowSizes(input.shape, axis);
    emit({
      kernel: 'rows/hardmax',
      uniforms: sizes,
      bindings: { input, values },
      threads: sizes.rows,
      operations: 2 * input.elements,
    });
  },
});
