import { isFloatType, elementTypeOf, elementTypeText, integerRange, type ElementType } from '../element-type.ts';
import { bfloat16ToFloat32, float16ToFloat32, float32ToBfloat16, float32ToFloat16 } from '../../half.ts';
import type { ConstantTensor } from '../constant-tensor.ts';
import { mapBroadcast } from './broadcasting.ts';
import type { Fold, FoldContext } from './context.ts';

const map =
  (compute: (...values: number[]) => number, type?: ElementType): Fold =>
  (context) => {
    const inputs = context.inputs.map((_, index) => context.input(index));
    return [mapBroadcast(context, type ?? context.input(0).type, inputs, compute)];
  };

/** Two operands of one type; integers are rounded towards zero, as ONNX divides them. */
const arithmetic =
  (compute: (a: number, b: number) => number): Fold =>
  (context) => {
    const [a, b] = [context.input(0), context.input(1)];
    const whole = !isFloatType(a.type);
    return [mapBroadcast(context, a.type, [a, b], (x, y) => (whole ? truncated(compute(x, y)) : compute(x, y)))];
  };

function truncated(value: number): number {
  return Number.isFinite(value) ? Math.trunc(value) : 0;
}

/** To the nearest integer, halves to the even one. */
function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const difference = value - floor;
  if (difference !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

function modulo(context: FoldContext): readonly ConstantTensor[] {
  const isRemainder = context.attributes.flag('fmod');
  return [
    mapBroadcast(context, context.input(0).type, [context.input(0), context.input(1)], (a, b) => {
      if (b === 0) return 0;
      return isRemainder ? a % b : a - b * Math.floor(a / b);
    }),
  ];
}

/** How a number changes when it is stored as this type. */
function convertTo(type: ElementType): (value: number) => number {
  if (type === 'float16') return (value) => float16ToFloat32(float32ToFloat16(value));
  if (type === 'bfloat16') return (value) => bfloat16ToFloat32(float32ToBfloat16(value));
  if (type === 'bool') return (value) => (value === 0 ? 0 : 1);
  if (isFloatType(type)) return Number;
  const range = integerRange(type);
  if (range === undefined) return truncated;
  const [least, greatest] = range;
  const span = greatest - least + 1;
  return (value) => {
    const whole = truncated(value);
    return whole >= least && whole <= greatest ? whole : ((((whole - least) % span) + span) % span) + least;
  };
}

function cast(context: FoldContext): readonly ConstantTensor[] {
  const code = context.attributes.integer('to', 0);
  const like = context.inputs[1]?.type;
  const type = like ?? elementTypeOf(code);
  if (type === undefined) return context.attributes.fail('this element type is not read', elementTypeText(code));
  return [mapBroadcast(context, type, [context.input(0)], convertTo(type))];
}

function clip(context: FoldContext): readonly ConstantTensor[] {
  const { attributes, inputs } = context;
  const least = inputs[1]?.data[0] ?? attributes.number('min', -Infinity);
  const greatest = inputs[2]?.data[0] ?? attributes.number('max', Infinity);
  const x = context.input(0);
  return [mapBroadcast(context, x.type, [x], (value) => Math.min(Math.max(value, least), greatest))];
}

const truth = (value: boolean) => (value ? 1 : 0);

export const elementwise: readonly (readonly [string, Fold])[] = [
  ['Add', arithmetic((a, b) => a + b)],
  ['Sub', arithmetic((a, b) => a - b)],
  ['Mul', arithmetic((a, b) => a * b)],
  ['Div', arithmetic((a, b) => a / b)],
  ['Pow', arithmetic((a, b) => a ** b)],
  ['Mod', modulo],
  ['Sum', map((...values) => values.reduce((a, b) => a + b, 0))],
  ['Min', map((...values) => values.reduce((a, b) => Math.min(a, b)))],
  ['Max', map((...values) => values.reduce((a, b) => Math.max(a, b)))],
  ['Neg', map((x = 0) => -x)],
  ['Abs', map((x = 0) => Math.abs(x))],
  ['Floor', map((x = 0) => Math.floor(x))],
  ['Ceil', map((x = 0) => Math.ceil(x))],
  ['Round', map((x = 0) => roundHalfEven(x))],
  ['Sign', map((x = 0) => Math.sign(x))],
  ['Sqrt', map((x = 0) => Math.sqrt(x))],
  ['Exp', map((x = 0) => Math.exp(x))],
  ['Log', map((x = 0) => Math.log(x))],
  ['Reciprocal', map((x = 0) => 1 / x)],
  ['Relu', map((x = 0) => Math.max(x, 0))],
  ['Sin', map((x = 0) => Math.sin(x))],
  ['Cos', map((x = 0) => Math.cos(x))],
  ['Not', map((x) => truth(x === 0), 'bool')],
  ['And', map((a, b) => truth(a !== 0 && b !== 0), 'bool')],
  ['Or', map((a, b) => truth(a !== 0 || b !== 0), 'bool')],
  ['Xor', map((a, b) => truth((a !== 0) !== (b !== 0)), 'bool')],
  ['Equal', map((a, b) => truth(a === b), 'bool')],
  ['Less', map((a = 0, b = 0) => truth(a < b), 'bool')],
  ['LessOrEqual', map((a = 0, b = 0) => truth(a <= b), 'bool')],
  ['Greater', map((a = 0, b = 0) => truth(a > b), 'bool')],
  ['GreaterOrEqual', map((a = 0, b = 0) => truth(a >= b), 'bool')],
  [
    'Where',
    (context) => {
      const inputs = [context.input(0), context.input(1), context.input(2)];
      return [mapBroadcast(context, context.input(1).type, inputs, (c, a = 0, b = 0) => (c === 0 ? b : a))];
    },
  ],
  ['Cast', cast],
  ['CastLike', cast],
  ['Clip', clip],
];
