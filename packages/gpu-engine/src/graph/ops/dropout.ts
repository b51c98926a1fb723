import { integer, number } from '../attributes.ts';
import type { Operand } from '../lowering.ts';
import { defineOp } from '../op.ts';
import { inferSame } from '../shared/unary.ts';

/**
 * Inverted dropout (Srivastava et al. 2014): each element is 0 with probability `rate`, else x / (1 - rate). The mask
 * is a hash of seed, `stream` and the element's index, so the same seed drops the same elements; `stream` tells the
 * dropout nodes of one network apart. The op is linear in x: its gradient is itself. `rate` 0..1, below 1.
 */
export const dropout = defineOp({
  name: 'dropout',
  inputs: ['x', 'seed'],
  outputs: [''],
  integerInputs: [1],
  attributes: { rate: number({ min: 0, max: 0.999 }, 0.5), stream: integer({ min: 0 }, 0) },
  infer: (context) => {
    const seed = context.inputs[1];
    return seed?.dtype === 'int32' && seed.shape.length === 0
      ? inferSame(context).slice(0, 1)
      : context.fail('the seed is not valid', 'x and a scalar int32');
  },
  gradient: ({ node, attributes, cotangents, op }) => [
    op('dropout', [cotangents[0] as string, node.inputs[1] as string], attributes),
    undefined,
  ],
  lower: ({ inputs, outputs, attributes: { rate, stream }, emit }) => {
    const [input, seed] = inputs as [Operand, Operand];
    const output = outputs[0] as Operand;
    emit({
      kernel: 'dropout/main',
      uniforms: { count: output.elements, stream, threshold: Math.round(rate * 2 ** 24), scale: 1 / (1 - rate) },
      bindings: { input, seed, output },
      threads: output.elements,
      operations: 8 * output.elements,
    });
  },
});
