import { chunkRows } from '../device/chunks.ts';
import { kernelEntry } from '../device/kernel-entry.ts';
import { sliceSource } from '../device/slices.ts';
import { readsBack, type Span, type Spans } from '../device/spans.ts';
import { ConvscopeError, type GraphNode, type KernelCall, type Operand } from '../graph/index.ts';
import { workgroupsFor } from './uniforms.ts';

/** What one dispatch may bind and cost on a device. */
export interface DispatchLimits {
  readonly maxBindingBytes: number;
  /** Storage buffers that one kernel may bind. */
  readonly maxBindings: number;
  /** Estimated operations after which a submit ends; longer dispatches are sent in slices. */
  readonly operationsPerSubmit: number;
  /** Operations that take as long as reading or writing one element from memory. */
  readonly operationsPerElement: number;
}

/** The shape by which the memory of an operand is cut; kernels may see the same elements in another shape. */
export type StoredShape = (operand: Operand) => readonly number[];

/** A kernel call as it is dispatched. */
export interface PlacedCall extends KernelCall {
  /** Bindings that are larger than one binding may be, and therefore bound as several buffers. */
  readonly spans?: Spans;
  /** The first row of workgroups, where this is one slice of a long dispatch. */
  readonly firstRow?: number;
  readonly workgroups: readonly [x: number, y: number];
  /** Operations, or what takes as long where memory is what a kernel waits for. */
  readonly cost: number;
}

/** Choosing one of several buffers for each element takes about as long as this many elements. */
const SPAN_FACTOR = 4;

/** Slices of one dispatch, at most: each has a cost of its own. */
const MOST_SLICES = 256;

/**
 * The dispatches of one kernel call: several where its tensors need more bindings than a kernel has (each then writes
 * its part of an output) or where it takes longer than a submit should. Throws `device-limit` where neither helps.
 */
export function placeCall(
  node: GraphNode,
  call: KernelCall,
  limits: DispatchLimits,
  storedShape: StoredShape,
): readonly PlacedCall[] {
  return spanCalls(node, call, limits, storedShape).flatMap((spanned) => sliceCall(spanned, limits));
}

function spanCalls(
  node: GraphNode,
  call: KernelCall,
  limits: DispatchLimits,
  storedShape: StoredShape,
): readonly (KernelCall & { spans?: Spans })[] {
  const spans = new Map<string, Span>();
  for (const [name, operand] of Object.entries(call.bindings)) {
    const { elements, chunk } = operand;
    if (chunk !== undefined || elements * 4 <= limits.maxBindingBytes) continue;
    const chunks = chunkRows(storedShape(operand), limits.maxBindingBytes);
    spans.set(name, { first: 0, count: chunks.length, size: (chunks[0]?.bytes ?? 0) / 4, total: elements });
  }
  if (spans.size === 0) return [call];
  const { source, bindings } = kernelEntry(call.kernel);
  const storage = bindings.filter(({ kind }) => kind !== 'uniform');
  const needed = (names: readonly string[]) => names.reduce((sum, name) => sum + (spans.get(name)?.count ?? 1), 0);
  const all = storage.map(({ name }) => name);
  if (needed(all) <= limits.maxBindings) return [{ ...call, spans: Object.fromEntries(spans) }];

  const results = storage.flatMap(({ name, kind }) =>
    kind === 'write' && spans.has(name) && !readsBack(source, name) ? [name] : [],
  );
  const room = limits.maxBindings - needed(all.filter((name) => !results.includes(name)));
  if (results.length === 0 || room < 1) {
    const bytes = Math.max(...Object.values(call.bindings).map(({ elements }) => 4 * elements));
    throw new ConvscopeError('device-limit', `the tensors of ${node.op} need more bindings than a kernel can have`, {
      node: node.name,
      got: `${needed(all)} bindings, for tensors of up to ${bytes} bytes`,
      wanted: `at most ${limits.maxBindings} bindings of ${limits.maxBindingBytes} bytes`,
    });
  }
  return results.flatMap((name) => {
    const span = spans.get(name) as Span;
    const others = results.map((other) => [other, { ...(spans.get(other) as Span), count: 0 }] as const);
    return Array.from({ length: Math.ceil(span.count / room) }, (_, index) => {
      const first = index * room;
      const part = { ...span, first, count: Math.min(room, span.count - first) };
      return { ...call, spans: Object.fromEntries([...spans, ...others, [name, part]]) };
    });
  });
}

function costOf(call: KernelCall & { spans?: Spans }, operationsPerElement: number): number {
  const elements = Object.entries(call.bindings).reduce(
    (sum, [name, operand]) => sum + operand.elements * (call.spans?.[name] === undefined ? 1 : SPAN_FACTOR),
    0,
  );
  return Math.max(call.operations, elements * operationsPerElement);
}

function sliceCall(
  call: KernelCall,
  { operationsPerSubmit, operationsPerElement }: DispatchLimits,
): readonly PlacedCall[] {
  const { source, entryPoint, workgroupSize } = kernelEntry(call.kernel);
  const whole = workgroupsFor(call.threads, workgroupSize);
  const groups = Math.ceil(call.threads / workgroupSize);
  const cost = costOf(call, operationsPerElement);
  const wanted = Math.min(Math.ceil(cost / operationsPerSubmit), groups, MOST_SLICES);
  if (!(wanted > 1) || sliceSource(source, entryPoint) === undefined) return [{ ...call, workgroups: whole, cost }];
  const columns = Math.min(65535, Math.ceil(groups / wanted));
  const rows = Math.ceil(groups / columns);
  const rowsPerSlice = Math.ceil(rows / wanted);
  const slices = Math.ceil(rows / rowsPerSlice);
  return Array.from({ length: slices }, (_, index) => {
    const firstRow = index * rowsPerSlice;
    const workgroups = [columns, Math.min(rowsPerSlice, rows - firstRow)] as const;
    return { ...call, operations: call.operations / slices, cost: cost / slices, workgroups, firstRow };
  });
}
