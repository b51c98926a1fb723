import type { Importer } from '../node-context.ts';

/** Reduces over axes that are an attribute in old versions and an input in new ones; none named means all. */
const reduce =
  (op: string): Importer =>
  (context) => {
    const rank = context.shape(0).length;
    const given = context.integers(1, 'axes') ?? [];
    const isNoop = given.length === 0 && context.attributes.flag('noop_with_empty_axes');
    if (isNoop || rank === 0) return context.passInput(0);
    const axes = given.map((axis) => context.axis(axis, rank));
    context.output(op, [context.input(0)], { axes, keepDimensions: context.attributes.flag('keepdims', true) });
  };

const arg =
  (op: 'argMax' | 'argMin'): Importer =>
  (context) => {
    const { attributes } = context;
    const axis = context.axis(attributes.integer('axis', 0), context.shape(0).length);
    context.output(op, [context.input(0)], {
      axis,
      keepDimensions: attributes.flag('keepdims', true),
      selectLast: attributes.flag('select_last_index'),
    });
  };

export const reductions: readonly (readonly [string, Importer])[] = [
  ['ReduceSum', reduce('reduceSum')],
  ['ReduceMean', reduce('reduceMean')],
  ['ReduceMax', reduce('reduceMax')],
  ['ReduceMin', reduce('reduceMin')],
  ['ReduceProd', reduce('reduceProd')],
  ['ReduceSumSquare', reduce('reduceSumSquare')],
  ['ReduceL1', reduce('reduceL1')],
  ['ReduceL2', reduce('reduceL2')],
  ['ReduceLogSum', reduce('reduceLogSum')],
  ['ReduceLogSumExp', reduce('reduceLogSumExp')],
  ['ArgMax', arg('argMax')],
  ['ArgMin', arg('argMin')],
];
