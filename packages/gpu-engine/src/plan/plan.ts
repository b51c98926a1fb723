import type { GpuDevice } from '../device/gpu-device.ts';
import { kernelEntry } from '../device/kernel-entry.ts';
import type { Tensor } from '../device/tensor.ts';
import {
  ConvscopeError,
  concreteShape,
  shapeText,
  valueOf,
  type AdapterClass,
  type Graph,
  type KernelChoices,
} from '../graph/index.ts';
import { findBatches, type Batch } from './batches.ts';
import { Instance } from './instance.ts';
import { lowerGraph, type DerivedUse, type LoweringOptions, type PlanStep } from './lower.ts';
import { assignMemory, operandsOf, type MemoryPlan } from './memory.ts';
import type { ParameterSet } from './parameter-set.ts';
import type { PlacedCall } from './placement.ts';
import { BINDING_ALIGNMENT, writeUniforms } from './uniforms.ts';

export interface PlanOptions {
  /** Names or aliases of the values that runs give; the graph's outputs where none are named. */
  readonly outputs?: readonly string[];
  /** `naive` uses the one-thread-an-element kernels, by which the fast ones are judged. */
  readonly kernels?: 'fast' | 'naive';
  /** `apart` computes every node by kernels of its own; `fused` is the default, and gives the same values in fewer steps. */
  readonly epilogues?: 'fused' | 'apart';
  /**
   * Kernels for problems, in place of the shipped table's (see `tuneKernels`); the device's own choices where none are
   * given. Results have the same bits for the same choices. A choice that no longer applies is passed over.
   */
  readonly choices?: KernelChoices;
  /** Takes the shipped table of another class of adapter than the device's: for tests and comparisons. */
  readonly adapterClass?: AdapterClass;
  /**
   * Estimated operations after which a submit ends, so that others can use the GPU and a run can be cancelled. The
   * default takes about 100 ms on the slowest adapter of its class. Results do not depend on it.
   */
  readonly operationsPerSubmit?: number;
}

/** A kernel call with everything that does not depend on buffers. */
export interface PreparedCall {
  readonly call: PlacedCall;
  readonly pipeline: GPUComputePipeline;
  readonly workgroups: readonly [x: number, y: number];
  readonly uniformOffset: number;
  readonly uniformSize: number;
}

export type PreparedStep =
  | ({ readonly kind: 'dispatch'; readonly node: string; readonly nodes?: readonly string[] } & PreparedCall)
  | Extract<PlanStep, { kind: 'copy' }>;

export interface PreparedDerived extends DerivedUse {
  readonly prepared: readonly PreparedCall[];
}

export interface PreparedBatch extends Batch {
  readonly pipeline: GPUComputePipeline;
}

/** Estimated operations that one submit may hold: about 100 ms on the slowest adapter of a class. */
const SUBMIT_BUDGET = { software: 5e8, gpu: 5e10 } as const;

/** Operations that take as long as one element of memory, on adapters with little bandwidth. */
const ELEMENT_COST = { software: 4, gpu: 100 } as const;

/**
 * A graph compiled for one device: kernels, their order, and the memory of every value. Immutable; make an Instance
 * to run it over a ParameterSet. Holds one buffer of uniforms and the graph's constants; dispose of it when done.
 */
export class Plan {
  readonly device: GpuDevice;
  readonly graph: Graph;
  /** The values that a run gives, by the names that were asked for. */
  readonly outputs: ReadonlyMap<string, string>;
  readonly steps: readonly PreparedStep[];
  /** Indices of the steps after which a submit ends, and the estimated operations that it holds. */
  readonly cuts: ReadonlyMap<number, number>;
  /** Steps that one dispatch does where an instance's parameters lie in few buffers. */
  readonly batches: readonly PreparedBatch[];
  readonly memory: MemoryPlan;
  readonly derived: ReadonlyMap<string, PreparedDerived>;
  readonly storageOf: ReadonlyMap<string, string>;
  /** The memory in which each output value lies when a run has ended. */
  readonly results: ReadonlyMap<string, string>;
  readonly updated: readonly string[];
  /** The kernel that was taken for every problem that has several: with these choices, the same bits come again. */
  readonly choices: KernelChoices;
  readonly constants: ReadonlyMap<string, Tensor>;
  readonly uniforms: GPUBuffer;
  #disposed = false;

