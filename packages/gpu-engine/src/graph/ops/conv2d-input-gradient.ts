import type { Operand } from '../lowering.ts';
import { defineOp } from '../op.ts';
import { overBatch } from '../shared/batches.ts';
import { convolutionGeometry } from '../shared/convolution/geometry.ts';
import { emitInputGradient } from '../shared/convolution/input-gradient.ts';
import { convolutionAttributes, feature, planeSizeAttribute, windowCount } from '../shared/windows.ts';

/**
 * The adjoint of conv2d in x (a transposed convolution): g [N, Co, OH, OW], w [Co, Ci / groups, KH, KW] to
 * [N, Ci, H, W], where `inputSize` is [H, W].
 */
export const conv2dInputGradient = defineOp({
  name: 'conv2dInputGradient',
  inputs: ['g', 'w'],
  outputs: [''],
  attributes: { ...convolutionAttributes, inputSize: planeSizeAttribute },
  infer: ({ inputs, attributes, fail }) => {
    const [g, w] = [feature(inputs[0]), feature(inputs[1])];
    if (g === undefined || w === undefined || g[1] !== w[0])
      return fail('the weights do not fit', '[N, Co, OH, OW] and [Co, Ci, KH, KW]');
    const { inputSize, groups } = attributes;
    const fits = ([0, 1] as const).every(
      (axis) => windowCount(inputSize[axis] as number, w[axis + 2] as number, axis, attributes) === g[axis + 2],
    );
    if (!fits) return fail('no convolution of inputSize gives this cotangent', `an output of ${inputSize.join('x')}`);
    return [{ dtype: 'float32', shape: [g[0], (w[1] as number) * groups, ...inputSize] }];
  },
  gradient: ({ node, attributes: { inputSize: _, ...window }, cotangents, needed, op, value }) => {
    const [g, w] = node.inputs as [string, string];
    const c = cotangents[0] as string;
    const kernelSize = value(w).shape.slice(2) as readonly number[];
    return [
      needed[0] === true ? op('conv2d', [c, w], window) : undefined,
      needed[1] === true ? op('conv2dWeightGradient', [c, g], { ...window, kernelSize }) : undefined,
    ];
  },
  lower: (context) =>
    overBatch(
      context,
      (part) => {
        const [g, w] = part.inputs as [Operand, Operand];
        const x = part.outputs[0] as Operand;
        emitInputGradient(part, convolutionGeometry(x.shape, w.shape, g.shape, part.attributes), g, w, x);
      },
      [1],
    ),
});
