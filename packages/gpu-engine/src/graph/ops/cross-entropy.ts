import { mayEqual } from '../dimension.ts';
import type { Operand } from '../lowering.ts';
import { defineOp } from '../op.ts';

/**
 * loss[n] = -log(softmax(logits[n])[labels[n]]); logits [N, K], labels int32 [N].
 * A label outside 0..K-1 leaves its row out: loss 0, gradient 0.
 */
export const crossEntropy = defineOp({
  name: 'crossEntropy',
  inputs: ['logits', 'labels'],
  outputs: [''],
  integerInputs: [1],
  attributes: {},
  infer: ({ inputs: [logits, labels], fail }) => {
    const fits =
      logits?.shape.length === 2 &&
      labels?.shape.length === 1 &&
      labels.dtype === 'int32' &&
      mayEqual(labels.shape[0], logits.shape[0]);
    return fits ? [{ dtype: 'float32', shape: labels.shape }] : fail('no logits and labels', '[N, K] and int32 [N]');
  },
  gradient: ({ node, cotangents, op }) => [
    op('crossEntropyGradient', [cotangents[0] as string, ...node.inputs]),
    undefined,
  ],
  lower: ({ inputs, outputs, emit }) => {
    const [logits, labels] = inputs as [Operand, Operand];
    const [batch, classes] = logits.shape as [number, number];
    emit({
      kernel: 'cross-entropy/forward',
      uniforms: { batch, classes },
      bindings: { logits, labels, output: outputs[0] as Operand },
      threads: batch,
      operations: 3 * logits.elements,
    });
  },
});
