import { ParameterSet, Plan, type GpuDevice, type Instance, type RunOptions, type Tensor } from '@convscope/gpu-engine';
import {
  ConvscopeError,
  float32Tensor,
  throwIfCancelled,
  valueOf,
  withInputShapes,
  type Graph,
  type TensorData,
} from '@convscope/gpu-engine/graph';
import type { Model } from '@convscope/formats';
import type { Explanation, ExplanationRequest, Method, MethodResult } from './method.ts';
import { remarkFor } from './applicability.ts';
import { freeBatch } from './free-batch.ts';
import { completeParameters } from './parameters.ts';
import { softmax } from './signal/softmax.ts';

/** Plans kept for reuse; the one that was not used for longest goes first. */
const MOST_PLANS = 24;

export interface ClassScore {
  readonly index: number;
  readonly label: string;
  readonly logit: number;
  readonly probability: number;
}

/** A model on a device: owns its parameters and the plans made for it. */
export class Session {
  readonly device: GpuDevice;
  readonly parameters: ParameterSet;
  readonly #ownsParameters: boolean;
  #model: Model;
  /** The network for batches of any size; undefined where there is none. */
  readonly #free: Graph | undefined;
  readonly #instances = new Map<string, Promise<Instance>>();
  readonly #graphs = new Map<string, Graph>();
  #disposed = false;

  /** Uploads the model's parameters, or shares those given (of a training, say), which stay the caller's. */
  static async create(device: GpuDevice, model: Model, parameters?: ParameterSet): Promise<Session> {
    const own = parameters ?? (await ParameterSet.create(device, model.parameters));
    return new Session(device, model, own, parameters === undefined);
  }

  private constructor(device: GpuDevice, model: Model, parameters: ParameterSet, ownsParameters: boolean) {
    this.device = device;
    this.#model = model;
    this.#free = freeBatch(model);
    this.parameters = parameters;
    this.#ownsParameters = ownsParameters;
  }

  get model(): Model {
    return this.#model;
  }

  /**
   * The same network with other labels, preprocessing or notes, from now on; parameters and plans stay on the device.
   * Throws `invalid-parameter` where it is another network.
   */
  describeAs(model: Model): void {
    const { graph, input, logits } = this.#model;
    if (model.graph !== graph || model.input !== input || model.logits !== logits) {
      throw new ConvscopeError('invalid-parameter', 'another network needs a session of its own', {
        got: model.name,
        wanted: this.#model.name,
      });
    }
    this.#model = model;
  }

