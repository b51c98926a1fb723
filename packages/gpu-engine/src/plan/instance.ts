import { encodeCopy } from '../device/chunks.ts';
import { Tensor } from '../device/tensor.ts';
import { ConvscopeError, shapeText, throwIfCancelled, valueOf, type TensorData } from '../graph/index.ts';
import { batchedDispatches, commandsOfSteps } from './batched-dispatches.ts';
import type { DerivedParameter, ParameterSet } from './parameter-set.ts';
import type { Plan } from './plan.ts';
import { Recorder, type Command } from './recorder.ts';
import { Resolver, type InstanceMemory } from './resolver.ts';
import { BINDING_ALIGNMENT } from './uniforms.ts';

interface Refresh {
  readonly sources: readonly string[];
  readonly derived: DerivedParameter;
  readonly commands: readonly Command[];
}

export interface RunOptions {
  /** The graph's inputs by name: CPU data, or tensors of the same device, which are copied. */
  readonly inputs?: Readonly<Record<string, TensorData | Tensor>>;
  /** The graph's scalars by name. */
  readonly scalars?: Readonly<Record<string, number>>;
  readonly signal?: AbortSignal | undefined;
  /** Other work on the device goes first, also between the submits of this run, but for work on the same parameters. */
  readonly yields?: boolean | undefined;
}

/** A plan bound to parameters, with buffers of its own for inputs and intermediate values. */
export class Instance {
  readonly plan: Plan;
  readonly parameters: ParameterSet;
  readonly #inputs: ReadonlyMap<string, Tensor>;
  readonly #scalars: GPUBuffer;
  /** Every buffer that the instance has to give back, but those of the inputs. */
  readonly #owned: readonly GPUBuffer[];
  /** One a step; none for a step that an earlier one's dispatch does along with its own. */
  readonly #commands: readonly (Command | undefined)[];
  readonly #refreshes: readonly Refresh[];
  readonly #results: ReadonlyMap<string, readonly GPUBuffer[]>;
  #generation = 0;
  #disposed = false;

  /** Allocates the buffers and prepares every bind group. Use {@link Plan.instantiate}. */
  static async create(plan: Plan, parameters: ParameterSet): Promise<Instance> {
    const { device, graph, memory } = plan;
    const inputs = new Map<string, Tensor>();
    let owned: GPUBuffer[] = [];
    try {
      for (const name of graph.inputs) {
        const { dtype, shape } = valueOf(graph, name);
        inputs.set(name, await Tensor.allocate(device, dtype, shape as readonly number[]));
      }
      owned = await device.memory.allocate([Math.max(1, graph.scalars.length) * BINDING_ALIGNMENT, ...memory.slots]);
      const derived = new Map<string, DerivedParameter>();
      for (const [name, use] of plan.derived) derived.set(name, await parameters.derived(use.sources, use.transform));
      const [scalars, ...slots] = owned as [GPUBuffer, ...GPUBuffer[]];
      const places = { parameters, inputs, scalars, slots, derived };
      const resolver = new Resolver(plan, places);
      const batched = batchedDispatches(plan, resolver);
      const tables = await device.memory.allocate(batched.map((dispatch) => dispatch.places.byteLength));
      owned.push(...tables);
      plan.assertUsable();
      parameters.assertUsable();
      return new Instance(plan, places, owned, resolver, commandsOfSteps(plan, resolver, batched, tables));
    } catch (error) {
      for (const tensor of inputs.values()) tensor.dispose();
      device.memory.release(owned);
      throw error;
    }
  }

