import type { ConstantTensor } from '../constant-tensor.ts';
import { constantBytes, constantData } from '../constant-tensor.ts';
import type { ElementType } from '../element-type.ts';
import { MOST_DIMENSIONS, type ReadBudget } from '../limits.ts';
import type { NodeAttributes } from '../node-attributes.ts';

/** What a fold function sees of a node: its attributes, and its inputs, all of them known. */
export class FoldContext {
  readonly attributes: NodeAttributes;
  readonly inputs: readonly (ConstantTensor | undefined)[];
  readonly #budget: ReadBudget;

  constructor(attributes: NodeAttributes, inputs: readonly (ConstantTensor | undefined)[], budget: ReadBudget) {
    this.attributes = attributes;
    this.inputs = inputs;
    this.#budget = budget;
  }

  get opset(): number {
    return this.attributes.opset;
  }

  /** The same node with other inputs. */
  withInputs(inputs: readonly (ConstantTensor | undefined)[]): FoldContext {
    return new FoldContext(this.attributes, inputs, this.#budget);
  }

  /** The input at this place. Throws where the node has none. */
  input(index: number): ConstantTensor {
    return this.inputs[index] ?? this.attributes.fail(`input ${index} is missing`);
  }

  /** A zeroed tensor to be filled, after checking that it may be made. */
  allocate(type: ElementType, shape: readonly number[]): ConstantTensor {
    if (shape.length > MOST_DIMENSIONS) this.attributes.fail('too many dimensions', shape.length, MOST_DIMENSIONS);
    const count = shape.reduce((product, size) => product * size, 1);
    if (!Number.isSafeInteger(count) || !shape.every((size) => Number.isSafeInteger(size) && size >= 0)) {
      this.attributes.fail('not a shape', shape.join('x'));
    }
    this.spend(count);
    this.#spendBytes(constantBytes(type, count));
    return { type, shape, data: constantData(type, count) };
  }

  /** Counts elements that are computed. Throws where a file wants too many for its size. */
  spend(count: number): void {
    this.#budget.left -= count;
    if (this.#budget.left < 0) this.#failForMemory();
  }

  #spendBytes(bytes: number): void {
    this.#budget.bytes -= bytes;
    if (this.#budget.bytes < 0) this.#failForMemory();
  }

  #failForMemory(): never {
    return this.attributes.fail('computing the constants of this file would take too much memory');
  }

  /** The `axes` of an op that has them as an attribute in old versions and as an input in new ones; counted from the front. */
  axes(inputIndex: number, rank: number): readonly number[] | undefined {
    const given = this.inputs[inputIndex]?.data ?? this.attributes.integers('axes');
    return given === undefined ? undefined : Array.from(given, (axis) => this.axis(axis, rank));
  }

  axis(axis: number, rank: number): number {
    const normal = axis < 0 ? axis + rank : axis;
    if (Number.isInteger(normal) && normal >= 0 && normal < Math.max(rank, 1)) return normal;
    return this.attributes.fail('no such axis', axis, `${-rank} to ${rank - 1}`);
  }
}

/** Computes the outputs of a node whose inputs are known. */
export type Fold = (context: FoldContext) => readonly ConstantTensor[];
