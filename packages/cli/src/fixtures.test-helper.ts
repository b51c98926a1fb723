import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeCheckpoint, writeNpy, writePng, type Model } from '@convscope/formats';
import { float32Tensor, GraphBuilder, valueOf, type TensorData } from '@convscope/gpu-engine/graph';
import { afterAll } from 'vitest';
import type { Sink } from './command.ts';
import { main, type MainOptions } from './main.ts';

/** Two convolution stages and a dense layer over pictures of 1x12x12, with weights that look random. */
export function tinyModel(): Model {
  const builder = new GraphBuilder();
  builder.input('x', 'float32', ['N', 1, 12, 12]);
  builder.parameter('conv1.weight', [4, 1, 3, 3]);
  builder.parameter('conv1.bias', [4]);
  builder.parameter('conv2.weight', [6, 4, 3, 3]);
  builder.parameter('dense.weight', [3, 54]);
  builder.op('conv2d', ['x', 'conv1.weight'], { pads: [1, 1, 1, 1] }, 'conv1');
  builder.op('relu', [builder.op('bias', ['conv1', 'conv1.bias'], {}, 'bias1')], {}, 'relu1');
  builder.node('maxPool', ['relu1'], { kernelSize: [2, 2], strides: [2, 2] }, 'pool1');
  builder.op('conv2d', [valueOf(builder.build(), 'pool1').name, 'conv2.weight'], { pads: [1, 1, 1, 1] }, 'conv2');
  builder.op('relu', ['conv2'], {}, 'relu2');
  const [pool2 = ''] = builder.node('maxPool', ['relu2'], { kernelSize: [2, 2], strides: [2, 2] }, 'pool2');
  builder.op('dense', [builder.op('flatten', [pool2], {}, 'flat'), 'dense.weight'], {}, 'scores');
  builder.alias('logits', 'scores');
  builder.output('scores');
  const graph = builder.build();
  const parameters = new Map<string, TensorData>(
    [...graph.parameters.keys()].map((name, index) => {
      const shape = valueOf(graph, name).shape as readonly number[];
      return [name, wave(shape, index + 1)];
    }),
  );
  return {
    name: 'tiny',
    graph,
    parameters,
    input: 'x',
    logits: 'logits',
    preprocessing: {
      channels: 1,
      height: 12,
      width: 12,
      mean: [0.5],
      standardDeviation: [0.5],
      scale: 1 / 255,
      order: 'rgb',
      resize: 'contain',
    },
    labels: ['cat', 'dog', 'bird'],
    notes: new Map([['licence', 'MIT']]),
  };
}

/** Numbers between -0.5 and 0.5 that repeat for no practical length. */
export function wave(shape: readonly number[], seed: number): TensorData<'float32'> {
  const length = shape.reduce((product, size) => product * size, 1);
  const data = Float32Array.from({ length }, (_, index) => {
    const value = Math.sin((index + 1) * 12.9898 * seed) * 43758.5453;
    return value - Math.floor(value) - 0.5;
  });
  return float32Tensor(shape, data);
}

/** A folder with `tiny.safetensors`, `two.npy` (2 pictures) and `picture.png`; removed after the tests of the file. */
export function workFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'convscope-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'tiny.safetensors'), writeCheckpoint(tinyModel()));
  writeFileSync(join(folder, 'two.npy'), writeNpy(wave([2, 1, 12, 12], 0.7)));
  const data = new Uint8ClampedArray(20 * 20 * 4).map((_, index) => (index % 4 === 3 ? 255 : (index * 7) % 256));
  writeFileSync(join(folder, 'picture.png'), writePng({ width: 20, height: 20, data }));
  return folder;
}

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one command line in this process. */
export async function runMain(argv: readonly string[], options: Partial<MainOptions> = {}): Promise<Outcome> {
  const texts = { stdout: '', stderr: '' };
  const sink = (name: 'stdout' | 'stderr'): Sink => ({ write: (text) => (texts[name] += text) });
  const code = await main(argv, { stdout: sink('stdout'), stderr: sink('stderr'), env: {}, ...options });
  return { code, ...texts };
}
