import { kernelEntry } from '../device/kernel-entry.ts';
import { epilogueBindings } from '../device/epilogue-source.ts';
import { piecesOf, type Piece } from '../device/chunks.ts';
import { spanBindings, type Span } from '../device/spans.ts';
import type { Tensor } from '../device/tensor.ts';
import { ConvscopeError, type Operand } from '../graph/index.ts';
import type { DerivedParameter, ParameterSet } from './parameter-set.ts';
import type { Plan, PreparedCall } from './plan.ts';
import { BINDING_ALIGNMENT } from './uniforms.ts';

/** Where the values of one instance lie. */
export interface InstanceMemory {
  readonly parameters: ParameterSet;
  readonly inputs: ReadonlyMap<string, Tensor>;
  readonly scalars: GPUBuffer;
  readonly slots: readonly GPUBuffer[];
  readonly derived: ReadonlyMap<string, DerivedParameter>;
}

type BufferPart = GPUBufferBinding & { readonly offset: number; readonly size: number };

/** Finds the buffers of names and makes bind groups of them. A result begins where its buffers begin. */
export class Resolver {
  readonly #plan: Plan;
  readonly #memory: InstanceMemory;

  constructor(plan: Plan, memory: InstanceMemory) {
    this.#plan = plan;
    this.#memory = memory;
  }

  /** The buffers of a value's memory, one a chunk. */
  buffers(name: string): readonly GPUBuffer[] {
    const { memory, constants } = this.#plan;
    const own = this.#memory;
    const storage = memory.storages.get(this.#storage(name));
    switch (storage?.kind) {
      case 'slots':
        return storage.places.map(({ slot }) => own.slots[slot] as GPUBuffer);
      case 'input':
        return (own.inputs.get(storage.name) as Tensor).buffers;
      case 'parameter':
        return own.parameters.tensor(storage.name).buffers;
      case 'constant':
        return (constants.get(storage.name) as Tensor).buffers;
      case 'derived':
        return (own.derived.get(storage.name) as DerivedParameter).tensor.buffers;
      case 'scalar':
        return [own.scalars];
      default:
        throw new ConvscopeError('invalid-graph', 'nothing computes this value', { node: name });
    }
  }

  /** The bytes of a whole operand, for copies. */
  pieces({ name, shape }: Operand): readonly Piece[] {
    return piecesOf(this.buffers(name), shape, this.#plan.device.maxBindingBytes).map((piece, index) => ({
      ...piece,
      offset: this.#offset(name, index),
    }));
  }

  bindGroup(prepared: PreparedCall): GPUBindGroup {
    const { call, pipeline } = prepared;
    const { bindings } = kernelEntry(call.kernel);
    const numbers = spanBindings(bindings, call.spans ?? {});
    const further = call.epilogue === undefined ? [] : epilogueBindings(call.epilogue);
    const entries = bindings.flatMap(({ name, binding, kind }): GPUBindGroupEntry[] => {
      if (kind === 'uniform') {
        return [{ binding, resource: this.uniforms(prepared) }];
      }
      const operand = call.bindings[name] as Operand;
      const span = call.spans?.[name];
      if (span === undefined) return [{ binding, resource: this.binding(operand) }];
      return (numbers.get(name) ?? []).map((number, index) => ({
        binding: number,
        resource: this.#spanned(operand, span, span.first + index),
      }));
    });
    for (const { name, binding } of further) {
      const operand = call.bindings[name] as Operand;
      // Not a byte more than the tensor has: kernels ask how long it is.
      entries.push({ binding, resource: { ...this.binding(operand), size: 4 * operand.elements } });
    }
    return this.#plan.device.handle.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries });
  }

  /** The uniforms of a call. */
  uniforms({ uniformOffset, uniformSize }: PreparedCall): GPUBufferBinding {
    return { buffer: this.#plan.uniforms, offset: uniformOffset, size: uniformSize };
  }

  /** The part of a buffer in which an operand or its chunk lies. */
  binding({ name, chunk, elements }: Operand): BufferPart {
    return {
      buffer: this.buffers(name)[chunk?.index ?? 0] as GPUBuffer,
      offset: this.#offset(name, chunk?.index ?? 0),
      // A reused buffer may be larger than the tensor, and than a binding may be.
      size: Math.max(16, Math.ceil(elements / 4) * 16),
    };
  }

  #spanned({ name }: Operand, { size, total }: Span, index: number): GPUBufferBinding {
    const elements = Math.min(size, total - index * size);
    return {
      buffer: this.buffers(name)[index] as GPUBuffer,
      offset: this.#offset(name, index),
      size: Math.max(16, Math.ceil(elements / 4) * 16),
    };
  }

  /** Where a chunk begins in its buffer: intermediate values and parameters share buffers, and all scalars lie in one. */
  #offset(name: string, chunk: number): number {
    const storage = this.#plan.memory.storages.get(this.#storage(name));
    if (storage?.kind === 'slots') return storage.places[chunk]?.offset ?? 0;
    if (storage?.kind === 'parameter') return this.#memory.parameters.tensor(storage.name).offset;
    return Math.max(0, this.#plan.graph.scalars.indexOf(this.#storage(name))) * BINDING_ALIGNMENT;
  }

  #storage(name: string): string {
    return this.#plan.storageOf.get(name) ?? name;
  }
}
