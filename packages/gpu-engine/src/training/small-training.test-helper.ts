import type { GpuDevice } from '../device/gpu-device.ts';
import {
  float32Tensor,
  GraphBuilder,
  int32Tensor,
  type Dimension,
  type Graph,
  type TensorData,
} from '../graph/index.ts';
import type { FitOptions } from './fit.ts';
import { Random } from './random.ts';
import { Trainer, type TrainerOptions } from './trainer.ts';

/** Convolution, dropout, dense, for pictures of 6 x 6 of four classes; or with the logarithm of its input in front. */
export function smallNetwork(
  batch: Dimension,
  { dropout, logarithm = false }: { dropout: boolean; logarithm?: boolean },
): Graph {
  const builder = new GraphBuilder();
  const x = builder.input('x', 'float32', [batch, 1, 6, 6]);
  const normal = { initial: { kind: 'normal', standardDeviation: 0.3 } } as const;
  const start = logarithm ? builder.op('log', [x], {}, 'logarithm') : x;
  const conv = builder.op('conv2d', [start, builder.parameter('conv.weight', [3, 1, 3, 3], normal)], {}, 'conv');
  let flat = builder.op('flatten', [builder.op('relu', [conv])]);
  if (dropout) flat = builder.op('dropout', [flat, builder.scalar('seed', 'int32')], { rate: 0.3 });
  builder.output(builder.op('dense', [flat, builder.parameter('dense.weight', [4, 48], normal)], {}, 'logits'));
  return builder.build();
}

export function smallPictures(count: number): { images: TensorData<'float32'>; labels: TensorData<'int32'> } {
  const random = new Random(9);
  const images = float32Tensor([count, 1, 6, 6]);
  for (let index = 0; index < images.data.length; index++) images.data[index] = random.uniform(0.1, 1);
  const labels = Array.from({ length: count }, (_, row) => row % 4);
  return { images, labels: int32Tensor([count], labels) };
}

/** With dropout; by default Adam and moved pictures too: all that draws random numbers. */
export async function smallTrainer(
  device: GpuDevice,
  more: Pick<TrainerOptions, 'augmentation' | 'parameters' | 'steps'> & Partial<Pick<TrainerOptions, 'optimizer'>> = {},
): Promise<Trainer> {
  return Trainer.create(device, {
    training: smallNetwork(4, { dropout: true }),
    inference: smallNetwork('N', { dropout: false }),
    optimizer: { kind: 'adam' },
    seed: 4,
    augmentation: { shift: 0.1, rotation: 10, scale: 0.1 },
    ...more,
  });
}

const data = smallPictures(24);

/** 18 steps in 3 epochs. */
export const smallFit: FitOptions = {
  data,
  validation: data,
  epochs: 3,
  learningRate: { kind: 'cosine', learningRate: 0.02, final: 0.001 },
  seed: 4,
  lossEvery: 3,
};
