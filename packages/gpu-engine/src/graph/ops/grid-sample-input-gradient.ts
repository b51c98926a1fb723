import type { Operand } from '../lowering.ts';
import { defineOp } from '../op.ts';
import { overBatch } from '../shared/batches.ts';
import { gridAttributes, gridPoints, gridSizes } from '../shared/grid.ts';
import { planeSizeAttribute } from '../shared/windows.ts';

/**
 * The adjoint of gridSample in x: g [N, C, OH, OW] and the grid to [N, C, H, W], where `inputSize` is [H, W]. One thread
 * adds up a plane, since any point may name any place: slow for few, large planes.
 */
export const gridSampleInputGradient = defineOp({
  name: 'gridSampleInputGradient',
  inputs: ['g', 'grid'],
  outputs: [''],
  attributes: { ...gridAttributes, inputSize: planeSizeAttribute },
  infer: ({ inputs: [g, grid], attributes: { inputSize }, fail }) =>
    g === undefined || gridPoints(g, grid) === undefined
      ? fail('the grid does not fit', '[N, C, OH, OW] and [N, OH, OW, 2]')
      : [{ dtype: 'float32', shape: [...g.shape.slice(0, 2), ...inputSize] }],
  lower: (context) =>
    overBatch(context, ({ inputs, outputs, attributes, emit }) => {
      const [cotangent, grid] = inputs as [Operand, Operand];
      const output = outputs[0] as Operand;
      const uniforms = gridSizes(output.shape, grid.shape, attributes);
      emit({
        kernel: 'grid-sample/inputGradient',
        uniforms,
        bindings: { grid, cotangent, output },
        threads: uniforms.batch * uniforms.channels,
        operations: 60 * cotangent.elements + output.elements,
      });
    }),
});
