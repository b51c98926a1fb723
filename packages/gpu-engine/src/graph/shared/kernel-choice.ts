import type { AdapterClass, LoweringContext } from '../lowering.ts';
import { problemKey, type KernelProblem } from './kernel-problem.ts';

/** What a candidate sees of the plan that is being made. */
export type KernelContext = Pick<
  LoweringContext<unknown>,
  'emit' | 'derived' | 'scratch' | 'kernels' | 'adapterClass' | 'subgroupSize' | 'choose'
>;

/** One named way to do the work of a pass. Choices are stored by the name, so its meaning may not change. */
export interface Candidate<Sizes, Operands> {
  readonly name: string;
  /** Whether the result is right for these sizes. Whether it comes fast is for the table, or the tuner. */
  readonly applies: (sizes: Sizes) => boolean;
  /** Whether it may be the fastest for these sizes, so that tuning tries it. Default: it may. */
  readonly mayWin?: (sizes: Sizes) => boolean;
  readonly emit: (context: KernelContext, sizes: Sizes, operands: Operands) => void;
}

/** A row of a shipped table: the candidate is taken where it applies and `when` holds. */
export interface TableRow<Sizes, Operands> {
  readonly take: Candidate<Sizes, Operands>;
  readonly when?: (sizes: Sizes, context: KernelContext) => boolean;
}

/** Work that several kernels can do: a pass of a convolution, or a matrix product. */
export interface KernelPass<Sizes, Operands> {
  readonly problem: (sizes: Sizes) => KernelProblem;
  /** All ways, among which choices can be made on any adapter. */
  readonly candidates: readonly Candidate<Sizes, Operands>[];
  /** What is taken without a choice: the first row that fits. The last one fits all sizes. */
  readonly table: Readonly<Record<AdapterClass, readonly TableRow<Sizes, Operands>[]>>;
  /** One thread an element: the judge of all others. */
  readonly naive: Candidate<Sizes, Operands>['emit'];
}

/**
 * Whether a software adapter keeps loops as they are written, as SwiftShader with its subgroups of four does: kernels whose
 * sums lie in arrays are slow there.
 */
export function keepsLoops({ adapterClass, subgroupSize }: KernelContext): boolean {
  return adapterClass === 'software' && subgroupSize !== 8;
}

/** Emits the candidate that was chosen for this problem or, without a choice that still applies, the table's. */
export function emitChosen<Sizes, Operands>(
  pass: KernelPass<Sizes, Operands>,
  context: KernelContext,
  sizes: Sizes,
  operands: Operands,
): void {
  if (context.kernels === 'naive') {
    pass.naive(context, sizes, operands);
    return;
  }
  const fits = ({ take, when }: TableRow<Sizes, Operands>) => take.applies(sizes) && (when?.(sizes, context) ?? true);
  const usual = pass.table[context.adapterClass].find(fits)?.take as Candidate<Sizes, Operands>;
  const applying = pass.candidates.filter((candidate) => candidate.applies(sizes));
  const mayBeTaken = (candidate: Candidate<Sizes, Operands>) =>
    candidate === usual || (candidate.mayWin?.(sizes) ?? true);
  const problem = pass.problem(sizes);
  const name = context.choose({
    key: problemKey(problem),
    problem,
    usual: usual.name,
    candidates: applying.map((candidate) => candidate.name),
    hopeful: applying.filter(mayBeTaken).map((candidate) => candidate.name),
  });
  const chosen = applying.find((candidate) => candidate.name === name) ?? usual;
  chosen.emit(context, sizes, operands);
}
