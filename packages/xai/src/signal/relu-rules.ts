import { valueOf, type BackwardRule, type Graph, type GraphNode } from '@convscope/gpu-engine/graph';

/** Whether a node counts as a ReLU: clip from 0, which ReLU6 is, does too. */
export function isRectifier({ op, attributes }: GraphNode): boolean {
  return op === 'relu' || (op === 'clip' && attributes['min'] === 0);
}

/** Ops that give no negative values where none come in. */
const KEEPS_SIGN = new Set([
  'concat',
  'maxPool',
  'averagePool',
  'globalAveragePool',
  'dropout',
  'identity',
  'add',
  'slice',
]);

/** Whether a value is never negative because it comes from ReLUs alone: joined, added or pooled ones too. */
export function isRectified(graph: Graph, name: string): boolean {
  const seen = new Set<string>();
  const pending = [valueOf(graph, name).name];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    const node = graph.producers.get(next);
    if (node === undefined) return false;
    if (isRectifier(node)) continue;
    if (!KEEPS_SIGN.has(node.op)) return false;
    pending.push(...node.inputs);
  }
  return true;
}

/**
 * Deconvnet (Zeiler & Fergus 2013, section 2.1): the signal itself is rectified, R * [R > 0], whatever the forward
 * input was. Max-pools unpool by their switches and convolutions transpose, which their gradients do already.
 */
export const deconvnetRules: readonly BackwardRule[] = [
  {
    matches: isRectifier,
    apply: ({ cotangents, op }) => [op('relu', [cotangents[0] as string])],
  },
];

/** Guided backpropagation (Springenberg et al. 2014, section 3.4): R * [x > 0] * [R > 0]; for clip R * [0 < x < max] * [R > 0]. */
export const guidedRules: readonly BackwardRule[] = [
  {
    matches: isRectifier,
    apply: ({ cotangents, op, gradient }) => gradient([op('relu', [cotangents[0] as string])]),
  },
];
