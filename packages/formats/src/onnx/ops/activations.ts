import type { Attributes } from '@convscope/gpu-engine/graph';
import type { Importer, NodeContext } from '../node-context.ts';

/** An op of one input that the engine has, with its attributes from the node's. */
const unary =
  (op: string, attributes: (context: NodeContext) => Attributes = () => ({})): Importer =>
  (context) =>
    context.output(op, [context.input(0)], attributes(context));

const alpha =
  (fallback: number) =>
  ({ attributes }: NodeContext) => ({ alpha: attributes.number('alpha', fallback) });

/** Bounds are attributes up to opset 6, inputs since 11; a missing one does not bind. */
const clip: Importer = (context) => {
  const bound = (index: number, name: string, fallback: number) => {
    const value = context.numbers(index)?.[0] ?? context.attributes.number(name, fallback);
    return Math.min(Math.max(value, -LARGEST_FLOAT), LARGEST_FLOAT);
  };
  const [min, max] = [bound(1, 'min', -LARGEST_FLOAT), bound(2, 'max', LARGEST_FLOAT)];
  context.output('clip', [context.input(0)], { min, max });
};

const LARGEST_FLOAT = 3.4028234663852886e38;

const hardSigmoid: Importer = (context) => {
  const { attributes } = context;
  context.output('hardSigmoid', [context.input(0)], {
    alpha: attributes.number('alpha', 0.2),
    beta: attributes.number('beta', 0.5),
  });
};

const selu: Importer = (context) => {
  const { attributes } = context;
  context.output('selu', [context.input(0)], {
    alpha: attributes.number('alpha', 1.6732632423543772),
    gamma: attributes.number('gamma', 1.0507009873554805),
  });
};

/** Up to opset 6 a list of slopes is one a channel; later ones broadcast as numpy's do. */
const prelu: Importer = (context) => {
  const [x, slope] = [context.input(0), context.input(1)];
  const rank = context.shape(0).length;
  const isPerChannel = context.opset < 7 && context.shape(1).length === 1 && context.shape(1)[0] !== 1 && rank > 2;
  if (!isPerChannel) return context.output('prelu', [x, slope]);
  const axes = Array.from({ length: rank - 2 }, (_, index) => index + 1);
  return context.output('prelu', [x, context.op('unsqueeze', [slope], { axes })]);
};

/** x * (x > lambd ? ... ): towards zero by `bias`, and 0 where |x| <= lambd (ONNX Shrink). */
const shrink: Importer = (context) => {
  const { attributes } = context;
  const lambda = attributes.number('lambd', 0.5);
  const bias = attributes.number('bias', 0);
  const x = context.input(0);
  const constant = (stem: string, value: number) =>
    context.madeConstant(stem, { dtype: 'float32', shape: [], data: Float32Array.of(value) });
  const moved = context.op('subtract', [x, context.op('multiply', [context.op('sign', [x]), constant('bias', bias)])]);
  const isFar = context.op('greater', [context.op('abs', [x]), constant('lambda', lambda)]);
  context.output('where', [isFar, moved, constant('zero', 0)]);
};

export const activations: readonly (readonly [string, Importer])[] = [
  ['Relu', unary('relu')],
  ['LeakyRelu', unary('leakyRelu', alpha(0.01))],
  ['ThresholdedRelu', unary('thresholdedRelu', alpha(1))],
  ['Elu', unary('elu', alpha(1))],
  ['Celu', unary('celu', alpha(1))],
  ['Selu', selu],
  ['PRelu', prelu],
  ['Sigmoid', unary('sigmoid')],
  ['HardSigmoid', hardSigmoid],
  ['HardSwish', unary('hardSwish')],
  ['Tanh', unary('tanh')],
  ['Softplus', unary('softplus')],
  ['Softsign', unary('softsign')],
  ['Mish', unary('mish')],
  ['Swish', unary('silu', alpha(1))],
  ['Gelu', unary('gelu', ({ attributes }) => ({ approximate: attributes.text('approximate', 'none') }))],
  ['Clip', clip],
  ['Shrink', shrink],
  ['Erf', unary('erf')],
  ['Exp', unary('exp')],
  ['Log', unary('log')],
  ['Sqrt', unary('sqrt')],
  ['Reciprocal', unary('reciprocal')],
  ['Abs', unary('abs')],
  ['Neg', unary('scale', () => ({ factor: -1 }))],
  ['Floor', unary('floor')],
  ['Ceil', unary('ceil')],
  ['Round', unary('round')],
  ['Sign', unary('sign')],
  ['Sin', unary('sin')],
  ['Cos', unary('cos')],
  ['Tan', unary('tan')],
  ['Asin', unary('asin')],
  ['Acos', unary('acos')],
  ['Atan', unary('atan')],
  ['Sinh', unary('sinh')],
  ['Cosh', unary('cosh')],
  ['Asinh', unary('asinh')],
  ['Acosh', unary('acosh')],
  ['Atanh', unary('atanh')],
  ['IsNaN', unary('isNan')],
  ['IsInf', unary('isInf')],
  ['Not', unary('not')],
];
