import type { Operand } from '../lowering.ts';
import { defineOp } from '../op.ts';
import { overBatch } from '../shared/batches.ts';
import { convolutionGeometry } from '../shared/convolution/geometry.ts';
import { emitSumOfRanges, emitWeightGradient } from '../shared/convolution/weight-gradient.ts';
import { convolutionAttributes, feature, kernelSizeAttribute, windowCount } from '../shared/windows.ts';

/**
 * The adjoint of conv2d in w: x [N, Ci, H, W], g [N, Co, OH, OW] to [Co, Ci / groups, KH, KW], where `kernelSize` is
 * [KH, KW].
 */
export const conv2dWeightGradient = defineOp({
  name: 'conv2dWeightGradient',
  inputs: ['x', 'g'],
  outputs: [''],
  attributes: { ...convolutionAttributes, kernelSize: kernelSizeAttribute },
  infer: ({ inputs, attributes, fail }) => {
    const [x, g] = [feature(inputs[0]), feature(inputs[1])];
    if (x === undefined || g === undefined || x[0] !== g[0])
      return fail('the batches differ', '[N, Ci, H, W] and [N, Co, OH, OW]');
    const { kernelSize, groups } = attributes;
    const fits = ([0, 1] as const).every(
      (axis) => windowCount(x[axis + 2] as number, kernelSize[axis] as number, axis, attributes) === g[axis + 2],
    );
    if (!fits) return fail('the kernel size does not give this cotangent', kernelSize.join('x'));
    if ((x[1] as number) % groups !== 0 || (g[1] as number) % groups !== 0)
      return fail('groups do not divide', `${groups}`);
    return [{ dtype: 'float32', shape: [g[1], (x[1] as number) / groups, ...kernelSize] }];
  },
  gradient: ({ node, attributes: { kernelSize: _, ...window }, cotangents, needed, op, value }) => {
    const [x, g] = node.inputs as [string, string];
    const c = cotangents[0] as string;
    const inputSize = value(x).shape.slice(2) as readonly number[];
    return [
      needed[0] === true ? op('conv2dInputGradient', [g, c], { ...window, inputSize }) : undefined,
      needed[1] === true ? op('conv2d', [x, c], window) : undefined,
    ];
  },
  lower: (context) => {
    const w = context.outputs[0] as Operand;
    const ofRanges: Operand[] = [];
    // Of a batch over the binding limit, ranges of samples first, then their sum.
    overBatch({ ...context, outputs: [] }, (part, { count }) => {
      const [x, g] = part.inputs as [Operand, Operand];
      const isAll = count === context.inputs[0]?.shape[0];
      const target = isAll ? w : part.scratch('range', w.shape);
      emitWeightGradient(part, convolutionGeometry(x.shape, w.shape, g.shape, part.attributes), x, g, target);
      if (!isAll) ofRanges.push(target);
    });
    if (ofRanges.length > 0) {
      const [x, g] = context.inputs as [Operand, Operand];
      emitSumOfRanges(context, convolutionGeometry(x.shape, w.shape, g.shape, context.attributes), ofRanges, w);
    }
  },
});
