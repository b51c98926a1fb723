import { elementCount, float32Tensor, type TensorData } from '@convscope/gpu-engine/graph';
import { engineTensor, type ConstantTensor } from '../constant-tensor.ts';
import { integerRange } from '../element-type.ts';
import { alongAxis } from '../fold/quantization.ts';
import type { Importer, NodeContext } from '../node-context.ts';
import { transposed } from './matrices.ts';
import { asPlanes, windowsOf } from './windows.ts';

/*
 * Quantized networks are read as float32 ones: a quantized value stands for the float that it means, held within what
 * its integers can mean (exporters leave a ReLU out where the zero point cuts it off). Rounding is left out, which
 * keeps gradients. Only a graph's output is made of integers.
 */

/** x held within the range that integers of this scale and zero point can mean. */
function held(context: NodeContext, x: string, scaleIndex: number, zeroIndex: number): void {
  const scale = context.constant(scaleIndex);
  const zero = context.known(zeroIndex);
  const [least, greatest] = integerRange(zero?.type ?? 'uint8') ?? [0, 255];
  const [factor = 1, origin = 0] = [scale.data[0], zero?.data[0]];
  if (scale.data.length !== 1) return context.pass(x);
  return context.output('clip', [x], { min: (least - origin) * factor, max: (greatest - origin) * factor });
}

const quantize: Importer = (context) => {
  if (!context.isGraphOutput(0)) return held(context, context.input(0), 1, 2);
  const zero = context.known(2);
  const [least, greatest] = integerRange(zero?.type ?? context.integerOutput('uint8')) ?? [0, 255];
  const scaled = context.op('divide', [context.input(0), factors(context, 'scale', context.constant(1))]);
  const rounded = context.op('round', [scaled]);
  const moved = zero === undefined ? rounded : context.op('add', [rounded, factors(context, 'zero', zero)]);
  return context.output('cast', [context.op('clip', [moved], { min: least, max: greatest })], { to: 'int32' });
};

/** A scale or zero point as a constant that broadcasts over the first input. */
function factors(context: NodeContext, stem: string, tensor: ConstantTensor): string {
  const shape = context.shape(0).map((size) => (typeof size === 'number' ? size : 1));
  const { data, shape: repeated } = alongAxis(
    context.foldContext(),
    { type: 'float32', shape, data: new Float32Array(0) },
    tensor,
  );
  return context.madeConstant(stem, float32Tensor(repeated, Float32Array.from(data)));
}

const dequantize: Importer = (context) => {
  const x = context.input(0);
  if (context.value(x).dtype === 'float32') return context.pass(x);
  const value = context.op('cast', [x], { to: 'float32' });
  const zero = context.known(2);
  const moved = zero === undefined ? value : context.op('subtract', [value, factors(context, 'zero', zero)]);
  return context.output('multiply', [moved, factors(context, 'scale', context.constant(1))]);
};

/** Weights as floats: (w - zero point) * scale, one of each a slice along `axis`. */
function floatWeights(context: NodeContext, index: number, axis: number): ConstantTensor {
  const [w, scale, zero] = [context.constant(index), context.constant(index + 1), context.constant(index + 2)];
  const inner = elementCount(w.shape.slice(axis + 1));
  const slices = w.shape[axis] ?? 1;
  const at = (tensor: ConstantTensor, position: number) =>
    tensor.data[tensor.data.length === 1 ? 0 : Math.floor(position / inner) % slices] as number;
  if ([scale, zero].some(({ data }) => data.length !== 1 && data.length !== slices)) {
    context.attributes.fail('the scale does not fit', scale.shape.join('x'), slices);
  }
  const data = Float32Array.from(w.data, (value, position) => (value - at(zero, position)) * at(scale, position));
  return { type: 'float32', shape: w.shape, data };
}

/** x, its scale and zero point, w, its ones, y's ones, bias in units of both scales. */
const convolution: Importer = (context) => {
  const weights = floatWeights(context, 3, 0);
  const shape = context.shape(0);
  if (shape.length !== 4) context.unsupported(`${shape.length - 2} spatial dimensions`);
  const { strides, pads, dilations } = asPlanes(windowsOf(context, weights.shape.slice(2), shape.slice(2)));
  const w = context.weight(3, 'float', engineTensor(weights));
  const given = { strides, pads, dilations, groups: context.attributes.integer('group', 1) };
  const sum = context.op('conv2d', [floatInput(context, 0), w], given);
  held(context, context.hasInput(8) ? context.op('bias', [sum, floatBias(context)]) : sum, 6, 7);
};

function floatBias(context: NodeContext): string {
  const [bias, inputScale, scale] = [context.constant(8), context.constant(1), context.constant(4)];
  const data = Float32Array.from(bias.data, (value, channel) => {
    return value * (inputScale.data[0] as number) * (scale.data[scale.data.length === 1 ? 0 : channel] as number);
  });
  return context.weight(8, 'float', float32Tensor(bias.shape, data) satisfies TensorData);
}

/** A quantized input as the float that it means. */
function floatInput(context: NodeContext, index: number): string {
  const x = context.input(index);
  return context.value(x).dtype === 'float32' ? x : context.unsupported('an input of integers');
}

const product: Importer = (context) => {
  const weights = floatWeights(context, 3, 1);
  if (context.shape(0).length !== 2 || weights.shape.length !== 2)
    context.unsupported('products of more than matrices');
  const w = context.weight(3, 'float', transposed(weights));
  held(context, context.op('dense', [floatInput(context, 0), w]), 6, 7);
};

export const quantized: readonly (readonly [string, Importer])[] = [
  ['QuantizeLinear', quantize],
  ['DequantizeLinear', dequantize],
  ['QLinearConv', convolution],
  ['QLinearMatMul', product],
];
