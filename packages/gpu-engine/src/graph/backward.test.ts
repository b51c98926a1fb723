import { expect, test } from 'vitest';
import { backward, GraphBuilder, valueOf, type BackwardRule, type Graph, type GraphNode } from './index.ts';

const code = (value: string) => expect.objectContaining({ code: value });

/** x -> conv1 -> relu1 -> pool -> conv2 -> relu2 -> flat -> dense -> loss, and a skip from relu1's mean to the loss. */
function network(): Graph {
  const builder = new GraphBuilder();
  builder.input('x', 'float32', [2, 1, 8, 8]);
  builder.input('labels', 'int32', [2]);
  for (const [name, shape] of [
    ['w1', [3, 1, 3, 3]],
    ['w2', [4, 3, 3, 3]],
    ['w3', [5, 4]],
  ] as const) {
    builder.parameter(name, shape);
  }
  builder.op('conv2d', ['x', 'w1'], {}, 'conv1');
  builder.op('relu', ['conv1'], {}, 'relu1');
  builder.node('maxPool', ['relu1'], { kernelSize: [2, 2], strides: [2, 2] }, 'pool');
  builder.op('conv2d', ['pool', 'w2'], {}, 'conv2');
  builder.op('relu', ['conv2'], {}, 'relu2');
  builder.op('flatten', ['relu2'], {}, 'flat');
  builder.op('dense', ['flat', 'w3'], {}, 'logits');
  builder.op('crossEntropy', ['logits', 'labels'], {}, 'losses');
  builder.op('reduceMean', ['losses'], {}, 'data');
  builder.op('reduceMean', ['relu1'], {}, 'activity');
  builder.op('add', ['data', 'activity'], {}, 'loss');
  builder.alias('scores', 'logits');
  return builder.build();
}

const added = (before: Graph, after: Graph): readonly GraphNode[] => after.nodes.slice(before.nodes.length);

test('every value on the path has a cotangent of its own shape, known by name', () => {
  const graph = network();
  const result = backward(graph, { of: 'loss', wrt: ['x', 'w1', 'w2', 'w3'] });
  expect(result.graph.nodes.slice(0, graph.nodes.length)).toEqual(graph.nodes);
  for (const name of ['x', 'w1', 'w2', 'w3', 'conv1', 'relu1', 'pool', 'conv2', 'relu2', 'flat', 'logits', 'losses']) {
    const cotangent = result.cotangents.get(name) as string;
    expect(valueOf(result.graph, cotangent).shape, name).toEqual(valueOf(graph, name).shape);
  }
  expect(result.cotangents.has('labels')).toBe(false);
});

test('only what is asked for is computed', () => {
  const graph = network();
  // Any value of the right shape will do as a seed.
  const ops = added(graph, backward(graph, { of: 'scores', seed: 'logits', wrt: ['relu2'] }).graph);
  expect(ops.map(({ op }) => op)).toEqual(['matmul', 'reshape']);
});

test('uses of one value add up', () => {
  const graph = network();
  const result = backward(graph, { of: 'loss', wrt: ['relu1'] });
  const sum = result.graph.producers.get(result.cotangents.get('relu1') as string);
  expect(sum?.op).toBe('add');

  const builder = new GraphBuilder();
  builder.input('a', 'float32', [3]);
  builder.op('multiply', ['a', 'a'], {}, 'square');
  builder.op('reduceSum', ['square'], {}, 'total');
  const squared = backward(builder.build(), { of: 'total', wrt: ['a'] });
  expect(squared.graph.producers.get(squared.cotangents.get('a') as string)?.op).toBe('add');
});

test('a seed is a value of the same shape, and may be left out for one element', () => {
  const graph = network();
  expect(() => backward(graph, { of: 'logits', wrt: ['x'] })).toThrow('logits: a value of many elements needs a seed');
  expect(() => backward(graph, { of: 'logits', seed: 'losses', wrt: ['x'] })).toThrow(
    'logits: the seed does not have the shape of what it seeds; got 2; wanted 2x5',
  );
  expect(() => backward(graph, { of: 'logits', seed: 'nothing', wrt: ['x'] })).toThrow(code('unknown-name'));
  const result = backward(graph, { of: 'loss', wrt: ['loss'] });
  expect(result.graph.constants.get(result.cotangents.get('loss') as string)?.data).toEqual(Float32Array.of(1));
});

test('a value that does not depend on what is asked for is an error with both names', () => {
  const graph = network();
  expect(() => backward(graph, { of: 'activity', wrt: ['w1', 'w3'] })).toThrow(/activity does not depend on w3/);
  expect(() => backward(graph, { of: 'loss', wrt: ['labels'] })).toThrow(/loss does not depend on labels/);
  expect(() => backward(graph, { of: 'loss', wrt: ['pool.switches'] })).toThrow(code('invalid-graph'));
  expect(() => backward(graph, { of: 'loss', wrt: ['w9'] })).toThrow(code('unknown-name'));
});

test('an op without a gradient is an error that names the node', () => {
  const builder = new GraphBuilder();
  for (const name of ['p', 'g', 'v']) builder.input(name, 'float32', [3]);
  builder.scalar('rate', 'float32');
  builder.node('sgd', ['p', 'g', 'v', 'rate'], {}, 'step');
  builder.op('reduceSum', ['step'], {}, 'total');
  expect(() => backward(builder.build(), { of: 'total', wrt: ['p'] })).toThrow('step: the op sgd has no gradient');
});

