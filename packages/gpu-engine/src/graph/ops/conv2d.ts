import type { Operand } from '../lowering.ts';
import { defineOp } from '../op.ts';
import { overBatch } from '../shared/batches.ts';
import { convolutionGeometry, convolutionOutput } from '../shared/convolution/geometry.ts';
import { emitForward } from '../shared/convolution/forward.ts';
import { convolutionAttributes } from '../shared/windows.ts';

/**
 * 2-D convolution (cross-correlation, as in PyTorch and ONNX Conv): x [N, Ci, H, W], w [Co, Ci / groups, KH, KW] to
 * y [N, Co, OH, OW]. `pads` is [top, left, bottom, right].
 */
export const conv2d = defineOp({
  name: 'conv2d',
  inputs: ['x', 'w'],
  outputs: [''],
  attributes: convolutionAttributes,
  infer: (context) => [{ dtype: 'float32', shape: convolutionOutput(context.inputs[0], context.inputs[1], context) }],
  gradient: ({ node, attributes, cotangents, needed, op, value }) => {
    const [x, w] = node.inputs as [string, string];
    const g = cotangents[0] as string;
    const inputSize = value(x).shape.slice(2) as readonly number[];
    const kernelSize = value(w).shape.slice(2) as readonly number[];
    return [
      needed[0] === true ? op('conv2dInputGradient', [g, w], { ...attributes, inputSize }) : undefined,
      needed[1] === true ? op('conv2dWeightGradient', [x, g], { ...attributes, kernelSize }) : undefined,
    ];
  },
  lower: (context) =>
    overBatch(
      context,
      (part) => {
        const [x, w] = part.inputs as [Operand, Operand];
        const y = part.outputs[0] as Operand;
        emitForward(part, convolutionGeometry(x.shape, w.shape, y.shape, part.attributes), x, w, y);
      },
      [1],
    ),
});
