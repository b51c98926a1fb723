import type { KernelCall, KernelName } from '../graph/index.ts';
import type { PlanStep } from './lower.ts';
import type { PlacedCall } from './placement.ts';

/** Neighbouring steps whose calls one dispatch can do, where their tensors lie in few buffers. */
export interface Batch {
  /** Indices of the steps. */
  readonly steps: readonly number[];
  /** The kernel that does them all. */
  readonly kernel: KernelName;
  /** The bindings that differ from call to call. */
  readonly tensors: readonly string[];
}

/**
 * Finds the runs of calls that ask to be done together (`batched`), differ only in their tensors, and lie in one submit.
 * Runs of one step are left out.
 */
export function findBatches(steps: readonly PlanStep[], cuts: Pick<ReadonlySet<number>, 'has'>): readonly Batch[] {
  const batches: Batch[] = [];
  let open: { readonly call: PlacedCall; readonly steps: number[] } | undefined;
  const close = (): void => {
    const batched = open?.call.batched;
    if (open !== undefined && batched !== undefined && open.steps.length > 1) {
      batches.push({ steps: open.steps, ...batched });
    }
    open = undefined;
  };
  steps.forEach((step, index) => {
    const call = step.kind === 'dispatch' && isWhole(step.call) ? step.call : undefined;
    if (open === undefined || call === undefined || shared(open.call) !== shared(call)) close();
    if (call?.batched !== undefined) {
      open ??= { call, steps: [] };
      open.steps.push(index);
    }
    if (cuts.has(index)) close();
  });
  close();
  return batches;
}

/** A call that is neither a slice nor has tensors in several buffers. */
function isWhole({ firstRow, spans }: PlacedCall): boolean {
  return firstRow === undefined && spans === undefined;
}

/** What the calls of a batch have in common, as text. */
function shared({ kernel, variant, batched, uniforms, bindings }: KernelCall): string {
  const others = Object.entries(bindings).filter(([name]) => batched?.tensors.includes(name) !== true);
  return JSON.stringify([kernel, variant, batched, { ...uniforms, count: 0 }, others]);
}
