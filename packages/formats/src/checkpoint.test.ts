import { float32Tensor, GraphBuilder, int32Tensor, type TensorData } from '@convscope/gpu-engine/graph';
import { expect, test } from 'vitest';
import { readCheckpoint, readCheckpointWithState, writeCheckpoint } from './checkpoint.ts';
import { ModelFormatError } from './errors.ts';
import type { Model } from './model.ts';
import { expectOnlyTypedErrors } from './mutants.test-helper.ts';
import { readSafetensors, writeSafetensors } from './safetensors.ts';

function tinyModel(): Model {
  const builder = new GraphBuilder();
  const x = builder.input('x', 'float32', ['N', 1, 4, 4]);
  const seed = builder.scalar('seed', 'int32');
  const w = builder.parameter('conv.weight', [2, 1, 3, 3], { initial: { kind: 'normal', standardDeviation: 0.5 } });
  const mean = builder.parameter('running', [2], { trainable: false, initial: { kind: 'ones' } });
  const offset = builder.constant('offset', float32Tensor([2], [1, -1]));
  const conv = builder.op('conv2d', [x, w], { pads: [1, 1, 1, 1] }, 'conv');
  const shifted = builder.op('bias', [conv, offset], {}, 'shifted');
  const [pooled = ''] = builder.node('maxPool', [shifted], { kernelSize: [2, 2], strides: [2, 2] }, 'pool');
  const dropped = builder.op('dropout', [pooled, seed], { rate: 0.25, stream: 3 }, 'dropped');
  builder.alias('scores', builder.op('globalAveragePool', [dropped], {}, 'average'));
  const flat = builder.op('flatten', ['average'], {}, 'flat');
  builder.alias('logits', flat);
  builder.update(mean, offset);
  builder.output(flat);
  return {
    name: 'tiny',
    graph: builder.build(),
    parameters: new Map<string, TensorData>([
      [
        'conv.weight',
        float32Tensor(
          [2, 1, 3, 3],
          Array.from({ length: 18 }, (_, index) => index / 7),
        ),
      ],
      ['running', float32Tensor([2], [0.5, 0.25])],
    ]),
    input: 'x',
    logits: 'logits',
    preprocessing: {
      channels: 1,
      height: 4,
      width: 4,
      mean: [0],
      standardDeviation: [1],
      scale: 1 / 255,
      order: 'rgb',
      resize: 'contain',
    },
    labels: ['yes', 'no'],
    notes: new Map([
      ['licence', 'MIT'],
      ['__proto__', 'only a name'],
    ]),
  };
}

const bytes = writeCheckpoint(tinyModel(), { state: new Map([['steps', int32Tensor([1], [7])]]) });

/** The example with parts of its metadata or tensors replaced. */
function changed(
  metadata: Readonly<Record<string, string>>,
  change: (tensors: Map<string, TensorData>) => void = () => undefined,
): Uint8Array {
  const content = readSafetensors(bytes, 'x');
  for (const [key, text] of Object.entries(metadata)) content.metadata.set(key, text);
  change(content.tensors);
  return writeSafetensors(content.tensors, content.metadata);
}

function withGraph(change: (graph: Record<string, unknown[]>) => void): Uint8Array {
  const graph = JSON.parse(readSafetensors(bytes, 'x').metadata.get('graph') ?? '') as Record<string, unknown[]>;
  change(graph);
  return changed({ graph: JSON.stringify(graph) });
}

test('a model comes back whole, and writes the same bytes again', () => {
  const { model, state } = readCheckpointWithState(bytes, 'tiny.safetensors');
  expect(model).toEqual(tinyModel());
  expect(state).toEqual(new Map([['steps', int32Tensor([1], [7])]]));
  expect(writeCheckpoint(model, { state })).toEqual(bytes);
});

test('parameters stand under their own names, for other readers', () => {
  expect([...readSafetensors(bytes, 'x').tensors.keys()]).toEqual([
    'constant:offset',
    'conv.weight',
    'running',
    'state:steps',
  ]);
});