  private constructor(fields: PlanFields) {
    this.device = fields.device;
    this.graph = fields.graph;
    this.outputs = fields.outputs;
    this.steps = fields.steps;
    this.cuts = fields.cuts;
    this.batches = fields.batches;
    this.memory = fields.memory;
    this.derived = fields.derived;
    this.storageOf = fields.storageOf;
    this.results = fields.results;
    this.updated = fields.updated;
    this.choices = fields.choices;
    this.constants = fields.constants;
    this.uniforms = fields.uniforms;
  }

  /**
   * Compiles a graph whose shapes are concrete. Throws `unknown-name` for an output that does not exist,
   * `device-limit` naming a node that cannot be split far enough, `out-of-memory`.
   */
  static async compile(device: GpuDevice, graph: Graph, options: PlanOptions = {}): Promise<Plan> {
    device.assertUsable();
    const asked = options.outputs ?? graph.outputs;
    const outputs = new Map(asked.map((name) => [name, valueOf(graph, name).name]));
    for (const input of [...graph.inputs, ...outputs.values()]) concreteShape(valueOf(graph, input).shape, input);
    if (outputs.size === 0 && graph.updates.size === 0) {
      throw new ConvscopeError('invalid-graph', 'a plan needs outputs or updates');
    }
    const lowering = loweringOptions(device, [...outputs.values()], options);
    const { operationsPerSubmit } = lowering;
    const lowered = lowerGraph(graph, lowering);
    const cuts = submitCuts(lowered.steps, operationsPerSubmit);
    const found = findBatches(lowered.steps, cuts);
    const memory = assignMemory(graph, lowered, device.maxBindingBytes, found);
    const packer = new UniformPacker();
    const steps = await Promise.all(
      lowered.steps.map(async (step): Promise<PreparedStep> => {
        if (step.kind === 'copy') return step;
        return { ...step, ...(await packer.prepare(device, step.call)) };
      }),
    );
    const batches = await Promise.all(
      found.map(async (batch) => ({ ...batch, pipeline: await device.pipelines.get(batch.kernel) })),
    );
    const derived = new Map<string, PreparedDerived>();
    for (const [key, use] of lowered.derived) {
      const prepared = await Promise.all(use.calls.map((call) => packer.prepare(device, call)));
      derived.set(key, { ...use, prepared });
    }
    const used = new Set(lowered.steps.flatMap(operandsOf).map((operand) => lowered.storageOf.get(operand.name)));
    const constants = new Map<string, Tensor>();
    try {
      for (const [name, data] of [...graph.constants, ...lowered.constants]) {
        if (used.has(name)) constants.set(name, await device.upload(data));
      }
      return new Plan({
        device,
        graph,
        outputs,
        steps,
        cuts,
        batches,
        memory,
        derived,
        storageOf: lowered.storageOf,
        results: lowered.results,
        updated: lowered.updated,
        choices: lowered.choices,
        constants,
        uniforms: await packer.upload(device),
      });
    } catch (error) {
      for (const constant of constants.values()) constant.dispose();
      throw error;
    }
  }

  /** Binds the plan to parameters and gives it memory of its own. Throws `unknown-name`, `invalid-shape`, `out-of-memory`. */
  async instantiate(parameters: ParameterSet): Promise<Instance> {
    this.assertUsable();
    if (parameters.device !== this.device) {
      throw new ConvscopeError('invalid-tensor', 'the parameters lie on another device than the plan');
    }
    for (const name of this.graph.parameters.keys()) {
      const wanted = valueOf(this.graph, name);
      const tensor = parameters.tensor(name);
      if (shapeText(tensor.shape) !== shapeText(wanted.shape) || tensor.dtype !== wanted.dtype) {
        throw new ConvscopeError('invalid-shape', 'the parameter does not fit the graph', {
          node: name,
          got: `${tensor.dtype} ${shapeText(tensor.shape)}`,
          wanted: `${wanted.dtype} ${shapeText(wanted.shape)}`,
        });
      }
    }
    return Instance.create(this, parameters);
  }

