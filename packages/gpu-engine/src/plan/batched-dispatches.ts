import { kernelEntry } from '../device/kernel-entry.ts';
import type { Operand } from '../graph/index.ts';
import type { Plan, PreparedBatch, PreparedCall } from './plan.ts';
import type { Command } from './recorder.ts';
import type { Resolver } from './resolver.ts';
import { workgroupsFor } from './uniforms.ts';

/** Vectors of four elements that one workgroup of a batched kernel goes through. */
const VECTORS = 256;
const WORKGROUP = 64;

/** One dispatch in the place of several steps. */
export interface BatchedDispatch {
  readonly batch: PreparedBatch;
  /** Indices of the steps. */
  readonly steps: readonly number[];
  /** The part of a buffer that each of the batch's tensors lies in. */
  readonly ranges: ReadonlyMap<string, GPUBufferBinding & { readonly offset: number; readonly size: number }>;
  /** For every workgroup where its vectors begin in these parts, and how many they are. */
  readonly places: Uint32Array<ArrayBuffer>;
}

type Ranges = Map<string, { readonly buffer: GPUBuffer; readonly offset: number; readonly size: number }>;

/**
 * Finds what can be done in one dispatch: the steps of a batch whose tensors lie in the same buffers, in parts that a
 * binding can hold and that do not meet. A step that is alone stays as it is.
 */
export function batchedDispatches(plan: Plan, resolver: Resolver): readonly BatchedDispatch[] {
  return plan.batches.flatMap((batch) => {
    const groups: { readonly steps: number[]; ranges: Ranges }[] = [];
    for (const step of batch.steps) {
      const own = tensorRanges(plan, resolver, batch, step);
      const group = groups.findLast(({ ranges }) => haveSameBuffers(ranges, own));
      const joined = group === undefined ? undefined : joinedRanges(group.ranges, own, plan.device.maxBindingBytes);
      if (group === undefined || joined === undefined) {
        groups.push({ steps: [step], ranges: own });
      } else {
        group.steps.push(step);
        group.ranges = joined;
      }
    }
    return groups.flatMap(({ steps, ranges }) => {
      if (steps.length === 1) return [];
      const places = steps.flatMap((step) => placesOf(tensorRanges(plan, resolver, batch, step), ranges));
      return [{ batch, steps, ranges, places: Uint32Array.from(places) }];
    });
  });
}

/** The commands of a plan's steps; `tables` are the buffers for the places of the batched dispatches. */
export function commandsOfSteps(
  plan: Plan,
  resolver: Resolver,
  batched: readonly BatchedDispatch[],
  tables: readonly GPUBuffer[],
): readonly (Command | undefined)[] {
  const inPlaceOf = new Map<number, Command | undefined>();
  batched.forEach((dispatch, index) => {
    const table = tables[index] as GPUBuffer;
    plan.device.handle.queue.writeBuffer(table, 0, dispatch.places);
    dispatch.steps.forEach((step, position) => {
      inPlaceOf.set(step, position === 0 ? batchedCommand(plan, resolver, dispatch, table) : undefined);
    });
  });
  return plan.steps.map((step, index): Command | undefined => {
    if (inPlaceOf.has(index)) return inPlaceOf.get(index);
    return step.kind === 'dispatch'
      ? { kind: 'dispatch', call: step, bindGroup: resolver.bindGroup(step), nodes: step.nodes ?? [step.node] }
      : { kind: 'copy', from: resolver.pieces(step.from), to: resolver.pieces(step.to) };
  });
}

/** The command of a batched dispatch; `places` holds its numbers. */
function batchedCommand(
  plan: Plan,
  resolver: Resolver,
  { batch, steps, ranges, places: numbers }: BatchedDispatch,
  places: GPUBuffer,
): Command {
  const { pipeline, kernel, tensors } = batch;
  const first = plan.steps[steps[0] as number] as PreparedCall;
  const entries = kernelEntry(kernel).bindings.map(({ name, binding, kind }): GPUBindGroupEntry => {
    if (kind === 'uniform') return { binding, resource: resolver.uniforms(first) };
    if (name === 'places') return { binding, resource: { buffer: places, size: numbers.byteLength } };
    return { binding, resource: ranges.get(name) ?? resolver.binding(first.call.bindings[name] as Operand) };
  });
  const groups = numbers.length / (tensors.length + 1);
  const call = { pipeline, workgroups: workgroupsFor(groups * WORKGROUP, WORKGROUP) };
  const bindGroup = plan.device.handle.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries });
  const nodes = steps.map((step) => plan.steps[step]?.node ?? '');
  return { kind: 'dispatch', call, bindGroup, nodes };
}

function tensorRanges(plan: Plan, resolver: Resolver, { tensors }: PreparedBatch, step: number): Ranges {
  const { call } = plan.steps[step] as PreparedCall;
  return new Map(tensors.map((name) => [name, resolver.binding(call.bindings[name] as Operand)]));
}

function haveSameBuffers(group: Ranges, own: Ranges): boolean {
  return [...own].every(([name, { buffer }]) => group.get(name)?.buffer === buffer);
}

/** The ranges that hold both; undefined where one is too large, or meets another. */
function joinedRanges(group: Ranges, own: Ranges, largest: number): Ranges | undefined {
  const joined: Ranges = new Map();
  for (const [name, { buffer, offset, size }] of own) {
    const other = group.get(name) ?? { offset, size };
    const start = Math.min(offset, other.offset);
    const end = Math.max(offset + size, other.offset + other.size);
    if (end - start > largest) return undefined;
    joined.set(name, { buffer, offset: start, size: end - start });
  }
  const all = [...joined.values()];
  const meet = all.some((a, index) =>
    all
      .slice(index + 1)
      .some((b) => a.buffer === b.buffer && a.offset < b.offset + b.size && b.offset < a.offset + a.size),
  );
  return meet ? undefined : joined;
}

function placesOf(own: Ranges, group: Ranges): number[] {
  const starts = [...own].map(([name, { offset }]) => (offset - (group.get(name)?.offset ?? 0)) / 16);
  const vectors = Math.min(...[...own.values()].map(({ size }) => size / 16));
  const places: number[] = [];
  for (let done = 0; done < vectors; done += VECTORS) {
    places.push(...starts.map((start) => start + done), Math.min(VECTORS, vectors - done));
  }
  return places;
}