  private constructor(
    plan: Plan,
    memory: InstanceMemory,
    owned: readonly GPUBuffer[],
    resolver: Resolver,
    commands: readonly (Command | undefined)[],
  ) {
    this.plan = plan;
    this.parameters = memory.parameters;
    this.#inputs = memory.inputs;
    this.#scalars = memory.scalars;
    this.#owned = owned;
    this.#commands = commands;
    this.#refreshes = [...plan.derived].map(([name, { sources, prepared }]) => ({
      sources,
      derived: memory.derived.get(name) as DerivedParameter,
      commands: prepared.map((call) => ({
        kind: 'dispatch',
        call,
        bindGroup: resolver.bindGroup(call),
        nodes: sources,
      })),
    }));
    this.#results = new Map([...plan.results].map(([value, storage]) => [value, resolver.buffers(storage)]));
  }

  /**
   * Queues one run and gives the asked-for values, which stay on the GPU and hold until this instance runs again.
   * Throws `unknown-name` or `invalid-tensor` for inputs that are missing, unknown or of another shape, `cancelled`,
   * `device-lost`.
   */
  async run({ inputs = {}, scalars = {}, signal, yields = false }: RunOptions = {}): Promise<
    ReadonlyMap<string, Tensor>
  > {
    this.#assertUsable();
    const { device, graph } = this.plan;
    checkNames('input', Object.keys(inputs), graph.inputs);
    checkNames('scalar', Object.keys(scalars), graph.scalars);
    return device.exclusive(
      async () => {
        throwIfCancelled(signal);
        this.#write(inputs, scalars);
        await (yields ? this.#submitYielding() : this.#submit(signal));
        for (const name of this.plan.updated) this.parameters.touch(name);
        return this.#outputs();
      },
      { over: this.parameters.owner, yields },
    );
  }

  /**
   * Writes the inputs and has `work` submit the commands of the steps in its own way; one command a step, none for a step
   * that an earlier one's dispatch does along with its own. For measurements; see `profileRun`.
   */
  async submitBy<T>(
    { inputs = {}, scalars = {} }: Pick<RunOptions, 'inputs' | 'scalars'>,
    work: (commands: readonly (Command | undefined)[]) => Promise<T>,
  ): Promise<T> {
    this.#assertUsable();
    const { device, graph } = this.plan;
    checkNames('input', Object.keys(inputs), graph.inputs);
    checkNames('scalar', Object.keys(scalars), graph.scalars);
    return device.exclusive(async () => {
      this.#write(inputs, scalars);
      const recorder = new Recorder(device.handle);
      this.#refresh(recorder);
      device.handle.queue.submit([recorder.finish()]);
      await device.idle();
      const result = await work(this.#commands);
      for (const name of this.plan.updated) this.parameters.touch(name);
      return result;
    });
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    for (const tensor of this.#inputs.values()) tensor.dispose();
    this.plan.device.memory.release(this.#owned);
  }

  #write(inputs: NonNullable<RunOptions['inputs']>, scalars: Readonly<Record<string, number>>): void {
    this.#assertUsable();
    // An input may be a result of this instance's last run, which is stale once the next one begins.
    const given = [...this.#inputs].map(([name, own]) => this.#checkedInput(name, own, inputs[name]));
    this.#generation += 1;
    given.forEach(([own, tensor]) => this.#writeInput(own, tensor));
    this.#writeScalars(scalars);
  }

  #outputs(): ReadonlyMap<string, Tensor> {
    const { device, graph, outputs } = this.plan;
    const generation = this.#generation;
    const isStale = () => this.#disposed || generation !== this.#generation;
    const tensors = new Map<string, Tensor>();
    for (const [name, value] of outputs) {
      const { dtype, shape } = valueOf(graph, value);
      const buffers = this.#results.get(value) as readonly GPUBuffer[];
      tensors.set(name, new Tensor(device, dtype, shape as readonly number[], buffers, { isStale }));
    }
    return tensors;
  }

  #checkedInput(name: string, own: Tensor, given: TensorData | Tensor | undefined) {
    const [got, wanted] = [given, own].map((tensor) =>
      tensor === undefined ? 'nothing' : `${tensor.dtype} ${shapeText(tensor.shape)}`,
    ) as [string, string];
    if (
      given === undefined ||
      got !== wanted ||
      (!(given instanceof Tensor) && given.data.length * 4 !== own.byteLength)
    ) {
      throw new ConvscopeError('invalid-tensor', 'the input does not fit the plan', { node: name, got, wanted });
    }
    if (given instanceof Tensor) {
      given.assertUsable();
      if (given.device !== own.device) {
        throw new ConvscopeError('invalid-tensor', 'the input lies on another device', { node: name });
      }
    }
    return [own, given] as const;
  }

  #writeInput(own: Tensor, given: TensorData | Tensor): void {
    if (!(given instanceof Tensor)) {
      own.write(given);
      return;
    }
    const encoder = this.plan.device.handle.createCommandEncoder();
    encodeCopy(encoder, given.pieces, own.pieces);
    this.plan.device.handle.queue.submit([encoder.finish()]);
  }

  #writeScalars(scalars: Readonly<Record<string, number>>): void {
    const names = this.plan.graph.scalars;
    if (names.length === 0) return;
    const bytes = new DataView(new ArrayBuffer(names.length * BINDING_ALIGNMENT));
    names.forEach((name, index) => {
      const value = scalars[name] as number;
      const isInteger = valueOf(this.plan.graph, name).dtype === 'int32';
      if (isInteger) bytes.setInt32(index * BINDING_ALIGNMENT, value, true);
      else bytes.setFloat32(index * BINDING_ALIGNMENT, value, true);
    });
    this.plan.device.handle.queue.writeBuffer(this.#scalars, 0, bytes.buffer);
  }

  async #submit(signal: AbortSignal | undefined): Promise<void> {
    const { device, cuts } = this.plan;
    const { queue } = device.handle;
    const recorder = new Recorder(device.handle);
    this.#refresh(recorder);
    let before: Promise<unknown> | undefined;
    for (const [index, command] of this.#commands.entries()) {
      recorder.add(command);
      if (!cuts.has(index)) continue;
      queue.submit([recorder.finish()]);
      if (cuts.size === 1) return;
      // At most two submits wait at a time, so that others can draw and a run can be cancelled.
      const done = queue.onSubmittedWorkDone().catch(() => undefined);
      if (before !== undefined) await device.waitFor(before);
      this.#assertUsable();
      before = done;
      if (this.plan.updated.length === 0) throwIfCancelled(signal);
    }
    if (before !== undefined) await device.waitFor(before);
    this.#assertUsable();
  }

  async #submitYielding(): Promise<void> {
    const { device, cuts } = this.plan;
    const recorder = new Recorder(device.handle);
    this.#refresh(recorder);
    for (const [index, command] of this.#commands.entries()) {
      recorder.add(command);
      const operations = cuts.get(index);
      if (operations === undefined) continue;
      await device.submitYielding(() => recorder.finish(), operations);
      this.#assertUsable();
    }
  }

  /** Computes again what is derived from parameters that have changed. */
  #refresh(recorder: Recorder): void {
    for (const { sources, derived, commands } of this.#refreshes) {
      const version = this.parameters.versionOf(sources);
      if (derived.version === version) continue;
      for (const command of commands) recorder.add(command);
      derived.version = version;
    }
  }

  #assertUsable(): void {
    this.plan.assertUsable();
    this.parameters.assertUsable();
    if (this.#disposed) throw new ConvscopeError('disposed', 'the instance was disposed of');
  }
}

function checkNames(what: string, given: readonly string[], wanted: readonly string[]): void {
  const missing = wanted.filter((name) => !given.includes(name));
  const unknown = given.filter((name) => !wanted.includes(name));
  if (missing.length === 0 && unknown.length === 0) return;
  throw new ConvscopeError('unknown-name', `the ${what}s of the run are not those of the plan`, {
    got: given.join(', ') || 'none',
    wanted: wanted.join(', ') || 'none',
  });
}
