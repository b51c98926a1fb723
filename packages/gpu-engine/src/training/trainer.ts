import { YIELDING_BUDGET } from '../device/backlog.ts';
import type { GpuDevice } from '../device/gpu-device.ts';
import type { Tensor } from '../device/tensor.ts';
import {
  ConvscopeError,
  specialize,
  throwIfCancelled,
  valueOf,
  type Graph,
  type KernelChoices,
  type TensorData,
} from '../graph/index.ts';
import type { Instance, RunOptions } from '../plan/instance.ts';
import { ParameterSet } from '../plan/parameter-set.ts';
import { Plan } from '../plan/plan.ts';
import { AUGMENTATION, augmentationMaps, augmented, type Augmentation } from './augmentation.ts';
import { checkLabelledImages, EvaluationSum, gatherImages, type Evaluation, type LabelledImages } from './evaluate.ts';
import { initializeParameters } from './initialize.ts';
import { isOptimizerState, optimizerScalars, type Optimizer } from './optimizers.ts';
import { Random } from './random.ts';
import { LABELS, trainingStep } from './training-step.ts';

export interface TrainerOptions {
  /** The network as it is trained (dropout, batch statistics), its batch bound to the size of the training batches. */
  readonly training: Graph;
  /** The network as it is used; its parameters are among those of `training`. Its batch `N` may be a symbol. */
  readonly inference: Graph;
  readonly optimizer: Optimizer;
  /** Decides fresh parameters and, at every step, the scalars of type int32, which are the seeds of dropout. */
  readonly seed: number;
  /** The input that takes pictures, in both graphs. Default: `x`. */
  readonly input?: string;
  /** The class scores [N, K], in both graphs. Default: `logits`. */
  readonly logits?: string;
  /** Moves the training pictures at random, on the GPU. Default: they stay as they are. */
  readonly augmentation?: Augmentation | undefined;
  /** Values to begin with, instead of fresh ones: weights, and an optimiser's state if it goes on. */
  readonly parameters?: ReadonlyMap<string, TensorData>;
  /** Steps already taken, where a training goes on. Default: 0. */
  readonly steps?: number;
  /** Kernels, as of the training that goes on; where none are given for a problem, as in all plans of the device. */
  readonly choices?: KernelChoices;
}

/**
 * A network in training: parameters and optimiser state on the GPU, one plan for a step and one for evaluation. Both
 * yield: other work on the device, over other parameters, goes between their submits, which are short.
 */
export class Trainer {
  readonly device: GpuDevice;
  /** Shared by training, evaluation and any further plan of the same network. */
  readonly parameters: ParameterSet;
  /** Pictures in one training batch. */
  readonly batch: number;
  readonly #options: TrainerOptions;
  readonly #input: string;
  readonly #logits: string;
  readonly #loss: string;
  readonly #training: Instance;
  readonly #evaluation: Instance;
  #steps: number;

  /** Compiles the plans and uploads the parameters. Throws as `trainingStep`, `Plan.compile` and `ParameterSet.create`. */
  static async create(device: GpuDevice, options: TrainerOptions): Promise<Trainer> {
    const { training, inference, optimizer, seed, input = 'x', logits = 'logits' } = options;
    const network = options.augmentation === undefined ? training : augmented(training, input);
    const step = trainingStep(network, { logits, optimizer });
    const batch = batchOf(training, input);
    const isOpen = inference.inputs.some((name) => valueOf(inference, name).shape[0] === 'N');
    const bound = isOpen ? specialize(inference, { N: batch }) : inference;
    const tensors = new Map([...initializeParameters(step.graph, seed), ...(options.parameters ?? [])]);
    const parameters = await ParameterSet.create(device, tensors);
    const made: { dispose: () => void }[] = [parameters];
    const choices = new Map([...device.kernelChoices, ...(options.choices ?? [])]);
    const instance = async (graph: Graph, outputs: readonly string[]): Promise<Instance> => {
      const operationsPerSubmit = YIELDING_BUDGET[device.adapter.class].submit;
      const plan = await Plan.compile(device, graph, { outputs, choices, operationsPerSubmit });
      made.push(plan);
      const instantiated = await plan.instantiate(parameters);
      made.push(instantiated);
      return instantiated;
    };
    try {
      const trainingInstance = await instance(step.graph, [step.loss]);
      const evaluationInstance = await instance(bound, [logits]);
      return new Trainer(device, options, parameters, batch, step.loss, trainingInstance, evaluationInstance);
    } catch (error) {
      for (const part of made.toReversed()) part.dispose();
      throw error;
    }
  }

