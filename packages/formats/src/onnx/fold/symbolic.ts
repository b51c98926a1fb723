import type { Dimension } from '@convscope/gpu-engine/graph';
import { constantTensor, type ConstantTensor } from '../constant-tensor.ts';
import type { FoldContext } from './context.ts';
import { folds } from './table.ts';

/** A small integer tensor of which some elements are symbols: what Shape gives of `N` x 3 x 224 x 224. */
export interface SymbolicSizes {
  readonly shape: readonly number[];
  readonly sizes: readonly Dimension[];
}

/** Operators that only move elements of their first input (of all inputs: Concat); further inputs must be known. */
const MOVING = new Set([
  'Gather',
  'Slice',
  'Concat',
  'Squeeze',
  'Unsqueeze',
  'Reshape',
  'Identity',
  'Flatten',
  'Split',
]);
const KEEPING = new Set(['Cast', 'CastLike', 'Floor', 'Ceil']);
const NEUTRAL: ReadonlyMap<string, number> = /* @__PURE__ */ new Map([
  ['Mul', 1],
  ['Div', 1],
  ['Add', 0],
  ['Sub', 0],
]);

/**
 * The outputs of a node where some input has symbols. Operators that move elements are run on the elements' positions.
 * Undefined where the node would compute with a symbol.
 */
export function foldSymbolic(
  context: FoldContext,
  inputs: readonly (SymbolicSizes | undefined)[],
): readonly SymbolicSizes[] | undefined {
  const type = context.attributes.node.opType;
  if (KEEPING.has(type) && inputs[0] !== undefined) return [inputs[0]];
  const neutral = NEUTRAL.get(type);
  if (neutral !== undefined) return withNeutral(inputs, neutral, type === 'Mul' || type === 'Add');
  const fold = MOVING.has(type) ? folds.get(type) : undefined;
  if (fold === undefined) return undefined;
  const pool: Dimension[] = [];
  const positions = context.inputs.map((known, index): ConstantTensor | undefined => {
    const moved = inputs[index];
    if (moved === undefined || (type !== 'Concat' && index > 0)) return known;
    const start = pool.push(...moved.sizes) - moved.sizes.length;
    return constantTensor(
      'int32',
      moved.shape,
      moved.sizes.map((_, k) => start + k),
    );
  });
  if (positions.some((position, index) => position === undefined && inputs[index] !== undefined)) return undefined;
  return fold(context.withInputs(positions)).map(({ shape, data }) => ({
    shape,
    sizes: Array.from(data, (position) => pool[position] as Dimension),
  }));
}

/** x * 1, 1 * x, x / 1, x + 0, 0 + x, x - 0. */
function withNeutral(
  [a, b]: readonly (SymbolicSizes | undefined)[],
  neutral: number,
  commutes: boolean,
): readonly SymbolicSizes[] | undefined {
  const isNeutral = (side: SymbolicSizes | undefined) =>
    side !== undefined && side.sizes.length === 1 && side.sizes[0] === neutral;
  if (a !== undefined && isNeutral(b)) return [a];
  return commutes && b !== undefined && isNeutral(a) ? [b] : undefined;
}
