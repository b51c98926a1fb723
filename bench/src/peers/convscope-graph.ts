import {
  ParameterSet,
  Plan,
  valueOf,
  type GpuDevice,
  type Graph,
  type Instance,
  type RunOptions,
  type TensorData,
} from '@convscope/gpu-engine';
import { queued, type Contender } from '../measure.ts';

export const CONVSCOPE = 'Convscope';

/** A graph on our engine, ready to run. */
export class ConvscopeGraph {
  readonly instance: Instance;

  /** `parameters` may hold more than the graph has. */
  static async create(
    device: GpuDevice,
    graph: Graph,
    parameters: ReadonlyMap<string, TensorData> | ParameterSet,
    outputs?: readonly string[],
  ): Promise<ConvscopeGraph> {
    const set = parameters instanceof ParameterSet ? parameters : await ParameterSet.create(device, parameters);
    const plan = await Plan.compile(device, graph, outputs === undefined ? {} : { outputs });
    return new ConvscopeGraph(await plan.instantiate(set));
  }

  private constructor(instance: Instance) {
    this.instance = instance;
  }

  /** Our side of a comparison, without reading anything back. `options` are asked for before every run. */
  contender(options: () => RunOptions = () => ({})): Contender {
    const { queue } = this.instance.plan.device.handle;
    const run = queued(
      () => this.instance.run(options()),
      async () => {
        await queue.onSubmittedWorkDone();
      },
    );
    return { name: CONVSCOPE, run };
  }

  /** Runs and reads one output, by its name or an alias, back. */
  async read(output: string, options: RunOptions = {}): Promise<Float32Array> {
    const results = await this.instance.run(options);
    const tensor = results.get(output) ?? results.get(valueOf(this.instance.plan.graph, output).name);
    if (tensor === undefined) throw new Error(`the plan does not give ${output}`);
    return (await tensor.read()).data as Float32Array;
  }

  /** Frees the plan and its parameters, which others may not use then. */
  dispose(): void {
    this.instance.dispose();
    this.instance.plan.dispose();
    this.instance.parameters.dispose();
  }
}
