import { Tensor } from '../device/tensor.ts';
import { ConvscopeError, shapeText, throwIfCancelled, valueOf, type Operand, type TensorData } from '../graph/index.ts';
import { kernelEntry } from '../device/pipeline-cache.ts';
import { chunkIndex } from './memory.ts';
import type { DerivedParameter, ParameterSet } from './parameter-set.ts';
import type { Plan, PreparedCall } from './plan.ts';
import { BINDING_ALIGNMENT } from './uniforms.ts';

type Command =
  | { readonly kind: 'dispatch'; readonly call: PreparedCall; readonly bindGroup: GPUBindGroup }
  | { readonly kind: 'copy'; readonly from: readonly GPUBuffer[]; readonly to: readonly GPUBuffer[] };

interface Refresh {
  readonly source: string;
  readonly derived: DerivedParameter;
  readonly commands: readonly Command[];
}

export interface RunOptions {
  /** The graph's inputs by name: CPU data, or tensors of the same device, which are copied. */
  readonly inputs?: Readonly<Record<string, TensorData | Tensor>>;
  /** The graph's scalars by name. */
  readonly scalars?: Readonly<Record<string, number>>;
  readonly signal?: AbortSignal | undefined;
}

/** A plan bound to parameters, with buffers of its own for inputs and intermediate values. */
export class Instance {
  readonly plan: Plan;
  readonly parameters: ParameterSet;
  readonly #inputs: ReadonlyMap<string, Tensor>;
  readonly #scalars: GPUBuffer;
  readonly #slots: readonly GPUBuffer[];
  readonly #commands: readonly Command[];
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
      for (const [key, use] of plan.derived) derived.set(key, await parameters.derived(use.source, use.transform));
      return new Instance(plan, parameters, inputs, owned, derived);
    } catch (error) {
      for (const tensor of inputs.values()) tensor.dispose();
      device.memory.release(owned);
      throw error;
    }
  }

  private constructor(
    plan: Plan,
    parameters: ParameterSet,
    inputs: ReadonlyMap<string, Tensor>,
    [scalars, ...slots]: readonly GPUBuffer[],
    derived: ReadonlyMap<string, DerivedParameter>,
  ) {
    this.plan = plan;
    this.parameters = parameters;
    this.#inputs = inputs;
    this.#scalars = scalars as GPUBuffer;
    this.#slots = slots;
    const resolver = new Resolver(plan, parameters, inputs, this.#scalars, slots, derived);
    this.#commands = plan.steps.map((step) =>
      step.kind === 'dispatch'
        ? { kind: 'dispatch', call: step, bindGroup: resolver.bindGroup(step, step.node) }
        : { kind: 'copy', from: resolver.buffers(step.from.name), to: resolver.buffers(step.to.name) },
    );
    this.#refreshes = [...plan.derived].map(([key, { source, prepared }]) => ({
      source,
      derived: derived.get(key) as DerivedParameter,
      commands: prepared.map((call) => ({ kind: 'dispatch', call, bindGroup: resolver.bindGroup(call, source) })),
    }));
    this.#results = new Map([...plan.outputs].map(([name, value]) => [name, resolver.buffers(value)]));
  }

  /**
   * Queues one run and gives the asked-for values, which stay on the GPU and hold until this instance runs again.
   * Throws `unknown-name` or `invalid-tensor` for inputs that are missing, unknown or of another shape, `cancelled`,
   * `device-lost`.
   */
  async run({ inputs = {}, scalars = {}, signal }: RunOptions = {}): Promise<ReadonlyMap<string, Tensor>> {
    this.#assertUsable();
    const { device, graph } = this.plan;
    checkNames('input', Object.keys(inputs), graph.inputs);
    checkNames('scalar', Object.keys(scalars), graph.scalars);
    return device.exclusive(async () => {
      this.#assertUsable();
      throwIfCancelled(signal);
      this.#generation += 1;
      this.#writeInputs(inputs);
      this.#writeScalars(scalars);
      await this.#submit(signal);
      for (const name of this.plan.updated) this.parameters.touch(name);
      return this.#outputs();
    });
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    for (const tensor of this.#inputs.values()) tensor.dispose();
    this.plan.device.memory.release([this.#scalars, ...this.#slots]);
  }

  #outputs(): ReadonlyMap<string, Tensor> {
    const { device, graph, outputs } = this.plan;
    const generation = this.#generation;
    const isStale = () => this.#disposed || generation !== this.#generation;
    const tensors = new Map<string, Tensor>();
    for (const [name, buffers] of this.#results) {
      const { dtype, shape } = valueOf(graph, outputs.get(name) as string);
      tensors.set(name, new Tensor(device, dtype, shape as readonly number[], buffers, { isStale }));
    }
    return tensors;
  }

  #writeInputs(inputs: Readonly<Record<string, TensorData | Tensor>>): void {
    for (const [name, tensor] of this.#inputs) {
      const given = inputs[name] as TensorData | Tensor;
      if (shapeText(given.shape) !== shapeText(tensor.shape) || given.dtype !== tensor.dtype) {
        throw new ConvscopeError('invalid-tensor', 'the input does not fit the plan', {
          node: name,
          got: `${given.dtype} ${shapeText(given.shape)}`,
          wanted: `${tensor.dtype} ${shapeText(tensor.shape)}`,
        });
      }
      if (!(given instanceof Tensor)) {
        tensor.write(given);
        continue;
      }
      given.assertUsable();
      const encoder = this.plan.device.handle.createCommandEncoder();
      encodeCopy(encoder, given.buffers, tensor.buffers);
      this.plan.device.handle.queue.submit([encoder.finish()]);
    }
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
    for (const { source, derived, commands } of this.#refreshes) {
      const version = this.parameters.version(source);
      if (derived.version === version) continue;
      for (const command of commands) recorder.add(command);
      derived.version = version;
    }
    let before: Promise<unknown> | undefined;
    for (const [index, command] of this.#commands.entries()) {
      recorder.add(command);
      if (!cuts.has(index)) continue;
      queue.submit([recorder.finish()]);
      if (cuts.size === 1) return;
      // At most two submits wait at a time, so that others can draw and a run can be cancelled.
      const done = queue.onSubmittedWorkDone();
      await before?.catch(() => undefined);
      device.assertUsable();
      before = done;
      if (this.plan.updated.length === 0) throwIfCancelled(signal);
    }
    await before?.catch(() => undefined);
  }

  #assertUsable(): void {
    this.plan.assertUsable();
    if (this.#disposed) throw new ConvscopeError('disposed', 'the instance was disposed of');
  }
}

