import { expect, test } from 'vitest';
import { ConvscopeError, float32Tensor, GraphBuilder, int32Tensor, valueOf, type ErrorDetail } from './index.ts';

function errorOf(work: () => unknown): { code: string } & ErrorDetail {
  try {
    work();
  } catch (error) {
    if (error instanceof ConvscopeError) return { code: error.code, ...error.detail };
    throw error;
  }
  throw new Error('nothing was thrown');
}

function twoLayers(): GraphBuilder {
  const builder = new GraphBuilder();
  builder.input('x', 'float32', ['N', 3, 'H', 'W']);
  builder.parameter('w', [8, 3, 3, 3]);
  builder.op('conv2d', ['x', 'w'], { pads: [1, 1, 1, 1], strides: [2, 2] }, 'conv');
  builder.op('relu', ['conv'], {}, 'relu');
  return builder;
}

test('shapes are inferred as expressions over the symbols of the inputs', () => {
  const builder = twoLayers();
  builder.node('maxPool', ['relu'], { kernelSize: [3, 3], strides: [2, 2] }, 'pool');
  builder.op('globalAveragePool', ['pool'], {}, 'average');
  builder.op('flatten', ['average'], {}, 'flat');
  const graph = builder.build();
  const text = (name: string) => valueOf(graph, name).shape.join('x');
  expect(text('conv')).toBe('Nx8xfloor((H - 1) / 2) + 1xfloor((W - 1) / 2) + 1');
  expect(text('relu')).toBe(text('conv'));
  expect(valueOf(graph, 'pool').shape[2]).toMatch(/floor\(.*H.*\) \+ 1/);
  expect(text('flat')).toBe('Nx8');
  expect(valueOf(graph, 'pool.switches').dtype).toBe('int32');
});

test('a name is given once, to a value, a node or an alias', () => {
  const builder = twoLayers();
  builder.alias('features', 'relu');
  expect(errorOf(() => builder.input('x', 'float32', [1])).code).toBe('invalid-graph');
  expect(errorOf(() => builder.parameter('relu', [1])).code).toBe('invalid-graph');
  expect(errorOf(() => builder.constant('features', float32Tensor([1]))).code).toBe('invalid-graph');
  expect(errorOf(() => builder.scalar('', 'float32')).code).toBe('invalid-graph');
  expect(errorOf(() => builder.op('relu', ['x'], {}, 'conv'))).toMatchObject({ code: 'invalid-graph', node: 'conv' });
  expect(errorOf(() => builder.alias('x', 'relu'))).toMatchObject({ code: 'invalid-graph', got: 'x' });
  expect(errorOf(() => builder.alias('features', 'x')).code).toBe('invalid-graph');
});

test('unknown inputs, ops and attributes are named, with the node', () => {
  const builder = twoLayers();
  expect(errorOf(() => builder.op('relu', ['nothing'], {}, 'r'))).toMatchObject({
    code: 'unknown-name',
    node: 'r',
    got: '"nothing"',
  });
  const unknownOp = errorOf(() => builder.op('shrink', ['x'], {}, 'g'));
  expect(unknownOp).toMatchObject({ code: 'unknown-name', node: 'g', got: '"shrink"' });
  expect(unknownOp.wanted).toContain('relu');
  expect(errorOf(() => builder.op('toString', ['x'], {}, 'g')).code).toBe('unknown-name');
  expect(errorOf(() => builder.op('conv2d', ['x', 'w'], { stride: [1, 1] }, 'c'))).toMatchObject({
    code: 'invalid-attribute',
    node: 'c',
    got: 'stride',
    wanted: 'strides, pads, dilations, groups',
  });
  expect(errorOf(() => builder.op('conv2d', ['x', 'w'], { strides: [1, 0] }, 'c'))).toMatchObject({
    code: 'invalid-attribute',
    node: 'c',
    got: '[1,0]',
    wanted: '2 integers from 1 to 65535',
  });
});

test('inputs that do not fit say which node, which shapes came and which were wanted', () => {
  const builder = twoLayers();
  builder.parameter('narrow', [8, 4, 3, 3]);
  builder.scalar('seed', 'int32');
  expect(errorOf(() => builder.op('conv2d', ['x', 'narrow'], {}, 'c'))).toMatchObject({
    code: 'invalid-shape',
    node: 'c',
    got: 'float32 Nx3xHxW, float32 8x4x3x3',
  });
  expect(errorOf(() => builder.op('relu', ['x', 'w'], {}, 'r'))).toMatchObject({
    code: 'invalid-shape',
    node: 'r',
    wanted: 'x',
  });
  expect(errorOf(() => builder.op('relu', ['seed'], {}, 'r'))).toMatchObject({
    code: 'invalid-shape',
    node: 'r',
    got: 'int32 scalar',
    wanted: 'float32',
  });
  expect(errorOf(() => builder.op('concat', [], {}, 'k'))).toMatchObject({ code: 'invalid-shape', node: 'k' });
  expect(errorOf(() => builder.node('maxPool', ['relu'], { kernelSize: [2, 2] }, 'p', ['only']))).toMatchObject({
    code: 'invalid-graph',
    node: 'p',
    wanted: '2',
  });
});

test.each([[[-1]], [[1.5]], [[Number.NaN]], [['']]])('an input of shape %j is refused', (shape) => {
  const builder = new GraphBuilder();
  expect(errorOf(() => builder.input('x', 'float32', shape))).toMatchObject({ code: 'invalid-shape', node: 'x' });
});

test('data must fill its shape', () => {
  expect(errorOf(() => float32Tensor([2, 3], [1, 2]))).toMatchObject({ code: 'invalid-tensor', wanted: '6 for 2x3' });
  expect(errorOf(() => int32Tensor([2], [1])).code).toBe('invalid-tensor');
});

test('only parameters are updated, with values that fit them', () => {
  const builder = new GraphBuilder();
  builder.input('x', 'float32', [4]);
  builder.parameter('mean', [4]);
  builder.parameter('wide', [2, 4]);
  builder.parameter('step', [4], {}, 'int32');
  expect(errorOf(() => builder.update('x', 'mean'))).toMatchObject({ code: 'unknown-name', got: 'x' });
  expect(errorOf(() => builder.update('mean', 'nothing')).code).toBe('unknown-name');
  expect(errorOf(() => builder.update('wide', 'x'))).toMatchObject({
    code: 'invalid-shape',
    node: 'wide',
    got: 'float32 4',
    wanted: 'float32 2x4',
  });
  expect(errorOf(() => builder.update('step', 'x')).code).toBe('invalid-shape');
  builder.update('mean', 'x');
  expect([...builder.build().updates]).toEqual([['mean', 'x']]);
});

test('a graph is not changed by what is built on it', () => {
  const base = twoLayers().build();
  const builder = new GraphBuilder(base);
  builder.op('relu', ['relu'], {}, 'again');
  builder.output('again');
  expect(base.values.has('again')).toBe(false);
  expect(base.outputs).toEqual([]);
  expect(builder.build().nodes.map(({ name }) => name)).toEqual(['conv', 'relu', 'again']);
  expect(builder.freshName('relu')).toBe('relu_1');
});

test('a value that is not there is looked up with near names', () => {
  const graph = twoLayers().build();
  expect(errorOf(() => valueOf(graph, 'Conv'))).toMatchObject({ code: 'unknown-name', wanted: 'one of conv, …' });
});
