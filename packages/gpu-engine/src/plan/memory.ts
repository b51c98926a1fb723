import { chunkRows } from '../device/chunks.ts';
import type { Graph, Operand } from '../graph/index.ts';
import type { LoweredGraph, PlanStep } from './lower.ts';

/** Where one tensor lies while a plan runs. Several chunks where it is larger than a binding. */
export type Storage =
  | { readonly kind: 'slots'; readonly slots: readonly number[] }
  | { readonly kind: 'input' | 'scalar' | 'parameter' | 'constant' | 'derived'; readonly name: string };

export interface MemoryPlan {
  /** The bytes of each buffer that an instance owns for intermediate values. */
  readonly slots: readonly number[];
  readonly storages: ReadonlyMap<string, Storage>;
  /** The largest sum of bytes that are alive at one step: no assignment can need less. */
  readonly lowerBound: number;
}

/** The operands that a step reads or writes. */
export function operandsOf(step: PlanStep): readonly Operand[] {
  return step.kind === 'copy' ? [step.from, step.to] : Object.values(step.call.bindings);
}

/**
 * Gives every intermediate value memory for the steps between its first and its last use, or to the end where it is
 * an output. Values whose lives do not meet share a buffer; the free buffer that fits best is taken.
 */
export function assignMemory(graph: Graph, lowered: LoweredGraph, maxBindingBytes: number): MemoryPlan {
  const { steps, storageOf, derived, constants, results } = lowered;
  const storages = new Map<string, Storage>();
  for (const name of graph.inputs) storages.set(name, { kind: 'input', name });
  for (const name of graph.scalars) storages.set(name, { kind: 'scalar', name });
  for (const name of graph.parameters.keys()) storages.set(name, { kind: 'parameter', name });
  for (const name of [...graph.constants.keys(), ...constants.keys()]) storages.set(name, { kind: 'constant', name });
  for (const name of derived.keys()) storages.set(name, { kind: 'derived', name });

  const lives = new Map<string, { first: number; last: number; sizes: number[] }>();
  steps.forEach((step, index) => {
    for (const operand of operandsOf(step)) {
      const name = storageOf.get(operand.name) ?? operand.name;
      if (storages.has(name)) continue;
      const life = lives.get(name);
      if (life !== undefined) life.last = index;
      else
        lives.set(name, {
          first: index,
          last: index,
          sizes: chunkSizes(wholeShape(graph, name, operand), maxBindingBytes),
        });
    }
  });
  for (const storage of results.values()) {
    const life = lives.get(storage);
    if (life !== undefined) life.last = steps.length;
  }

  const slots: number[] = [];
  const free = new Set<number>();
  let alive = 0;
  let lowerBound = 0;
  steps.forEach((_, index) => {
    for (const [name, life] of lives) {
      if (life.first !== index) continue;
      storages.set(name, { kind: 'slots', slots: life.sizes.map((bytes) => takeSlot(slots, free, bytes)) });
      alive += sum(life.sizes);
    }
    lowerBound = Math.max(lowerBound, alive);
    for (const [name, life] of lives) {
      const storage = storages.get(name);
      if (life.last !== index || storage?.kind !== 'slots') continue;
      for (const slot of storage.slots) free.add(slot);
      alive -= sum(life.sizes);
    }
  });
  return { slots, storages, lowerBound };
}

/** The shape of the whole tensor, also where the operand at hand is a chunk or a view. */
function wholeShape(graph: Graph, name: string, operand: Operand): readonly number[] {
  return (graph.values.get(name)?.shape as readonly number[] | undefined) ?? operand.shape;
}

function chunkSizes(shape: readonly number[], maxBindingBytes: number): number[] {
  return chunkRows(shape, maxBindingBytes).map(({ bytes }) => bytes);
}

function takeSlot(slots: number[], free: Set<number>, bytes: number): number {
  const size = Math.max(16, Math.ceil(bytes / 16) * 16);
  let best: number | undefined;
  for (const slot of free) {
    if (best === undefined || fitsBetter(slots[slot] as number, slots[best] as number, size)) best = slot;
  }
  if (best === undefined) {
    slots.push(size);
    return slots.length - 1;
  }
  free.delete(best);
  slots[best] = Math.max(slots[best] as number, size);
  return best;
}

/** The smallest that is large enough; where none is, the largest, which then grows least. */
function fitsBetter(candidate: number, best: number, wanted: number): boolean {
  if (best < wanted) return candidate > best;
  return candidate >= wanted && candidate < best;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
