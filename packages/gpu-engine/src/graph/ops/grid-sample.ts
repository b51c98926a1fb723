import type { Operand } from '../lowering.ts';
import { defineOp } from '../op.ts';
import { overBatch } from '../shared/batches.ts';
import { gridAttributes, gridPoints, gridSizes } from '../shared/grid.ts';

/**
 * x [N, C, H, W] at the points (x, y) of grid [N, OH, OW, 2], from -1 to 1 over the picture, to [N, C, OH, OW] (ONNX
 * GridSample, PyTorch grid_sample; bicubic with a = -0.75).
 */
export const gridSample = defineOp({
  name: 'gridSample',
  inputs: ['x', 'grid'],
  outputs: [''],
  attributes: gridAttributes,
  infer: ({ inputs: [x, grid], fail }) => {
    const points = gridPoints(x, grid);
    if (x === undefined || points === undefined) return fail('the grid does not fit', '[N, C, H, W], [N, OH, OW, 2]');
    return [{ dtype: 'float32', shape: [...x.shape.slice(0, 2), ...points.slice(1)] }];
  },
  gradient: ({ node, attributes, cotangents, needed, op, value }) => {
    const [x, grid] = node.inputs as [string, string];
    const g = cotangents[0] as string;
    const inputSize = value(x).shape.slice(2) as readonly number[];
    return [
      needed[0] === true ? op('gridSampleInputGradient', [g, grid], { ...attributes, inputSize }) : undefined,
      needed[1] === true ? op('gridSampleGridGradient', [g, x, grid], attributes) : undefined,
    ];
  },
  lower: (context) =>
    overBatch(context, ({ inputs, outputs, attributes, emit }) => {
      const [input, grid] = inputs as [Operand, Operand];
      const output = outputs[0] as Operand;
      emit({
        kernel: 'grid-sample/forward',
        uniforms: gridSizes(input.shape, grid.shape, attributes),
        bindings: { input, grid, output },
        threads: output.elements,
        operations: 60 * output.elements,
      });
    }),
});
