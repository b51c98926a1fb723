import { encodeCopy } from '../device/chunks.ts';
import { Tensor } from '../device/tensor.ts';
import { ConvscopeError, GraphBuilder, valueOf, type Graph, type TensorData } from '../graph/index.ts';
import type { Instance, RunOptions } from '../plan/instance.ts';
import { Plan } from '../plan/plan.ts';
import type { Trainer } from './trainer.ts';

/** A step that was taken, so that it can be taken again. */
interface TakenStep {
  readonly step: number;
  readonly options: RunOptions;
}

/**
 * Finds where a training broke. It keeps a copy of the parameters and of the optimiser's state as they were when all
 * was last well, and the batches since then. When the loss, a parameter or the state has become NaN or infinite, the
 * steps are taken again from there, with every value looked at. What is asked are the bits: comparisons and the ReLU
 * hide a NaN on some adapters.
 */
export class NonFiniteWatch {
  readonly #trainer: Trainer;
  readonly #plan: Plan;
  readonly #instance: Instance;
  readonly #kept: ReadonlyMap<string, Tensor>;
  #taken: TakenStep[] = [];

  /** The parameters as they are now count as well. Throws `out-of-memory`: it doubles their memory. */
  static async create(trainer: Trainer): Promise<NonFiniteWatch> {
    const { device, parameters, graph } = trainer;
    const plan = await Plan.compile(device, healthGraph(graph), { outputs: [COUNT] });
    const kept = new Map<string, Tensor>();
    try {
      const instance = await plan.instantiate(parameters);
      for (const name of parameters.names) {
        const { dtype, shape } = parameters.tensor(name);
        kept.set(name, await Tensor.allocate(device, dtype, shape));
      }
      const watch = new NonFiniteWatch(trainer, plan, instance, kept);
      await watch.#keep();
      return watch;
    } catch (error) {
      for (const tensor of kept.values()) tensor.dispose();
      plan.dispose();
      throw error;
    }
  }

  private constructor(trainer: Trainer, plan: Plan, instance: Instance, kept: ReadonlyMap<string, Tensor>) {
    this.#trainer = trainer;
    this.#plan = plan;
    this.#instance = instance;
    this.#kept = kept;
  }

  /** Notes the step that the trainer takes next. */
  record(images: TensorData, labels: TensorData, learningRate: number): void {
    const step = this.#trainer.steps + 1;
    this.#taken.push({ step, options: this.#trainer.runOptions(images, labels, learningRate) });
  }

  /**
   * Call it whenever the loss was read. Throws `non-finite`, naming the first node that made a NaN or an infinity and
   * the step; the trainer's parameters are then as they were after that step.
   */
  async check(loss: number): Promise<void> {
    const results = await this.#instance.run();
    const count = (await (results.get(COUNT) as Tensor).read()).data[0] as number;
    if (count > 0 || !Number.isFinite(loss)) await this.#trace();
    await this.#keep();
  }

  dispose(): void {
    for (const tensor of this.#kept.values()) tensor.dispose();
    this.#instance.dispose();
    this.#plan.dispose();
  }

  async #keep(): Promise<void> {
    await this.#copy((name) => [this.#trainer.parameters.tensor(name), this.#kept.get(name) as Tensor]);
    this.#taken = [];
  }

  async #trace(): Promise<never> {
    const { device, parameters, graph } = this.#trainer;
    await this.#copy((name) => [this.#kept.get(name) as Tensor, parameters.tensor(name)]);
    for (const name of parameters.names) parameters.touch(name);
    const outputs = graph.nodes
      .flatMap((node) => node.outputs)
      .filter((name) => valueOf(graph, name).dtype === 'float32');
    const plan = await Plan.compile(device, graph, { outputs });
    try {
      const instance = await plan.instantiate(parameters);
      try {
        for (const { step, options } of this.#taken) {
          const results = await instance.run(options);
          for (const name of outputs) {
            const { data } = await (results.get(name) as Tensor).read();
            const bad = data.find((value) => !Number.isFinite(value));
            if (bad !== undefined) throw nonFinite(graph, name, step, bad, options);
          }
        }
      } finally {
        instance.dispose();
      }
    } finally {
      plan.dispose();
    }
    throw new ConvscopeError(
      'non-finite',
      'the loss or a parameter is not finite, and no node could be found that made it',
    );
  }

  async #copy(pair: (name: string) => readonly [from: Tensor, to: Tensor]): Promise<void> {
    const { device, parameters } = this.#trainer;
    await device.exclusive(async () => {
      const encoder = device.handle.createCommandEncoder();
      for (const name of parameters.names) {
        const [from, to] = pair(name);
        encodeCopy(encoder, from.pieces, to.pieces);
      }
      device.handle.queue.submit([encoder.finish()]);
    });
  }
}

const COUNT = 'nonFiniteCount';

/** How many elements of all float32 parameters are NaN or infinite: one number. */
function healthGraph({ parameters, ...graph }: Graph): Graph {
  const builder = new GraphBuilder();
  let total: string | undefined;
  for (const name of parameters.keys()) {
    const { dtype, shape } = valueOf({ parameters, ...graph }, name);
    if (dtype !== 'float32') continue;
    builder.parameter(name, shape as readonly number[]);
    const isBad = builder.op('or', [builder.op('isNan', [name]), builder.op('isInf', [name])]);
    const count = builder.op('reduceSum', [builder.op('cast', [isBad], { to: 'float32' })]);
    total = total === undefined ? count : builder.op('add', [total, count]);
  }
  builder.alias(COUNT, total ?? '');
  builder.output(COUNT);
  return builder.build();
}

function nonFinite(
  graph: Graph,
  value: string,
  step: number,
  bad: number,
  { inputs = {} }: RunOptions,
): ConvscopeError {
  const node = graph.producers.get(value)?.name ?? value;
  const isGiven = Object.values(inputs).some(
    (input) => 'data' in input && input.data.some((element) => !Number.isFinite(element)),
  );
  const op = graph.producers.get(value)?.op ?? 'node';
  const cause = isGiven ? ', and the pictures of the batch hold numbers that are not finite' : '';
  return new ConvscopeError('non-finite', `the training broke at step ${step}: this ${op} made ${bad} first${cause}`, {
    node,
    got: String(bad),
    wanted: 'finite numbers; a lower learning rate often helps',
  });
}
