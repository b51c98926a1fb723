import type { Operand } from '../lowering.ts';
import { defineOp } from '../op.ts';

/** g[n] * (softmax(logits[n]) - one-hot(labels[n])); g [N], logits [N, K], labels int32 [N]. */
export const crossEntropyGradient = defineOp({
  name: 'crossEntropyGradient',
  inputs: ['g', 'logits', 'labels'],
  outputs: [''],
  integerInputs: [2],
  attributes: {},
  infer: ({ inputs: [g, logits, labels], fail }) =>
    logits?.shape.length === 2 && g?.shape[0] === logits.shape[0] && labels?.shape[0] === logits.shape[0]
      ? [{ dtype: 'float32', shape: logits.shape }]
      : fail('no cotangent, logits and labels', '[N], [N, K] and int32 [N]'),
  lower: ({ inputs, outputs, emit }) => {
    const [cotangent, logits, labels] = inputs as [Operand, Operand, Operand];
    const [batch, classes] = logits.shape as [number, number];
    emit({
      kernel: 'cross-entropy/gradient',
      uniforms: { batch, classes },
      bindings: { cotangent, logits, labels, output: outputs[0] as Operand },
      threads: batch,
      operations: 4 * logits.elements,
    });
  },
});
