import {
  float32Tensor,
  int32Tensor,
  Trainer,
  Plan,
  type GpuDevice,
  type Instance,
  type TensorData,
} from '@convscope/gpu-engine';
import { IMAGE, LEARNING_RATE, seedNetwork, type Batch } from '../seed-network.ts';

export interface SeedNetworkOptions {
  readonly batch: number;
  readonly dropout: number;
  readonly weights: ReadonlyMap<string, TensorData>;
}

/** The seed network on our engine: a trainer, and a plan for the forward pass over the same parameters. */
export class ConvscopeSeedNetwork {
  readonly name = 'Convscope';
  readonly #batch: number;
  readonly #trainer: Trainer;
  readonly #inference: Instance;

  static async create(
    device: GpuDevice,
    { batch, dropout, weights }: SeedNetworkOptions,
  ): Promise<ConvscopeSeedNetwork> {
    const inference = seedNetwork({ batch, dropout: 0 });
    const trainer = await Trainer.create(device, {
      training: seedNetwork({ batch, dropout }),
      inference,
      optimizer: { kind: 'adam' },
      seed: 1,
      parameters: weights,
    });
    const plan = await Plan.compile(device, inference);
    return new ConvscopeSeedNetwork(batch, trainer, await plan.instantiate(trainer.parameters));
  }

  private constructor(batch: number, trainer: Trainer, inference: Instance) {
    this.#batch = batch;
    this.#trainer = trainer;
    this.#inference = inference;
  }

  /** Logits [N, 10]. */
  async forward({ images }: Batch): Promise<Float32Array> {
    const results = await this.#inference.run({ inputs: { x: this.#images(images) } });
    const logits = await results.get('logits')?.read();
    if (logits?.dtype !== 'float32') throw new Error('the plan gives no logits');
    return logits.data as Float32Array;
  }

  /** The batch's mean loss before the step. */
  async step({ images, labels }: Batch): Promise<number> {
    const loss = await this.#trainer.step(this.#images(images), int32Tensor([this.#batch], labels), LEARNING_RATE);
    return (await loss.read()).data[0] as number;
  }

  dispose(): void {
    this.#inference.dispose();
    this.#inference.plan.dispose();
    this.#trainer.dispose();
  }

  #images(images: Float32Array): TensorData {
    return float32Tensor([this.#batch, 1, IMAGE, IMAGE], images);
  }
}
