import { expect, it } from 'vitest';
import { writeCheckpoint, type Model } from '@convscope/formats';
import { float32Tensor, GraphBuilder } from '@convscope/gpu-engine/graph';
import { buffersOf, parseModel } from './parse-model.ts';

function tinyModel(): Model {
  const builder = new GraphBuilder();
  const input = builder.input('x', 'float32', ['N', 1, 2, 2]);
  const weight = builder.parameter('w', [3, 1, 2, 2]);
  const maps = builder.op('conv2d', [input, weight], {}, 'maps');
  const logits = builder.op('flatten', [maps], { axis: 1 }, 'logits');
  builder.output(logits);
  return {
    name: 'tiny',
    graph: builder.build(),
    parameters: new Map([['w', float32Tensor([3, 1, 2, 2])]]),
    input,
    logits,
    preprocessing: {
      channels: 1,
      height: 2,
      width: 2,
      mean: [0],
      standardDeviation: [1],
      scale: 1,
      order: 'rgb',
      resize: 'contain',
    },
    labels: [],
    notes: new Map(),
  };
}

it('reads checkpoints, and survives the way between threads', () => {
  const model = parseModel(writeCheckpoint(tinyModel()), 'tiny.safetensors');
  const transfer = buffersOf(model);
  expect(transfer.length).toBeGreaterThan(0);
  const arrived = structuredClone(model, { transfer });
  expect(arrived).toEqual(parseModel(writeCheckpoint(tinyModel()), 'tiny.safetensors'));
});

it('says in one line why a file is no model', () => {
  for (const name of ['x.onnx', 'x.safetensors']) {
    expect(() =>
      parseModel(
        Uint8Array.from({ length: 200 }, (_, i) => (i * 97) % 256),
        name,
      ),
    ).toThrow(/^x\./);
  }
});