  private constructor(
    device: GpuDevice,
    options: TrainerOptions,
    parameters: ParameterSet,
    batch: number,
    loss: string,
    training: Instance,
    evaluation: Instance,
  ) {
    this.device = device;
    this.#options = options;
    this.parameters = parameters;
    this.batch = batch;
    this.#input = options.input ?? 'x';
    this.#logits = options.logits ?? 'logits';
    this.#loss = loss;
    this.#training = training;
    this.#evaluation = evaluation;
    this.#steps = options.steps ?? 0;
  }

  /** Steps taken so far. */
  get steps(): number {
    return this.#steps;
  }

  /** The kernels that the training takes: with the same ones, it goes on with the same bits. */
  get choices(): KernelChoices {
    return new Map([...this.#evaluation.plan.choices, ...this.#training.plan.choices]);
  }

  /** One run of it is one step of training. */
  get graph(): Graph {
    return this.#training.plan.graph;
  }

  /** What the next step's run is given. Throws `invalid-parameter` where the learning rate is not usable. */
  runOptions(images: TensorData, labels: TensorData, learningRate: number): RunOptions {
    const { graph } = this;
    const step = this.#steps + 1;
    const scalars = optimizerScalars(this.#options.optimizer, { step, learningRate });
    graph.scalars.forEach((name, index) => {
      if (valueOf(graph, name).dtype === 'int32') {
        scalars[name] = new Random(this.#options.seed, step, index).bits() | 0;
      }
    });
    const inputs: Record<string, TensorData> = { [this.#input]: images, [LABELS]: labels };
    const { augmentation, seed } = this.#options;
    if (augmentation !== undefined) {
      inputs[AUGMENTATION] = augmentationMaps(augmentation, { seed, step, batch: this.batch });
    }
    return { inputs, scalars };
  }

  /**
   * Takes one step on a batch of `this.batch` pictures; labels of -1 leave their rows out.
   *
   * @returns the batch's mean loss before the step, on the GPU, which holds until the next step.
   */
  async step(images: TensorData, labels: TensorData, learningRate: number): Promise<Tensor> {
    const results = await this.#training.run({ ...this.runOptions(images, labels, learningRate), yields: true });
    this.#steps += 1;
    return results.get(this.#loss) as Tensor;
  }

  /** Loss and accuracy of the network as it is used. Throws `cancelled`. */
  async evaluate(data: LabelledImages, signal?: AbortSignal): Promise<Evaluation> {
    checkLabelledImages(data);
    const { images, labels } = data;
    const sum = new EvaluationSum();
    const size = batchOf(this.#evaluation.plan.graph, this.#input);
    for (let start = 0; start < labels.data.length; start += size) {
      throwIfCancelled(signal);
      const end = Math.min(start + size, labels.data.length);
      const rows = Array.from({ length: end - start }, (_, index) => start + index);
      const results = await this.#evaluation.run({
        inputs: { [this.#input]: gatherImages(images, rows, size) },
        signal,
        yields: true,
      });
      const logits = await (results.get(this.#logits) as Tensor).read();
      sum.add(logits as TensorData<'float32'>, labels.data.subarray(start, end));
    }
    return sum.result();
  }

  /** The network's parameters as they are now, without the optimiser's state. */
  async read(): Promise<Map<string, TensorData>> {
    return this.parameters.read(this.parameters.names.filter((name) => !isOptimizerState(name)));
  }

  /** All that a training goes on from, together with the number of steps: parameters and the optimiser's state. */
  async readAll(): Promise<Map<string, TensorData>> {
    return this.parameters.read();
  }

  dispose(): void {
    for (const instance of [this.#training, this.#evaluation]) {
      instance.dispose();
      instance.plan.dispose();
    }
    this.parameters.dispose();
  }
}

function batchOf(graph: Graph, input: string): number {
  const batch = graph.inputs.includes(input) ? valueOf(graph, input).shape[0] : undefined;
  if (typeof batch === 'number') return batch;
  throw new ConvscopeError('invalid-graph', 'training wants an input for pictures with a batch of known size', {
    got: batch === undefined ? `no input named ${input}` : `${input} with a batch of ${batch}`,
    wanted: 'a number',
  });
}
