import type { Importer } from '../node-context.ts';

const gather: Importer = (context) => {
  const axis = context.axis(context.attributes.integer('axis', 0), context.shape(0).length);
  context.output('gather', [context.input(0), context.input(1)], { axis });
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
  ['TopK', topK],
  ['DepthToSpace', depthToSpace],
  ['SpaceToDepth', spaceToDepth],
];