  /**
   * The only batch that the network can compute, where its file fixes one and some node depends on it; undefined where
   * any will do.
   */
  get fixedBatch(): number | undefined {
    if (this.#free !== undefined) return undefined;
    const [batch] = valueOf(this.#model.graph, this.#model.input).shape;
    return typeof batch === 'number' ? batch : undefined;
  }

  /** The model's graph for inputs of this shape. Throws `invalid-shape` where the network cannot take it. */
  graphFor(input: Pick<TensorData, 'shape'>): Graph {
    const key = input.shape.join('x');
    let graph = this.#graphs.get(key);
    if (graph === undefined) {
      const { fixedBatch } = this;
      if (fixedBatch !== undefined && input.shape[0] !== fixedBatch) {
        throw new ConvscopeError('invalid-shape', 'a node of the network depends on the size of its batch', {
          node: this.model.input,
          got: `${input.shape[0]} pictures`,
          wanted: String(fixedBatch),
        });
      }
      graph = withInputShapes(this.#free ?? this.model.graph, new Map([[this.model.input, input.shape]]));
      this.#graphs.set(key, graph);
    }
    return graph;
  }

  /**
   * Runs the graph that `build` gives, compiling it only once for each key. The outputs hold until the same key is
   * run again; keys name everything that the graph depends on but the input's shape and the values of inputs.
   */
  async run(
    key: string,
    input: Pick<TensorData, 'shape'>,
    build: (graph: Graph) => Graph,
    options: RunOptions,
  ): Promise<ReadonlyMap<string, Tensor>> {
    if (this.#disposed) throw new ConvscopeError('disposed', 'the session was disposed of');
    const fullKey = `${key} ${input.shape.join('x')}`;
    let instance = this.#instances.get(fullKey);
    if (instance === undefined) {
      instance = this.#instantiate(build(this.graphFor(input)));
      instance.catch(() => this.#instances.delete(fullKey));
    }
    this.#instances.delete(fullKey);
    this.#instances.set(fullKey, instance);
    this.#forgetOldest();
    return (await instance).run(options);
  }

  /** The scores of all classes for each picture, best first. */
  async predict(input: TensorData<'float32'>, signal?: AbortSignal): Promise<readonly (readonly ClassScore[])[]> {
    const { shape, data } = await this.logits(input, signal);
    const classes = shape[1] as number;
    return Array.from({ length: shape[0] as number }, (_, n) =>
      scores(Array.from(data.subarray(n * classes, (n + 1) * classes)), this.model.labels),
    );
  }

  /**
   * The logits [N, classes] of pictures [N, C, H, W] in CPU or GPU memory; one after the other where the network takes
   * no more than one at a time.
   */
  async logits(input: TensorData<'float32'> | Tensor, signal?: AbortSignal): Promise<TensorData> {
    const { input: inputName, logits } = this.model;
    const build = (graph: Graph): Graph => ({ ...graph, outputs: [valueOf(graph, logits).name] });
    const one = async (pictures: TensorData<'float32'> | Tensor): Promise<TensorData> => {
      const results = await this.run('predict', pictures, build, { inputs: { [inputName]: pictures }, signal });
      return (results.values().next().value as Tensor).read();
    };
    const [count = 1, ...single] = input.shape;
    if (this.fixedBatch !== 1 || count === 1) return one(input);
    const { data } = 'read' in input ? ((await input.read()) as TensorData<'float32'>) : input;
    const size = data.length / count;
    const rows: TensorData[] = [];
    for (let n = 0; n < count; n++) {
      const picture = data.subarray(n * size, (n + 1) * size);
      rows.push(await one({ dtype: 'float32', shape: [1, ...single], data: picture }));
    }
    return float32Tensor(
      [count, rows[0]?.shape[1] ?? 0],
      rows.flatMap((row) => Array.from(row.data)),
    );
  }

  /**
   * Runs a method. The result is the caller's to dispose of. Throws `invalid-parameter`, `unknown-name`,
   * `invalid-shape`, `cancelled`, `device-lost`, `out-of-memory`.
   */
  async explain(method: Method, request: ExplanationRequest): Promise<Explanation> {
    throwIfCancelled(request.signal);
    const parameters = completeParameters(method, request.parameters);
    const { remarks = [], measures, ...result } = await method.run(this, { ...request, parameters });
    request.onProgress?.(1);
    const general = [remarkFor(method, this.#model), method.caveat].filter((remark) => remark !== undefined);
    return {
      ...result,
      ...(measures === undefined ? {} : { measures: perPicture(measures) }),
      method: method.name,
      remarks: [...remarks, ...general],
      dispose: () => result.tensor.dispose(),
    };
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    for (const instance of this.#instances.values()) discard(instance);
    this.#instances.clear();
    if (this.#ownsParameters) this.parameters.dispose();
  }

  async #instantiate(graph: Graph): Promise<Instance> {
    const plan = await Plan.compile(this.device, graph);
    try {
      return await plan.instantiate(this.parameters);
    } catch (error) {
      plan.dispose();
      throw error;
    }
  }

  #forgetOldest(): void {
    if (this.#instances.size <= MOST_PLANS) return;
    for (const [key, instance] of this.#instances) {
      this.#instances.delete(key);
      discard(instance);
      return;
    }
  }
}

function perPicture(measures: NonNullable<MethodResult['measures']>): NonNullable<Explanation['measures']> {
  return Object.fromEntries(
    Object.entries(measures).map(([name, value]) => [name, typeof value === 'number' ? [value] : value]),
  );
}

function discard(instance: Promise<Instance>): void {
  const dispose = (made: Instance): void => {
    made.dispose();
    made.plan.dispose();
  };
  instance.then(dispose, () => undefined);
}

function scores(logits: readonly number[], labels: readonly string[]): ClassScore[] {
  const probabilities = softmax(logits);
  return logits
    .map((logit, index) => ({
      index,
      label: labels[index] ?? String(index),
      logit,
      probability: probabilities[index] as number,
    }))
    .sort((a, b) => b.logit - a.logit || a.index - b.index);
}
