import { chunkRows } from '../device/chunks.ts';
import type { Graph, Operand } from '../graph/index.ts';
import type { Batch } from './batches.ts';
import type { LoweredGraph, PlanStep } from './lower.ts';
import { kernelEntry } from '../device/kernel-entry.ts';
import { mostAlive, packLives, type Life, type Place } from './packing.ts';

/** Where one tensor lies while a plan runs. Several chunks where it is larger than a binding. */
export type Storage =
  | { readonly kind: 'slots'; readonly places: readonly Place[] }
  | { readonly kind: 'input' | 'scalar' | 'parameter' | 'constant' | 'derived'; readonly name: string };

export interface MemoryPlan {
  /** The bytes of each buffer that an instance owns for intermediate values. */
  readonly slots: readonly number[];
  readonly storages: ReadonlyMap<string, Storage>;
  /** The sum of the slots. Inputs, parameters and constants come on top. */
  readonly bytes: number;
  /** The largest sum of bytes that are alive at one step: no assignment can need less. */
  readonly lowerBound: number;
  /** bytes / lowerBound. */
  readonly ratio: number;
}

/** The operands that a step reads or writes. */
export function operandsOf(step: PlanStep): readonly Operand[] {
  return step.kind === 'copy' ? [step.from, step.to] : Object.values(step.call.bindings);
}

/**
 * Gives every intermediate value memory for the steps between its first and its last use, or to the end where it is
 * an output. Values whose lives do not meet share a buffer, as do those that differ between the steps of a batch.
 */
export function assignMemory(
  graph: Graph,
  lowered: LoweredGraph,
  maxBindingBytes: number,
  batches: readonly Batch[] = [],
): MemoryPlan {
  const { steps, storageOf, derived, constants, results } = lowered;
  const storages = new Map<string, Storage>();
  for (const name of graph.inputs) storages.set(name, { kind: 'input', name });
  for (const name of graph.scalars) storages.set(name, { kind: 'scalar', name });
  for (const name of graph.parameters.keys()) storages.set(name, { kind: 'parameter', name });
  for (const name of [...graph.constants.keys(), ...constants.keys()]) storages.set(name, { kind: 'constant', name });
  for (const name of derived.keys()) storages.set(name, { kind: 'derived', name });

  const lives = new Map<string, MutableLife>();
  steps.forEach((step, index) => {
    const used = new Map<string, boolean>();
    for (const [operand, isWritten] of usesOf(step)) {
      const name = storageOf.get(operand.name) ?? operand.name;
      if (storages.has(name)) continue;
      used.set(name, used.get(name) === true || isWritten);
      const life = lives.get(name);
      if (life !== undefined) life.last = index;
      else {
        const shape = lowered.shapes.get(name) ?? wholeShape(graph, name, operand);
        const sizes = chunkSizes(shape, maxBindingBytes);
        const own = { index: lives.size, first: index, last: index, sizes, apart: new Set<number>() };
        lives.set(name, { ...own, isResult: false });
      }
    }
    keepApart(used, lives);
  });
  for (const storage of results.values()) {
    const life = lives.get(storage);
    if (life === undefined) continue;
    life.last = steps.length;
    life.isResult = true;
  }

  batches.forEach((batch, group) => putTogether(batch, group, lowered, lives));

  const { slots, places } = packLives([...lives.values()], maxBindingBytes);
  for (const [name, { index }] of lives) storages.set(name, { kind: 'slots', places: places[index] ?? [] });
  const bytes = sum(slots);
  const lowerBound = mostAlive([...lives.values()], steps.length);
  return { slots, storages, bytes, lowerBound, ratio: lowerBound === 0 ? 1 : bytes / lowerBound };
}

interface MutableLife extends Life {
  readonly index: number;
  last: number;
  isResult: boolean;
  together?: number;
  readonly apart: Set<number>;
}

/** The operands of a step, and whether it writes them. */
function usesOf(step: PlanStep): readonly (readonly [Operand, boolean])[] {
  if (step.kind === 'copy') {
    return [
      [step.from, false],
      [step.to, true],
    ];
  }
  const { kernel, bindings } = step.call;
  const written = new Set(kernelEntry(kernel).bindings.flatMap(({ name, kind }) => (kind === 'write' ? [name] : [])));
  return Object.entries(bindings).map(([name, operand]) => [operand, written.has(name)] as const);
}

/** WebGPU lets one step write to several parts of a buffer, but not write to one and read from another. */
function keepApart(used: ReadonlyMap<string, boolean>, lives: ReadonlyMap<string, MutableLife>): void {
  for (const [a, writesA] of used) {
    for (const [b, writesB] of used) {
      if (a !== b && writesA !== writesB) lives.get(a)?.apart.add(lives.get(b)?.index ?? -1);
    }
  }
}

/** Asks for one buffer for the values of a batch: nothing that one of them must be apart from may lie there. */
function putTogether(
  { steps, tensors }: Batch,
  group: number,
  lowered: LoweredGraph,
  lives: ReadonlyMap<string, MutableLife>,
): void {
  const members = new Set<MutableLife>();
  for (const index of steps) {
    const step = lowered.steps[index];
    if (step?.kind !== 'dispatch') continue;
    for (const tensor of tensors) {
      const name = step.call.bindings[tensor]?.name ?? '';
      const life = lives.get(lowered.storageOf.get(name) ?? name);
      if (life !== undefined && !life.isResult && life.together === undefined) members.add(life);
    }
  }
  const others = new Set([...members].flatMap(({ apart }) => [...apart]));
  for (const { index } of members) others.delete(index);
  const byIndex = [...lives.values()];
  for (const member of members) {
    member.together = group;
    for (const other of others) {
      member.apart.add(other);
      byIndex[other]?.apart.add(member.index);
    }
  }
}

/** The shape of the whole tensor, also where the operand at hand is a chunk or a view. */
function wholeShape(graph: Graph, name: string, operand: Operand): readonly number[] {
  return (graph.values.get(name)?.shape as readonly number[] | undefined) ?? operand.shape;
}

function chunkSizes(shape: readonly number[], maxBindingBytes: number): number[] {
  return chunkRows(shape, maxBindingBytes).map(({ bytes }) => bytes);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