test.each<[string, Uint8Array, RegExp]>([
  ['another safetensors file', writeSafetensors(new Map()), /bad, convscope_version: not a Convscope.*got nothing/],
  ['a later version', changed({ convscope_version: '2' }), /got 2; wanted 1/],
  ['a missing tensor', changed({}, (tensors) => tensors.delete('running')), /tensor running.*missing/],
  ['a tensor too many', changed({}, (tensors) => tensors.set('more', float32Tensor([1]))), /tensor more.*no use/],
  [
    'a tensor of another shape',
    changed({}, (tensors) => tensors.set('running', float32Tensor([3]))),
    /tensor running.*got float32 3; wanted float32 2/,
  ],
  ['a missing constant', changed({}, (tensors) => tensors.delete('constant:offset')), /constant has no tensor.*offset/],
  [
    'an unknown op',
    withGraph(({ nodes }) => void Object.assign(nodes?.[0] ?? {}, { op: 'toString' })),
    /graph.nodes\[0\].*no such op/,
  ],
  [
    'shapes that do not fit',
    withGraph(({ inputs }) => void Object.assign(inputs?.[0] ?? {}, { shape: ['N', 3, 4, 4] })),
    /graph.nodes\[0\]: conv/,
  ],
  [
    'an attribute that no op has',
    withGraph(({ nodes }) => void Object.assign(nodes?.[0] ?? {}, { attributes: JSON.parse('{"__proto__": 1}') })),
    /no such attribute.*__proto__/,
  ],
  [
    'outputs that an op has not',
    withGraph(({ nodes }) => void Object.assign(nodes?.[0] ?? {}, { outputs: ['a', 'b'] })),
    /other outputs/,
  ],
  ['a name twice', withGraph(({ nodes }) => void nodes?.push(nodes[0])), /two nodes have this name/],
  [
    'nine dimensions',
    withGraph(({ parameters }) => void Object.assign(parameters?.[0] ?? {}, { shape: Array(9).fill(1) })),
    /list is too long/,
  ],
  [
    'an update of another shape',
    withGraph(({ updates }) => void updates?.push(['running', 'conv.weight'])),
    /does not fit the parameter/,
  ],
  ['an input that is none', changed({ input: 'conv' }), /input: not an input.*got conv/],
  ['logits that are none', changed({ logits: 'conv' }), /logits.*wanted a value of the graph, N x classes/],
  ['a label too few', changed({ labels: '["yes"]' }), /not one label a class; got 1; wanted 2/],
  [
    'preprocessing of another size',
    changed({ preprocessing: JSON.stringify({ ...tinyModel().preprocessing, width: 5 }) }),
    /got 1x4x5; wanted 1x4x4/,
  ],
  ['preprocessing that is none', changed({ preprocessing: '[]' }), /wanted an object/],
])('refuses %s', (_, bad, message) => {
  expect(() => readCheckpoint(bad, 'bad')).toThrow(ModelFormatError);
  expect(() => readCheckpoint(bad, 'bad')).toThrow(message);
});

test('size expressions that would double at every node are stopped', () => {
  const bomb = withGraph((graph) => {
    graph['nodes'] = Array.from({ length: 60 }, (_, index) => {
      const input = index === 0 ? 'x' : `c${index - 1}`;
      return {
        name: `c${index}`,
        op: 'concat',
        inputs: [input, input],
        outputs: [`c${index}`],
        attributes: { axis: 0 },
      };
    });
  });
  expect(() => readCheckpoint(bomb, 'bomb')).toThrow(/too long an expression/);
});

test('2,000 mutants of the file, and 2,000 of its graph: a model or a typed error', () => {
  expectOnlyTypedErrors(bytes, (mutant) => readCheckpoint(mutant, 'mutant'));
  const { tensors, metadata } = readSafetensors(bytes, 'x');
  expectOnlyTypedErrors(new TextEncoder().encode(metadata.get('graph')), (mutant) => {
    const graph = new TextDecoder().decode(mutant);
    return readCheckpoint(writeSafetensors(tensors, new Map([...metadata, ['graph', graph]])), 'mutant');
  });
});

test('where the training stands comes back as it was written', () => {
  const training = JSON.stringify({ step: 3, name: 'äö "quoted"' });
  expect(readCheckpointWithState(writeCheckpoint(tinyModel(), { training }), 'file').training).toBe(training);
  expect(readCheckpointWithState(bytes, 'file').training).toBeUndefined();
});
