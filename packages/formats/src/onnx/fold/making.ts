import { constantTensor, type ConstantTensor } from '../constant-tensor.ts';
import { AttributeProto_AttributeType as Type } from '../schema.gen.ts';
import type { Fold, FoldContext } from './context.ts';

function constant({ attributes }: FoldContext): readonly ConstantTensor[] {
  const tensor = attributes.tensor('value');
  if (tensor !== undefined) return [tensor];
  const integers = attributes.integers('value_ints');
  if (integers !== undefined) return [constantTensor('int64', [integers.length], integers)];
  const numbers = attributes.numbers('value_floats');
  if (numbers !== undefined) return [constantTensor('float32', [numbers.length], numbers)];
  if (attributes.attributeType('value_int') !== Type.UNDEFINED) {
    return [constantTensor('int64', [], [attributes.integer('value_int', 0)])];
  }
  if (attributes.attributeType('value_float') !== Type.UNDEFINED) {
    return [constantTensor('float32', [], [attributes.number('value_float', 0)])];
  }
  return attributes.fail('a constant without numbers');
}

function constantOfShape(context: FoldContext): readonly ConstantTensor[] {
  const value = context.attributes.tensor('value') ?? constantTensor('float32', [1], [0]);
  const result = context.allocate(value.type, Array.from(context.input(0).data));
  result.data.fill(value.data[0] ?? 0);
  return [result];
}

function range(context: FoldContext): readonly ConstantTensor[] {
  const [start = 0, limit = 0, delta = 1] = [0, 1, 2].map((index) => context.input(index).data[0]);
  if (delta === 0) context.attributes.fail('a step of 0');
  const count = Math.max(0, Math.ceil((limit - start) / delta));
  const result = context.allocate(context.input(0).type, [count]);
  for (let index = 0; index < count; index++) result.data[index] = start + index * delta;
  return [result];
}

/** The part of a shape that Shape's `start` and `end` choose (opset 15). */
export function shapePart<Size>(
  { attributes }: Pick<FoldContext, 'attributes'>,
  shape: readonly Size[],
): readonly Size[] {
  return shape.slice(attributes.integer('start', 0), attributes.integer('end', shape.length));
}

/** 1 where column - row is `k`. */
function eyeLike(context: FoldContext): readonly ConstantTensor[] {
  const [rows = 0, columns = 0] = context.input(0).shape;
  const result = context.allocate('float32', [rows, columns]);
  const diagonal = context.attributes.integer('k', 0);
  for (let row = 0; row < rows; row++) {
    if (row + diagonal >= 0 && row + diagonal < columns) result.data[row * columns + row + diagonal] = 1;
  }
  return [result];
}

export const making: readonly (readonly [string, Fold])[] = [
  ['Constant', constant],
  ['ConstantOfShape', constantOfShape],
  ['Range', range],
  ['EyeLike', eyeLike],
  [
    'Shape',
    (context) => {
      const part = shapePart(context, context.input(0).shape);
      return [constantTensor('int64', [part.length], part)];
    },
  ],
  ['Size', (context) => [constantTensor('int64', [], [context.input(0).data.length])]],
];