test('shapes must be known', () => {
  const builder = new GraphBuilder();
  builder.input('x', 'float32', ['N']);
  builder.op('relu', ['x'], {}, 'y');
  expect(() => backward(builder.build(), { of: 'y', seed: 'x', wrt: ['x'] })).toThrow(/y: .*specialize/);
});

/** Deconvnet's rule for ReLU: rectify the signal. */
const rectify: BackwardRule['apply'] = ({ op, cotangents }) => [op('relu', [cotangents[0] as string])];

test('rules are chosen by op, by name or by a range of layers; the first that matches counts', () => {
  const graph = network();
  const usedFor = (matches: BackwardRule['matches']) => {
    const result = backward(graph, { of: 'loss', wrt: ['x'], rules: [{ matches, apply: rectify }] });
    const nodes = added(graph, result.graph);
    return ['relu1', 'relu2'].filter((name) =>
      nodes.some(({ name: own, op }) => op === 'relu' && own.startsWith(name)),
    );
  };
  expect(usedFor(({ op }) => op === 'relu')).toEqual(['relu1', 'relu2']);
  expect(usedFor(({ name }) => name === 'relu2')).toEqual(['relu2']);
  const pool = graph.nodes.findIndex(({ name }) => name === 'pool');
  expect(usedFor(({ op }, position) => op === 'relu' && position < pool)).toEqual(['relu1']);

  const first: BackwardRule = { matches: ({ name }) => name === 'relu2', apply: ({ cotangents }) => [cotangents[0]] };
  const second: BackwardRule = { matches: ({ op }) => op === 'relu', apply: rectify };
  const mixed = backward(graph, { of: 'loss', wrt: ['x'], rules: [first, second] });
  expect(mixed.cotangents.get('conv2')).toBe(mixed.cotangents.get('relu2'));
  expect(mixed.graph.producers.get(mixed.cotangents.get('conv1') as string)?.op).toBe('relu');
});

test('a rule may fall back on the gradient, add forward nodes and read switches', () => {
  const graph = network();
  const guided: BackwardRule = {
    matches: ({ op }) => op === 'relu',
    apply: ({ gradient, op }) => [op('relu', [gradient()[0] as string])],
  };
  const positiveWeights: BackwardRule = {
    matches: ({ op }) => op === 'conv2d',
    apply: ({ node, attributes, cotangents, op, value }) => {
      const [x, w] = node.inputs as [string, string];
      const inputSize = value(x).shape.slice(2) as readonly number[];
      const signal = op('conv2dInputGradient', [cotangents[0] as string, op('relu', [w])], {
        ...attributes,
        inputSize,
      });
      return [signal];
    },
  };
  const pooling: BackwardRule = {
    matches: ({ op }) => op === 'maxPool',
    apply: ({ node, gradient }) => {
      expect(node.outputs).toEqual(['pool', 'pool.switches']);
      return gradient();
    },
  };
  const result = backward(graph, { of: 'loss', wrt: ['x'], rules: [guided, positiveWeights, pooling] });
  const nodes = added(graph, result.graph);
  expect(nodes.some(({ op, inputs }) => op === 'relu' && inputs[0] === 'w1')).toBe(true);
  expect(nodes.filter(({ op }) => op === 'reluGradient')).toHaveLength(2);
  expect(nodes.find(({ op }) => op === 'unpool')?.inputs[1]).toBe('pool.switches');
});

test('a rule that gives another shape is an error that names node and shapes', () => {
  const rules = [{ matches: ({ name }: GraphNode) => name === 'conv2', apply: rectify }];
  expect(() => backward(network(), { of: 'loss', wrt: ['x'], rules })).toThrow(
    /^conv2: the cotangent of pool has another shape than the value; got 2x4x1x1; wanted 2x3x3x3$/,
  );
});

test('a gradient can be differentiated again', () => {
  const graph = network();
  const first = backward(graph, { of: 'logits', seed: 'logits', wrt: ['x'] });
  const builder = new GraphBuilder(first.graph);
  const gradient = first.cotangents.get('x') as string;
  builder.op('reduceSum', [builder.op('multiply', [gradient, gradient])], {}, 'penalty');
  const second = backward(builder.build(), { of: 'penalty', wrt: ['w1', 'w2', 'w3'] });
  for (const name of ['w1', 'w2', 'w3']) {
    expect(valueOf(second.graph, second.cotangents.get(name) as string).shape).toEqual(valueOf(graph, name).shape);
  }
});

test('each output of a node is differentiated: the positions of a maximum take no signal', () => {
  const builder = new GraphBuilder();
  builder.input('x', 'float32', [4, 5]);
  builder.node('reduceMax', ['x'], { axes: [1] }, 'top');
  builder.op('reduceSum', ['top'], {}, 'total');
  const result = backward(builder.build(), { of: 'total', wrt: ['x', 'top'] });
  expect(valueOf(result.graph, result.cotangents.get('x') as string).shape).toEqual([4, 5]);
  expect(result.cotangents.has('top.positions')).toBe(false);
});
