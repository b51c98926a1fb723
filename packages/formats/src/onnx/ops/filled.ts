import { elementCount } from '@convscope/gpu-engine/graph';
import { constantTensor, engineTensor, type ConstantTensor } from '../constant-tensor.ts';
import type { ReadBudget } from '../limits.ts';
import type { Importer } from '../node-context.ts';

/** One tensor of a gigabyte; beyond it a file is refused rather than a device asked. */
const MOST_ELEMENTS = 2 ** 28;

/**
 * Whether ConstantOfShape's result is larger than what may be computed while reading: it is then one number that the
 * device repeats, and takes memory there only while the network runs. ONNX's light models have their weights so.
 */
export function isLeftToDevice(sizes: ConstantTensor | undefined, budget: ReadBudget): boolean {
  const shape = Array.from(sizes?.data ?? []);
  const count = elementCount(shape);
  return count > budget.left && count <= MOST_ELEMENTS && shape.every((size) => Number.isInteger(size) && size > 0);
}

const constantOfShape: Importer = (context) => {
  const { type, data } = context.attributes.tensor('value') ?? constantTensor('float32', [1], [0]);
  const number = engineTensor(constantTensor(type, [], [data[0] ?? 0]));
  const shape = Array.from(context.constant(0).data);
  context.output('expand', [context.madeConstant('number', number)], { shape });
};

export const filled: readonly (readonly [string, Importer])[] = [['ConstantOfShape', constantOfShape]];
