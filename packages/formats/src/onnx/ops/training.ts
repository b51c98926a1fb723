import { float32Tensor, int32Tensor } from '@convscope/gpu-engine/graph';
import type { Importer } from '../node-context.ts';

/** Networks are read as they are used: Dropout passes its input on, and keeps everything. */
const dropout: Importer = (context) => {
  const isTraining = context.opset >= 12 && (context.numbers(2)?.[0] ?? 0) !== 0;
  const ratio = context.numbers(1)?.[0] ?? context.attributes.number('ratio', 0.5);
  if (isTraining && ratio !== 0) context.unsupported('dropout that drops (training mode)');
  if (context.hasOutput(1)) {
    const shape = context.shape(0);
    if (shape.some((size) => typeof size === 'string')) {
      // Exporters name the mask, but hardly a network uses it.
      context.values.setUnknown(context.attributes.node.output[1] ?? '', context.attributes);
      return context.passInput(0);
    }
    const kept = context.madeConstant(
      'kept',
      context.opset < 10 ? float32Tensor([], [1]) : int32Tensor([], Int32Array.of(1)),
    );
    context.output('expand', [kept], { shape: shape as readonly number[] }, 1);
  }
  context.passInput(0);
};

export const training: readonly (readonly [string, Importer])[] = [['Dropout', dropout]];