  assertUsable(): void {
    this.device.assertUsable();
    if (this.#disposed) throw new ConvscopeError('disposed', 'the plan was disposed of');
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    for (const constant of this.constants.values()) constant.dispose();
    this.device.memory.release([this.uniforms]);
  }
}

/** How a plan's graph is lowered on this device. */
export function loweringOptions(device: GpuDevice, outputs: readonly string[], options: PlanOptions): LoweringOptions {
  return {
    outputs,
    adapterClass: options.adapterClass ?? device.adapter.class,
    subgroupSize: device.subgroupSize,
    maxBindingBytes: device.maxBindingBytes,
    maxBindings: device.maxBindings,
    operationsPerSubmit: options.operationsPerSubmit ?? SUBMIT_BUDGET[device.adapter.class],
    operationsPerElement: ELEMENT_COST[device.adapter.class],
    kernels: options.kernels ?? 'fast',
    epilogues: options.epilogues ?? 'fused',
    choices: options.choices ?? device.kernelChoices,
  };
}

type PlanFields = Pick<
  Plan,
  | 'device'
  | 'graph'
  | 'outputs'
  | 'steps'
  | 'cuts'
  | 'batches'
  | 'memory'
  | 'derived'
  | 'storageOf'
  | 'results'
  | 'updated'
  | 'choices'
  | 'constants'
  | 'uniforms'
>;

/** Lays the uniforms of all calls into one buffer, which is written once. */
class UniformPacker {
  readonly #calls: { readonly call: PlacedCall; readonly offset: number }[] = [];
  #size = 0;

  async prepare(device: GpuDevice, call: PlacedCall): Promise<PreparedCall> {
    const entry = kernelEntry(call.kernel);
    const uniformOffset = this.#size;
    const isSlice = call.firstRow !== undefined;
    const uniformSize = Math.ceil(entry.uniformSize / 16) * 16 + (isSlice ? 16 : 0);
    this.#calls.push({ call, offset: uniformOffset });
    this.#size += Math.max(1, Math.ceil(uniformSize / BINDING_ALIGNMENT)) * BINDING_ALIGNMENT;
    return {
      call,
      pipeline: await device.pipelines.get(call.kernel, {
        variant: call.variant,
        spans: call.spans,
        epilogue: call.epilogue,
        isSlice,
      }),
      workgroups: call.workgroups,
      uniformOffset,
      uniformSize,
    };
  }

  async upload(device: GpuDevice): Promise<GPUBuffer> {
    const bytes = new DataView(new ArrayBuffer(Math.max(this.#size, BINDING_ALIGNMENT)));
    for (const { call, offset } of this.#calls) {
      const entry = kernelEntry(call.kernel);
      writeUniforms(bytes, offset, entry, call);
      const { firstRow } = call;
      if (firstRow !== undefined) bytes.setUint32(offset + Math.ceil(entry.uniformSize / 16) * 16, firstRow, true);
    }
    const [buffer] = (await device.memory.allocate([bytes.byteLength], 'uniform')) as [GPUBuffer];
    device.handle.queue.writeBuffer(buffer, 0, bytes.buffer);
    return buffer;
  }
}

/** A submit ends before the step that would take it over the budget. */
function submitCuts(steps: readonly PlanStep[], budget: number): ReadonlyMap<number, number> {
  const cuts = new Map<number, number>();
  let operations = 0;
  steps.forEach((step, index) => {
    const own = step.kind === 'dispatch' ? step.call.cost : 0;
    if (operations > 0 && operations + own > budget) {
      cuts.set(index - 1, operations);
      operations = 0;
    }
    operations += own;
  });
  if (steps.length > 0) cuts.set(steps.length - 1, operations);
  return cuts;
}