/** Finds the buffers of names and makes bind groups of them. */
class Resolver {
  readonly #plan: Plan;
  readonly #parameters: ParameterSet;
  readonly #inputs: ReadonlyMap<string, Tensor>;
  readonly #scalars: GPUBuffer;
  readonly #slots: readonly GPUBuffer[];
  readonly #derived: ReadonlyMap<string, DerivedParameter>;

  constructor(
    plan: Plan,
    parameters: ParameterSet,
    inputs: ReadonlyMap<string, Tensor>,
    scalars: GPUBuffer,
    slots: readonly GPUBuffer[],
    derived: ReadonlyMap<string, DerivedParameter>,
  ) {
    this.#plan = plan;
    this.#parameters = parameters;
    this.#inputs = inputs;
    this.#scalars = scalars;
    this.#slots = slots;
    this.#derived = derived;
  }

  buffers(name: string): readonly GPUBuffer[] {
    const { storageOf, memory, constants } = this.#plan;
    const storage = memory.storages.get(storageOf.get(name) ?? name);
    switch (storage?.kind) {
      case 'slots':
        return storage.slots.map((slot) => this.#slots[slot] as GPUBuffer);
      case 'input':
        return (this.#inputs.get(storage.name) as Tensor).buffers;
      case 'parameter':
        return this.#parameters.tensor(storage.name).buffers;
      case 'constant':
        return (constants.get(storage.name) as Tensor).buffers;
      case 'derived':
        return (this.#derived.get(storage.name) as DerivedParameter).tensor.buffers;
      case 'scalar':
        return [this.#scalars];
      default:
        throw new ConvscopeError('invalid-graph', 'nothing computes this value', { node: name });
    }
  }

  bindGroup({ call, pipeline, uniformOffset, uniformSize }: PreparedCall, node: string): GPUBindGroup {
    const entries = kernelEntry(call.kernel).bindings.map(({ name, binding, kind }): GPUBindGroupEntry => {
      if (kind === 'uniform') {
        return { binding, resource: { buffer: this.#plan.uniforms, offset: uniformOffset, size: uniformSize } };
      }
      return { binding, resource: this.#resource(call.bindings[name] as Operand, node) };
    });
    return this.#plan.device.handle.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries });
  }

  #resource(operand: Operand, node: string): GPUBufferBinding {
    const buffers = this.buffers(operand.name);
    const buffer = buffers[chunkIndex(operand, buffers.length, node)] as GPUBuffer;
    const scalar = this.#plan.graph.scalars.indexOf(operand.name);
    if (scalar >= 0) return { buffer, offset: scalar * BINDING_ALIGNMENT, size: 16 };
    // A reused buffer may be larger than the tensor, and than a binding may be.
    return { buffer, size: Math.max(16, Math.ceil(operand.elements / 4) * 16) };
  }
}

/** Records commands into passes; consecutive dispatches share one. */
class Recorder {
  readonly #device: GPUDevice;
  #encoder: GPUCommandEncoder | undefined;
  #pass: GPUComputePassEncoder | undefined;

  constructor(device: GPUDevice) {
    this.#device = device;
  }

  add(command: Command): void {
    this.#encoder ??= this.#device.createCommandEncoder();
    if (command.kind === 'copy') {
      this.#endPass();
      encodeCopy(this.#encoder, command.from, command.to);
      return;
    }
    this.#pass ??= this.#encoder.beginComputePass();
    this.#pass.setPipeline(command.call.pipeline);
    this.#pass.setBindGroup(0, command.bindGroup);
    this.#pass.dispatchWorkgroups(...command.call.workgroups);
  }

  finish(): GPUCommandBuffer {
    this.#endPass();
    const buffer = (this.#encoder ?? this.#device.createCommandEncoder()).finish();
    this.#encoder = undefined;
    return buffer;
  }

  #endPass(): void {
    this.#pass?.end();
    this.#pass = undefined;
  }
}

function encodeCopy(encoder: GPUCommandEncoder, from: readonly GPUBuffer[], to: readonly GPUBuffer[]): void {
  from.forEach((source, index) => {
    const target = to[index] as GPUBuffer;
    encoder.copyBufferToBuffer(source, 0, target, 0, Math.min(source.size, target.size));
  });
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
