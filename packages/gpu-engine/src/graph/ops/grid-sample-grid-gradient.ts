import type { Operand } from '../lowering.ts';
import { defineOp } from '../op.ts';
import { overBatch } from '../shared/batches.ts';
import { gridAttributes, gridPoints, gridSizes } from '../shared/grid.ts';

/** The cotangent of the grid of gridSample, from y's cotangent g, x and the grid. It is 0 in nearest mode. */
export const gridSampleGridGradient = defineOp({
  name: 'gridSampleGridGradient',
  inputs: ['g', 'x', 'grid'],
  outputs: [''],
  attributes: gridAttributes,
  infer: ({ inputs: [g, x, grid], fail }) =>
    grid === undefined || gridPoints(x, grid) === undefined || gridPoints(g, grid) === undefined
      ? fail('the grid does not fit', '[N, C, OH, OW], [N, C, H, W], [N, OH, OW, 2]')
      : [{ dtype: 'float32', shape: grid.shape }],
  lower: (context) =>
    overBatch(context, ({ inputs, outputs, attributes, emit }) => {
      const [cotangent, input, grid] = inputs as [Operand, Operand, Operand];
      const output = outputs[0] as Operand;
      emit({
        kernel: 'grid-sample/gridGradient',
        uniforms: gridSizes(input.shape, grid.shape, attributes),
        bindings: { cotangent, input, grid, output },
        threads: output.elements / 2,
        operations: 60 * cotangent.elements,
      });
    }),
});
