import type { BackwardRule } from '@convscope/gpu-engine/graph';
import { isRectifier } from '../signal/relu-rules.ts';

/**
 * The redirected gradient of a ReLU (Lucid, `redirected_relu_grad`), for losses that are minimised: where nothing of a
 * picture's gradient would get through, because all that it reaches is off, it passes all the same, but for places that
 * are off and would be pushed further down. It helps pictures of noise to find what turns a unit on.
 */
export const redirectedReluRules: readonly BackwardRule[] = [
  {
    matches: isRectifier,
    apply: ({ node, cotangents, op, gradient, value }) => {
      const arrived = cotangents[0] as string;
      const own = gradient()[0] as string;
      const input = node.inputs[0] as string;
      const axes = value(input)
        .shape.map((_, axis) => axis)
        .slice(1);
      // 1 for pictures of which something gets through, 0 for others; the sum of magnitudes does not underflow.
      const passes = op('sign', [op('reduceL1', [own], { axes, keepDimensions: true })]);
      const isOff = op('relu', [op('sign', [op('scale', [input], { factor: -1 })])]);
      const pushesDown = op('relu', [op('sign', [arrived])]);
      const held = op('multiply', [arrived, op('multiply', [isOff, pushesDown])]);
      const redirected = op('subtract', [arrived, held]);
      return [op('add', [own, op('subtract', [redirected, op('multiply', [redirected, passes])])])];
    },
  },
];
