import type { Attributes, GraphNode } from '@convscope/gpu-engine/graph';
import type { AttributeContent } from './messages.ts';
import type { WriteContext } from './context.ts';

/** Adds the ONNX nodes for one node of the engine. */
export type Writer = (context: WriteContext, node: GraphNode) => void;

type Content = Readonly<Record<string, AttributeContent>>;

const plain =
  (opType: string, attributes: (given: Attributes) => Content = () => ({})): Writer =>
  (context, { inputs, outputs, attributes: given }) =>
    context.add(opType, inputs, outputs.slice(0, 1), attributes(given));

const list = (value: unknown): readonly number[] => value as readonly number[];
const whole = (value: unknown): number => Number(value);
const float = (value: unknown) => ({ float: Number(value) });

const windows = ({ kernelSize, strides, pads, dilations }: Attributes): Content => ({
  ...(kernelSize === undefined ? {} : { kernel_shape: list(kernelSize) }),
  strides: list(strides),
  pads: list(pads),
  ...(dilations === undefined ? {} : { dilations: list(dilations) }),
});

/** AveragePool has dilations only since opset 19. */
const averagePool = plain('AveragePool', ({ dilations: _, countIncludePad, ceilMode, ...rest }) => ({
  ...windows(rest),
  ceil_mode: whole(ceilMode),
  count_include_pad: whole(countIncludePad),
}));

/** [C] must broadcast over [N, C, …]: it is reshaped where there are dimensions behind the channels. */
const bias: Writer = (context, { inputs: [x = '', b = ''], outputs: [y = ''] }) => {
  const rank = context.shape(x).length;
  if (rank === 2) return context.add('Add', [x, b], [y]);
  const shaped = context.fresh(`${b}.shaped`);
  const shape = context.integers(`${b}.shape`, [-1, ...Array.from({ length: rank - 2 }, () => 1)]);
  context.add('Reshape', [b, shape], [shaped]);
  return context.add('Add', [x, shaped], [y]);
};

const reshape: Writer = (context, { inputs: [x = ''], outputs: [y = ''], attributes }) =>
  context.add('Reshape', [x, context.integers(`${y}.shape`, list(attributes['shape']))], [y]);

const dense = plain('Gemm', () => ({ transB: 1 }));

const matmul = plain('Gemm', ({ transposeA, transposeB }) => ({
  transA: whole(transposeA),
  transB: whole(transposeB),
}));

/** Bounds are tensors, left out where there are none. */
const clip: Writer = (context, { inputs: [x = ''], outputs: [y = ''], attributes: { min, max } }) => {
  const bounds = [['min', min] as const, ['max', max] as const].map(([name, bound]) =>
    Number.isFinite(bound) ? context.number(`${y}.${name}`, Number(bound)) : '',
  );
  context.add('Clip', [x, ...bounds], [y]);
};

const reduction = (opType: string): Writer =>
  plain(opType, ({ axes, keepDimensions }) => ({
    ...(list(axes).length === 0 ? {} : { axes: list(axes) }),
    keepdims: whole(keepDimensions),
  }));

const alpha = ({ alpha: value }: Attributes) => ({ alpha: float(value) });

/** Ops that the reader reads back to the same graph. */
export const writers: ReadonlyMap<string, Writer> = /* @__PURE__ */ new Map<string, Writer>([
  ['conv2d', plain('Conv', (given) => ({ ...windows(given), group: whole(given['groups']) }))],
  ['bias', bias],
  ['dense', dense],
  ['matmul', matmul],
  ['relu', plain('Relu')],
  ['clip', clip],
  ['leakyRelu', plain('LeakyRelu', alpha)],
  ['elu', plain('Elu', alpha)],
  ['sigmoid', plain('Sigmoid')],
  ['tanh', plain('Tanh')],
  ['maxPool', plain('MaxPool', (given) => ({ ...windows(given), ceil_mode: whole(given['ceilMode']) }))],
  ['averagePool', averagePool],
  ['globalAveragePool', plain('GlobalAveragePool')],
  ['batchNormInference', plain('BatchNormalization', ({ epsilon }) => ({ epsilon: float(epsilon) }))],
  ['add', plain('Add')],
  ['subtract', plain('Sub')],
  ['multiply', plain('Mul')],
  ['divide', plain('Div')],
  ['concat', plain('Concat', ({ axis }) => ({ axis: whole(axis) }))],
  ['flatten', plain('Flatten', ({ axis }) => ({ axis: whole(axis) }))],
  ['reshape', reshape],
  ['softmax', plain('Softmax', ({ axis }) => ({ axis: whole(axis) }))],
  ['logSoftmax', plain('LogSoftmax', ({ axis }) => ({ axis: whole(axis) }))],
  ['dropout', (context, { inputs: [x = ''], outputs: [y = ''] }) => context.add('Dropout', [x], [y])],
  ['reduceMean', reduction('ReduceMean')],
  ['reduceMax', reduction('ReduceMax')],
]);
