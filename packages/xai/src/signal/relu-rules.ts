import type { BackwardRule } from '@convscope/gpu-engine/graph';

/** Ops that count as rectifiers for the rules of this file. */
const RECTIFIERS = new Set(['relu']);

/**
 * Deconvnet (Zeiler & Fergus 2013, section 2.1): the signal itself is rectified, R * [R > 0], whatever the forward
 * input was. Max-pools unpool by their switches and convolutions transpose, which their gradients do already.
 */
export const deconvnetRules: readonly BackwardRule[] = [
  {
    matches: ({ op }) => RECTIFIERS.has(op),
    apply: ({ cotangents, op }) => [op('relu', [cotangents[0] as string])],
  },
];

/** Guided backpropagation (Springenberg et al. 2014, section 3.4): R * [x > 0] * [R > 0]. */
export const guidedRules: readonly BackwardRule[] = [
  {
    matches: ({ op }) => RECTIFIERS.has(op),
    apply: ({ node, cotangents, op }) => [
      op('reluGradient', [op('relu', [cotangents[0] as string]), node.inputs[0] as string]),
    ],
  },
];
