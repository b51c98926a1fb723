import type { Dimension } from '@convscope/gpu-engine/graph';
import type { ConstantTensor } from './constant-tensor.ts';
import type { NodeAttributes } from './node-attributes.ts';

/** The operators that took `broadcast` and `axis` up to opset 6. */
const OPERATORS: ReadonlySet<string> = /* @__PURE__ */ new Set(
  'Add Sub Mul Div Pow And Or Xor Equal Less Greater'.split(' '),
);

/**
 * How many sizes of 1 the second operand's shape must be followed by, so that numpy's broadcasting does what a file up
 * to opset 6 means: `broadcast` = 1 lays the second operand's dimensions along the first one's from `axis` on, the last
 * ones by default (ONNX Add-6). Without it the ranks are equal. From opset 7 on it is always 0.
 */
export function trailingOnes(
  attributes: NodeAttributes,
  first: readonly Dimension[],
  second: readonly Dimension[],
): number {
  if (attributes.opset >= 7 || !OPERATORS.has(attributes.node.opType) || second.length === 0) return 0;
  if (!attributes.flag('broadcast')) {
    if (first.length !== second.length) {
      attributes.fail('the operands differ in rank and broadcast is not set', second.length, first.length);
    }
    return 0;
  }
  // One element is repeated everywhere, however many dimensions it has.
  const isOne = second.every((size) => size === 1);
  const axis = attributes.integer('axis', first.length - second.length);
  const start = isOne ? first.length - second.length : axis < 0 ? axis + first.length : axis;
  const trailing = first.length - second.length - start;
  if (start < 0 || trailing < 0) {
    attributes.fail(
      'the second operand does not lie along the first',
      `${second.length} dimensions from axis ${axis}`,
      `within ${first.length}`,
    );
  }
  return trailing;
}

/** A node's known inputs with the second one's shape as numpy's broadcasting wants it. */
export function broadcastable(
  attributes: NodeAttributes,
  inputs: readonly (ConstantTensor | undefined)[],
): readonly (ConstantTensor | undefined)[] {
  const [first, second] = inputs;
  if (first === undefined || second === undefined) return inputs;
  const count = trailingOnes(attributes, first.shape, second.shape);
  if (count === 0) return inputs;
  return [first, { ...second, shape: withTrailing(second.shape, count) }];
}

/** The shape followed by `count` sizes of 1. */
export function withTrailing<Size extends Dimension>(shape: readonly Size[], count: number): readonly (Size | 1)[] {
  return [...shape, ...Array.from({ length: count }, () => 1 as const)];
}
