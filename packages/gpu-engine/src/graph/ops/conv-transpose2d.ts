import { integers } from '../attributes.ts';
import { addDimensions, multiplyDimensions, type Dimension } from '../dimension.ts';
import type { Operand } from '../lowering.ts';
import { defineOp, type GradientContext } from '../op.ts';
import { overBatch } from '../shared/batches.ts';
import { convolutionGeometry } from '../shared/convolution/geometry.ts';
import { emitInputGradient } from '../shared/convolution/input-gradient.ts';
import { convolutionAttributes, feature } from '../shared/windows.ts';

/**
 * 2-D transposed convolution (ONNX ConvTranspose, PyTorch ConvTranspose2d): x [N, Ci, H, W], w [Ci, Co / groups, KH, KW]
 * to [N, Co, OH, OW] with OH = (H - 1) * stride + dilation * (KH - 1) + 1 - pads + outputPadding. It is the adjoint of
 * the convolution by w, whose kernels it uses; `outputPadding` [bottom, right] only adds rows and columns to compute.
 */
export const convTranspose2d = defineOp({
  name: 'convTranspose2d',
  inputs: ['x', 'w'],
  outputs: [''],
  attributes: { ...convolutionAttributes, outputPadding: integers({ length: 2, min: 0, max: 65535 }, [0, 0]) },
  infer: ({ inputs, attributes, fail }) => {
    const [x, w] = [feature(inputs[0]), feature(inputs[1])];
    if (x === undefined || w === undefined) return fail('a convolution wants two tensors', '[N, C, H, W] twice');
    const { strides, pads, dilations, groups, outputPadding } = attributes;
    const [inputChannels, perGroup] = w as readonly number[] as [number, number];
    if (typeof x[1] === 'number' && x[1] !== inputChannels)
      return fail('the weights do not fit', `${inputChannels} channels`);
    if (inputChannels % groups !== 0) return fail('groups do not divide the input channels', `a multiple of ${groups}`);
    const size = [0, 1].map((axis) => {
      const kernel = w[axis + 2] as number;
      const extent = (dilations[axis] as number) * (kernel - 1) + 1 + (outputPadding[axis] as number);
      const between = multiplyDimensions(addDimensions(x[axis + 2] as Dimension, -1), strides[axis] as number);
      return addDimensions(between, extent - (pads[axis] as number) - (pads[axis + 2] as number));
    });
    if (size.some((count) => typeof count === 'number' && count < 1)) return fail('nothing is left', 'smaller pads');
    return [{ dtype: 'float32', shape: [x[0], perGroup * groups, ...size] }];
  },
  gradient: (context) => {
    const { node, attributes, needed, op, value } = context;
    const [x, w] = node.inputs as [string, string];
    const { outputPadding, pads, strides, dilations, groups } = attributes;
    // Output padding undoes padding at the end; what is more than that lies beyond every window but the first missing one.
    const after = [0, 1].map((axis) => Math.max((pads[axis + 2] as number) - (outputPadding[axis] as number), 0));
    const window = { strides, dilations, groups, pads: [pads[0] as number, pads[1] as number, ...after] };
    const g = cropped(context);
    const kernelSize = value(w).shape.slice(2) as readonly number[];
    return [
      needed[0] === true ? op('conv2d', [g, w], window) : undefined,
      needed[1] === true ? op('conv2dWeightGradient', [g, x], { ...window, kernelSize }) : undefined,
    ];
  },
  lower: (context) =>
    overBatch(
      context,
      (part) => {
        const [x, w] = part.inputs as [Operand, Operand];
        const y = part.outputs[0] as Operand;
        emitInputGradient(part, convolutionGeometry(y.shape, w.shape, x.shape, part.attributes), x, w, y);
      },
      [1],
    ),
});

/** The cotangent without the rows and columns, zero in the output, in which the convolution would find one more window. */
function cropped({
  attributes: { outputPadding, pads, strides },
  cotangents,
  op,
  value,
}: GradientContext<{
  readonly outputPadding: readonly number[];
  readonly pads: readonly number[];
  readonly strides: readonly number[];
}>): string {
  let g = cotangents[0] as string;
  for (const axis of [0, 1]) {
    const beyond = Math.max((outputPadding[axis] as number) - (pads[axis + 2] as number), 0);
    const stride = strides[axis] as number;
    const surplus = Math.floor(beyond / stride) * stride;
    if (surplus === 0) continue;
    const length = (value(g).shape[axis + 2] as number) - surplus;
    g = op('slice', [g], { axis: axis + 2, start: 0, length });
  }
  return g;
}
