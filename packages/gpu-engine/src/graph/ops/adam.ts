import { number } from '../attributes.ts';
import type { Operand } from '../lowering.ts';
import { defineOp } from '../op.ts';
import { forEachChunk, inferOptimizer } from '../shared/optimizer.ts';

/**
 * One step of Adam (Kingma & Ba, 1412.6980). The host gives the bias corrections of step t as scalars:
 * stepSize = learningRate / (1 - beta1^t), secondCorrection = sqrt(1 - beta2^t).
 */
export const adam = defineOp({
  name: 'adam',
  inputs: ['parameter', 'gradient', 'firstMoment', 'secondMoment', 'stepSize', 'secondCorrection'],
  outputs: ['', 'firstMoment', 'secondMoment'],
  attributes: {
    beta1: number({ min: 0, max: 1 }, 0.9),
    beta2: number({ min: 0, max: 1 }, 0.999),
    epsilon: number({ min: 0 }, 1e-8),
    weightDecay: number({ min: 0 }, 0),
  },
  infer: (context) => inferOptimizer(context, 4),
  inPlace: [
    [0, 0],
    [2, 1],
    [3, 2],
  ],
  lower: (context) => {
    forEachChunk(context, (gradient, [parameter, firstMoment, secondMoment], count) =>
      context.emit({
        kernel: 'adam/main',
        batched: { kernel: 'adam/many', tensors: ['gradient', 'parameter', 'firstMoment', 'secondMoment'] },
        uniforms: { count, ...context.attributes },
        bindings: {
          gradient,
          stepSize: context.inputs[4] as Operand,
          secondCorrection: context.inputs[5] as Operand,
          parameter: parameter as Operand,
          firstMoment: firstMoment as Operand,
          secondMoment: secondMoment as Operand,
        },
        threads: count,
        operations: 48 * count,
      }),
    );
  },
});
