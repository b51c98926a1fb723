import type { Operand } from '../lowering.ts';
import { defineOp } from '../op.ts';
import { overBatch } from '../shared/batches.ts';
import { gridAttributes, gridPoints, gridSizes } from '../shared/grid.ts';
import { planeSizeAttribute } from '../shared/windows.ts';

/**
 * The adjoint of gridSample in x: g [N, C, OH, OW] and the grid to [N, C, H, W], where `inputSize` is [H, W]. Every
 * thread walks all points, since any point may name any place, and adds up a band of rows: one row on GPUs, which have
 * threads to spare, half a plane on software adapters.
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
    overBatch(context, ({ inputs, outputs, attributes, emit, adapterClass }) => {
      const [cotangent, grid] = inputs as [Operand, Operand];
      const output = outputs[0] as Operand;
      const height = output.shape[2] as number;
      const bands = Math.max(1, adapterClass === 'gpu' ? height : Math.min(height, 2));
      const uniforms = gridSizes(output.shape, grid.shape, attributes, bands);
      emit({
        kernel: 'grid-sample/inputGradient',
        uniforms,
        bindings: { grid, cotangent, output },
        threads: uniforms.batch * uniforms.channels * bands,
        operations: 20 * bands * cotangent.elements + 60 * cotangent.elements + output.elements,
      });
    }),
});
