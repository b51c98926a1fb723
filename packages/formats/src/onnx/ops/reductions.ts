import type { Attributes } from '@convscope/gpu-engine/graph';
import type { Importer, NodeContext } from '../node-context.ts';

/** Reduces over axes that are an attribute in old versions and an input in new ones; none named means all. */
const reduce =
  (emit: (context: NodeContext, x: string, attributes: Attributes) => void): Importer =>
  (context) => {
    const rank = context.shape(0).length;
    const given = context.integers(1, 'axes') ?? [];
    const isNoop = given.length === 0 && context.attributes.flag('noop_with_empty_axes');
    if (isNoop || rank === 0) return context.passInput(0);
    const axes = given.map((axis) => context.axis(axis, rank));
    emit(context, context.input(0), { axes, keepDimensions: context.attributes.flag('keepdims', true) });
  };

const plain = (op: string) => reduce((context, x, attributes) => context.output(op, [x], attributes));

/** after(sum of before(x)). */
const composed = (before: (context: NodeContext, x: string) => string, after?: string) =>
  reduce((context, x, attributes) => {
    const inner = before(context, x);
    if (after === undefined) return context.output('reduceSum', [inner], attributes);
    return context.output(after, [context.op('reduceSum', [inner], attributes)]);
  });

const squares = (context: NodeContext, x: string) => context.op('multiply', [x, x]);

/** log(sum of exp(x)), with the maximum taken out first. */
const logSumExp = reduce((context, x, { axes, keepDimensions }) => {
  const maximum = context.op('reduceMax', [x], { axes: axes as readonly number[], keepDimensions: true });
  const exponents = context.op('exp', [context.op('subtract', [x, maximum])]);
  const sum = context.op('reduceSum', [exponents], { axes: axes as readonly number[], keepDimensions: true });
  const kept = context.op('add', [context.op('log', [sum]), maximum]);
  if (keepDimensions === true) return context.pass(kept);
  const rank = context.value(x).shape.length;
  const reduced = new Set(
    (axes as readonly number[]).length > 0
      ? (axes as readonly number[])
      : Array.from({ length: rank }, (_, axis) => axis),
  );
  const shape = context
    .value(x)
    .shape.flatMap((size, axis) => (reduced.has(axis) ? [] : [typeof size === 'number' ? size : -1]));
  return context.output('reshape', [kept], { shape });
});

const arg =
  (op: 'argMax' | 'argMin'): Importer =>
  (context) => {
    const { attributes } = context;
    const axis = context.axis(attributes.integer('axis', 0), context.shape(0).length);
    context.output(op, [context.input(0)], {
      axis,
      keepDimensions: attributes.flag('keepdims', true),
      last: attributes.flag('select_last_index'),
    });
  };

export const reductions: readonly (readonly [string, Importer])[] = [
  ['ReduceSum', plain('reduceSum')],
  ['ReduceMean', plain('reduceMean')],
  ['ReduceMax', plain('reduceMax')],
  ['ReduceMin', plain('reduceMin')],
  ['ReduceProd', plain('reduceProd')],
  ['ReduceSumSquare', composed(squares)],
  ['ReduceL1', composed((context, x) => context.op('abs', [x]))],
  ['ReduceL2', composed(squares, 'sqrt')],
  ['ReduceLogSum', composed((_context, x) => x, 'log')],
  ['ReduceLogSumExp', logSumExp],
  ['ArgMax', arg('argMax')],
  ['ArgMin', arg('argMin')],
];
