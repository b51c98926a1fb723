import { expect, test } from 'vitest';
import { concreteShape, GraphBuilder, rebatch, specialize, upTo, valueOf, withInputShapes } from './index.ts';

/** Two convolutions with a head, running statistics and names of merged nodes. */
function network() {
  const builder = new GraphBuilder();
  builder.input('x', 'float32', ['N', 1, 'H', 'W']);
  builder.input('unused', 'int32', ['N']);
  builder.scalar('seed', 'int32');
  builder.parameter('w1', [4, 1, 3, 3]);
  builder.parameter('w2', [6, 4, 3, 3]);
  builder.parameter('scale', [4]);
  builder.parameter('shift', [4]);
  builder.parameter('running', [4], { trainable: false });
  builder.op('conv2d', ['x', 'w1'], { pads: [1, 1, 1, 1] }, 'conv1');
  builder.node('batchNorm', ['conv1', 'scale', 'shift'], {}, 'norm1');
  builder.op('relu', ['norm1'], {}, 'relu1');
  builder.node('maxPool', ['relu1'], { kernelSize: [2, 2], strides: [2, 2] }, 'pool1');
  builder.op('conv2d', ['pool1', 'w2'], {}, 'conv2');
  builder.op('dropout', ['conv2', 'seed'], {}, 'drop');
  builder.op('globalAveragePool', ['drop'], {}, 'average');
  builder.op('flatten', ['average'], {}, 'logits');
  builder.alias('relu1/fused', 'relu1');
  builder.alias('classes', 'logits');
  builder.output('logits');
  builder.update('running', 'norm1.mean');
  return builder.build();
}

const code = (value: string) => expect.objectContaining({ code: value });

test('specialize binds symbols everywhere; symbols that are not named stay', () => {
  const graph = specialize(network(), { H: 9, W: 12 });
  expect(valueOf(graph, 'pool1').shape).toEqual(['N', 4, 4, 6]);
  expect(valueOf(graph, 'logits').shape).toEqual(['N', 6]);
  const concrete = specialize(graph, { N: 3 });
  for (const [name, { shape }] of concrete.values) expect(concreteShape(shape, name)).toEqual(shape);
  expect(valueOf(concrete, 'conv2').shape).toEqual([3, 6, 2, 4]);
});

test('specialize keeps aliases, updates, scalars, parameters and outputs', () => {
  const [before, after] = [network(), specialize(network(), { N: 1, H: 8, W: 8 })];
  expect(after.aliases).toEqual(before.aliases);
  expect(after.updates).toEqual(before.updates);
  expect(after.parameters).toEqual(before.parameters);
  expect(after.scalars).toEqual(['seed']);
  expect(after.outputs).toEqual(['logits']);
  expect(valueOf(after, 'classes').name).toBe('logits');
});

test('specialize refuses unknown symbols, sizes that are none, and sizes that a node cannot take', () => {
  expect(() => specialize(network(), { N: 1, Z: 2 })).toThrow(code('unknown-name'));
  expect(() => specialize(network(), { N: 0 })).toThrow(code('invalid-shape'));
  expect(() => specialize(network(), { H: 2.5 })).toThrow(code('invalid-shape'));
  expect(() => specialize(network(), { H: 4, W: 4 })).toThrow(/^conv2: .*float32 Nx4x2x2, float32 6x4x3x3/);
});

test('an unbound symbol is named where numbers are needed', () => {
  const { shape } = valueOf(network(), 'x');
  expect(() => concreteShape(shape, 'x')).toThrow(
    'x: the shape has an unbound symbol; call specialize first; got Nx1xHxW',
  );
});

test('rebatch changes the first size of every input, also to a symbol', () => {
  const graph = rebatch(specialize(network(), { N: 2, H: 8, W: 8 }), 5);
  expect(valueOf(graph, 'x').shape).toEqual([5, 1, 8, 8]);
  expect(valueOf(graph, 'unused').shape).toEqual([5]);
  expect(valueOf(graph, 'logits').shape).toEqual([5, 6]);
  expect(valueOf(graph, 'seed').shape).toEqual([]);
  expect(valueOf(graph, 'w1').shape).toEqual([4, 1, 3, 3]);
  expect(valueOf(rebatch(graph, 'B'), 'logits').shape).toEqual(['B', 6]);
});

test('upTo keeps the trunk and nothing else', () => {
  const trunk = upTo(network(), 'relu1/fused');
  expect(trunk.nodes.map(({ name }) => name)).toEqual(['conv1', 'norm1', 'relu1']);
  expect(trunk.inputs).toEqual(['x']);
  expect(trunk.scalars).toEqual([]);
  expect([...trunk.parameters.keys()]).toEqual(['w1', 'scale', 'shift']);
  expect(trunk.outputs).toEqual(['relu1']);
  expect([...trunk.aliases]).toEqual([['relu1/fused', 'relu1']]);
  expect(trunk.updates.size).toBe(0);
  expect(() => upTo(network(), 'relu9')).toThrow(code('unknown-name'));
});

test('upTo takes several values, and any output of a node', () => {
  const trunk = upTo(network(), 'pool1.switches', 'conv1');
  expect(trunk.outputs).toEqual(['pool1.switches', 'conv1']);
  expect(trunk.nodes.at(-1)?.name).toBe('pool1');
});

test('withInputShapes resizes what is symbolic and refuses the rest, naming the input', () => {
  const graph = withInputShapes(network(), new Map([['x', [2, 1, 10, 10]]]));
  expect(valueOf(graph, 'conv2').shape).toEqual([2, 6, 3, 3]);
  expect(() => withInputShapes(network(), new Map([['x', [2, 3, 10, 10]]]))).toThrow(
    'x: the input does not fit the network; got 2x3x10x10; wanted Nx1xHxW',
  );
  expect(() => withInputShapes(network(), new Map([['x', [2, 1, 10]]]))).toThrow(code('invalid-shape'));
});

test('names with a meaning in JavaScript are names like others', () => {
  const builder = new GraphBuilder();
  builder.input('__proto__', 'float32', ['constructor']);
  builder.op('relu', ['__proto__'], {}, 'toString');
  builder.output('toString');
  const graph = specialize(builder.build(), { constructor: 3 });
  expect(valueOf(graph, 'toString').shape).toEqual([3]);
  expect(valueOf(specialize(builder.build(), {}), 'toString').shape).toEqual(['constructor']);
});
