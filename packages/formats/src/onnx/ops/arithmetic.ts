import { engineTensor } from '../constant-tensor.ts';
import { integerRange, isFloatType } from '../element-type.ts';
import { trailingOnes, withTrailing } from '../legacy-broadcast.ts';
import type { Importer, NodeContext } from '../node-context.ts';

const binary =
  (op: string): Importer =>
  (context) =>
    context.output(op, operands(context));

/** The two operands, of one type, as numpy's broadcasting takes them in every version. */
function operands(context: NodeContext): readonly string[] {
  const [first = '', second = '', ...rest] = sameType(context);
  if (second === '' || rest.length > 0) context.attributes.fail('two inputs are wanted', context.inputCount, 2);
  const shape = context.value(second).shape;
  const count = trailingOnes(context.attributes, context.value(first).shape, shape);
  if (count === 0) return [first, second];
  const axes = Array.from({ length: count }, (_, index) => shape.length + index);
  return [first, context.op('unsqueeze', [second], { axes })];
}

/** Both operands as floats where one is and the other is not (Pow may mix them). */
function sameType(context: NodeContext): readonly string[] {
  const inputs = context.allInputs();
  const types = inputs.map((input) => context.value(input).dtype);
  if (types.every((type) => type === types[0])) return inputs;
  return inputs.map((input, index) =>
    types[index] === 'float32' ? input : context.op('cast', [input], { to: 'float32' }),
  );
}

/** A sum with one number a channel is a bias, for the rules of explanation methods that tell them apart. */
const add: Importer = (context) => {
  for (const [weights, other] of [
    [1, 0],
    [0, 1],
  ] as const) {
    const known = context.known(weights);
    const shape = context.shape(other);
    if (known === undefined || !isFloatType(known.type) || shape.length < 2) continue;
    const ones = weights === 1 ? trailingOnes(context.attributes, shape, known.shape) : 0;
    if (context.known(other) !== undefined || !isPerChannel(withTrailing(known.shape, ones), shape)) continue;
    const tensor = { ...engineTensor(known), shape: [known.data.length] };
    const name = known.shape.length === 1 ? context.input(weights) : context.weight(weights, 'channels', tensor);
    return context.output('bias', [context.input(other), name]);
  }
  return context.output('add', operands(context));
};

/** Whether a constant of this shape, repeated to `shape`, is one number a channel (axis 1), of more than one. */
function isPerChannel(constant: readonly number[], shape: readonly (number | string)[]): boolean {
  const channels = shape[1];
  const lead = shape.length - constant.length;
  if (typeof channels !== 'number' || channels < 2 || lead > 1 || lead < 0) return false;
  return constant.every((size, axis) => (axis + lead === 1 ? size === channels : size === 1));
}

/** Ops of any number of inputs, taken two by two. */
const variadic =
  (op: string, finish?: (context: NodeContext, sum: string) => void): Importer =>
  (context) => {
    const inputs = sameType(context);
    if (inputs.length === 0) context.attributes.fail('a node without inputs');
    let result = inputs[0] as string;
    const last = finish === undefined ? inputs.length - 1 : inputs.length;
    for (let index = 1; index < last; index++) result = context.op(op, [result, inputs[index] as string]);
    if (finish !== undefined) return finish(context, result);
    if (inputs.length === 1) return context.passInput(0);
    return context.output(op, [result, inputs[last] as string]);
  };

const mod: Importer = (context) =>
  context.output('mod', operands(context), { truncated: context.attributes.flag('fmod') });

/** Integers are divided towards zero, which the engine does not do; they are shapes, folded before. */
const divide: Importer = (context) => {
  const inputs = operands(context);
  if (context.value(inputs[0] ?? '').dtype === 'int32') context.unsupported('a division of integers');
  context.output('divide', inputs);
};

/** The result has the first operand's type. */
const power: Importer = (context) => {
  const inputs = operands(context);
  const isWhole = context.value(context.input(0)).dtype === 'int32';
  if (!isWhole || context.value(inputs[0] ?? '').dtype === 'int32') return context.output('pow', inputs);
  return context.output('cast', [context.op('pow', inputs)], { to: 'int32' });
};

/** Integers narrower than the engine's wrap around, as ONNX's reference does. */
const cast: Importer = (context) => {
  const { dtype, type } = context.engineType(context.attributes.integer('to', 0));
  const x = context.input(0);
  const isTruth = type === 'bool';
  if (type === 'bfloat16' && context.isGraphOutput(0)) context.unsupported('numbers rounded to bfloat16');
  if (context.value(x).dtype === dtype && dtype === 'float32') return context.passInput(0);
  const range = integerRange(type);
  if (range === undefined || range[1] - range[0] > 2 ** 16)
    return context.output('cast', [x], { to: dtype, truth: isTruth });
  const [least, greatest] = range;
  const constant = (stem: string, value: number) =>
    context.madeConstant(stem, { dtype: 'int32', shape: [], data: Int32Array.of(value) });
  const [start, span] = [constant('least', least), constant('span', greatest - least + 1)];
  const whole = context.op('cast', [x], { to: 'int32' });
  const wrapped = context.op('mod', [context.op('subtract', [whole, start]), span]);
  return context.output('add', [wrapped, start]);
};

const castLike: Importer = (context) => {
  const x = context.input(0);
  const like = context.known(1);
  const isTruth = like?.type === 'bool';
  const to = context.value(context.input(1)).dtype;
  if (context.value(x).dtype === to && !isTruth) return context.passInput(0);
  return context.output('cast', [x], { to, truth: isTruth });
};

const where: Importer = (context) => context.output('where', [context.input(0), context.input(1), context.input(2)]);

export const arithmetic: readonly (readonly [string, Importer])[] = [
  ['Add', add],
  ['Sub', binary('subtract')],
  ['Mul', binary('multiply')],
  ['Div', divide],
  ['Pow', power],
  ['Mod', mod],
  ['Sum', variadic('add')],
  ['Min', variadic('minimum')],
  ['Max', variadic('maximum')],
  ['Mean', variadic('add', (context, sum) => context.output('scale', [sum], { factor: 1 / context.inputCount }))],
  ['Equal', binary('equal')],
  ['Less', binary('less')],
  ['LessOrEqual', binary('lessOrEqual')],
  ['Greater', binary('greater')],
  ['GreaterOrEqual', binary('greaterOrEqual')],
  ['And', binary('and')],
  ['Or', binary('or')],
  ['Xor', binary('xor')],
  ['Where', where],
  ['Cast', cast],
  ['CastLike', castLike],
];
