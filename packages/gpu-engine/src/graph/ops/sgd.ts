import { boolean, number } from '../attributes.ts';
import type { Operand } from '../lowering.ts';
import { defineOp } from '../op.ts';
import { forEachChunk, inferOptimizer } from '../shared/optimizer.ts';

/**
 * One step of stochastic gradient descent with momentum, in PyTorch's form:
 * velocity = momentum * velocity + gradient + weightDecay * parameter; parameter -= learningRate * velocity.
 */
export const sgd = defineOp({
  name: 'sgd',
  inputs: ['parameter', 'gradient', 'velocity', 'learningRate'],
  outputs: ['', 'velocity'],
  attributes: {
    momentum: number({ min: 0, max: 1 }, 0.9),
    weightDecay: number({ min: 0 }, 0),
    nesterov: boolean(false),
  },
  infer: (context) => inferOptimizer(context, 3),
  inPlace: [
    [0, 0],
    [2, 1],
  ],
  lower: (context) => {
    const { momentum, weightDecay, nesterov } = context.attributes;
    forEachChunk(context, (gradient, [parameter, velocity], count) =>
      context.emit({
        kernel: 'sgd/main',
        batched: { kernel: 'sgd/many', tensors: ['gradient', 'parameter', 'velocity'] },
        uniforms: { count, momentum, weightDecay, nesterov: nesterov ? 1 : 0 },
        bindings: {
          gradient,
          learningRate: context.inputs[3] as Operand,
          parameter: parameter as Operand,
          velocity: velocity as Operand,
        },
        threads: count,
        operations: 24 * count,
      }),
    );
  },
});
