import type { Importer } from '../node-context.ts';

const gather: Importer = (context) => {
  const axis = context.axis(context.attributes.integer('axis', 0), context.shape(0).length);
  context.output('gather', [context.input(0), context.input(1)], { axis });
};

const gatherElements: Importer = (context) => {
  const axis = context.axis(context.attributes.integer('axis', 0), context.shape(0).length);
  context.output('gatherElements', [context.input(0), context.input(1)], { axis });
};

const cumulativeSum: Importer = (context) => {
  const { attributes } = context;
  context.output('cumSum', [context.input(0)], {
    axis: context.axis(context.numbers(1)?.[0] ?? 0, context.shape(0).length),
    exclusive: attributes.flag('exclusive'),
    reverse: attributes.flag('reverse'),
  });
};

/** Values are [off, on]. */
const oneHot: Importer = (context) => {
  const [offValue = 0, onValue = 1] = context.numbers(2) ?? [];
  const depth = context.numbers(1)?.[0] ?? 0;
  const axis = context.attributes.integer('axis', -1);
  const indices = context.input(0);
  const whole = context.value(indices).dtype === 'int32' ? indices : context.op('cast', [indices], { to: 'int32' });
  context.output('oneHot', [whole], { depth, axis, onValue, offValue });
};

const topK: Importer = (context) => {
  const { attributes } = context;
  const count = context.numbers(1)?.[0] ?? attributes.integer('k', 1);
  const axis = context.axis(attributes.integer('axis', -1), context.shape(0).length);
  const [values = '', indices = ''] = context.nodes('topK', [context.input(0)], {
    k: count,
    axis,
    largest: attributes.flag('largest', true),
  });
  context.pass(values, 0);
  context.pass(indices, 1);
};

const depthToSpace: Importer = (context) =>
  context.output('depthToSpace', [context.input(0)], {
    blockSize: context.attributes.integer('blocksize', 1),
    mode: context.attributes.text('mode', 'DCR'),
  });

const spaceToDepth: Importer = (context) =>
  context.output('spaceToDepth', [context.input(0)], { blockSize: context.attributes.integer('blocksize', 1) });

export const indexing: readonly (readonly [string, Importer])[] = [
  ['Gather', gather],
  ['GatherElements', gatherElements],
  ['CumSum', cumulativeSum],
  ['OneHot', oneHot],
  ['TopK', topK],
  ['DepthToSpace', depthToSpace],
  ['SpaceToDepth', spaceToDepth],
];
