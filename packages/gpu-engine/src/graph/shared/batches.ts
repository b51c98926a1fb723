import type { LoweringContext, Operand } from '../lowering.ts';
import { normalizeAxis } from './axes.ts';
import { emitCopy } from './copy.ts';

/** Samples [start, start + count) of a batch. */
interface Range {
  readonly start: number;
  readonly count: number;
}

/**
 * Lowers an op that treats every sample (row of the first dimension) on its own. Where all tensors fit one binding,
 * `lower` is called once with the context; else once a range of samples, with operands that fit: chunks where they
 * happen to be cut at the same places, otherwise copies. `whole` are the positions of inputs that every sample reads
 * (weights); those must fit a binding. A context without outputs only has its inputs cut.
 */
export function overBatch<A>(
  context: LoweringContext<A>,
  lower: (part: LoweringContext<A>, range: Range) => void,
  whole: readonly number[] = [],
): void {
  const { inputs, outputs } = context;
  const batched = [...outputs, ...inputs.filter((_, index) => !whole.includes(index))];
  const samples = (batched[0] as Operand).shape[0] ?? 1;
  const perRange = Math.min(...batched.map((operand) => context.chunks(operand)[0]?.shape[0] ?? samples));
  if (perRange >= samples) {
    lower(context, { start: 0, count: samples });
    return;
  }
  for (let start = 0; start < samples; start += perRange) {
    const range = { start, count: Math.min(perRange, samples - start) };
    const sources = inputs.map((input, index) => (whole.includes(index) ? input : readRange(context, input, range)));
    const targets = outputs.map((output) => chunkAt(context, output, range) ?? scratchFor(context, output, range));
    lower({ ...context, inputs: sources, outputs: targets }, range);
    targets.forEach((target, index) => {
      if (target.chunk === undefined) writeRange(context, target, outputs[index] as Operand, range);
    });
  }
}

/** As {@link overBatch}, for ops along `axis`: where that is the first dimension itself, nothing can be split. */
export function overRows<A>(
  context: LoweringContext<A>,
  axis: number,
  lower: (part: LoweringContext<A>) => void,
  whole: readonly number[] = [],
): void {
  if (normalizeAxis(axis, (context.outputs[0] as Operand).shape.length) === 0) lower(context);
  else overBatch(context, lower, whole);
}

/** As {@link overBatch}, for a result to whose shape the inputs are broadcast: those without a batch are whole. */
export function overBroadcast<A>(context: LoweringContext<A>, lower: (part: LoweringContext<A>) => void): void {
  const { shape } = context.outputs[0] as Operand;
  const whole = context.inputs.flatMap((input, index) =>
    input.shape.length === shape.length && input.shape[0] === shape[0] ? [] : [index],
  );
  if (shape.length === 0) lower(context);
  else overBatch(context, lower, whole);
}

/** Copies all rows of one tensor into another, from row `outputStart` on, however both are cut. */
export function copyRows(context: LoweringContext<unknown>, from: Operand, to: Operand, outputStart: number): void {
  const all = { start: 0, count: from.shape[0] as number };
  copyBetween(context, from, all, (source, count, sourceStart, row) => {
    const range = { start: outputStart + row, count };
    copyBetween(context, to, range, (target, length, targetStart, targetRow) => {
      const inputStart = sourceStart + targetRow - range.start;
      emitCopy(context.emit, source, target, { axis: 0, length, inputStart, outputStart: targetStart });
    });
  });
}

/** The samples as one operand: a chunk, or a copy. */
function readRange(context: LoweringContext<unknown>, input: Operand, range: Range): Operand {
  const chunk = chunkAt(context, input, range);
  if (chunk !== undefined) return chunk;
  const copy = scratchFor(context, input, range);
  copyBetween(context, input, range, (source, length, inputStart, start) => {
    emitCopy(context.emit, source, copy, { axis: 0, length, inputStart, outputStart: start - range.start });
  });
  return copy;
}

function writeRange(context: LoweringContext<unknown>, source: Operand, output: Operand, range: Range): void {
  copyBetween(context, output, range, (target, length, outputStart, start) => {
    emitCopy(context.emit, source, target, { axis: 0, length, inputStart: start - range.start, outputStart });
  });
}

/** Calls `copy` for every chunk that has some of the range, with the rows and where they start in the chunk and overall. */
function copyBetween(
  context: LoweringContext<unknown>,
  operand: Operand,
  { start, count }: Range,
  copy: (chunk: Operand, length: number, startInChunk: number, start: number) => void,
): void {
  for (const chunk of context.chunks(operand)) {
    const chunkStart = chunk.chunk?.start ?? 0;
    const first = Math.max(start, chunkStart);
    const end = Math.min(start + count, chunkStart + (chunk.shape[0] as number));
    if (first < end) copy(chunk, end - first, first - chunkStart, first);
  }
}

function chunkAt(context: LoweringContext<unknown>, operand: Operand, { start, count }: Range): Operand | undefined {
  return context.chunks(operand).find(({ chunk, shape }) => chunk?.start === start && shape[0] === count);
}

function scratchFor({ scratch }: LoweringContext<unknown>, operand: Operand, { count }: Range): Operand {
  return scratch('samples', [count, ...operand.shape.slice(1)], operand.dtype);
}
