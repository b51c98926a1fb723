import type { GpuDevice, TensorData } from '@convscope/gpu-engine';
import { GraphBuilder, rebatch, valueOf } from '@convscope/gpu-engine/graph';
import { requestNodeDevice } from '@convscope/gpu-engine/node';
import * as runtime from 'onnxruntime-web';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ramp, smallNetwork } from '../../testing/small-network.ts';
import { readOnnx } from './read-onnx.ts';
import { relativeError, runGraph } from './run-graph.test-helper.ts';
import { writeOnnx } from './write-onnx.ts';

let device: GpuDevice;

beforeAll(async () => {
  device = await requestNodeDevice();
});

afterAll(() => device.dispose());

const pictures = ramp([2, 3, 12, 12], 99);

async function scores(model: ReturnType<typeof smallNetwork>): Promise<TensorData> {
  const output = model.graph.outputs[0] as string;
  const results = await runGraph(device, rebatch(model.graph, 2), model.parameters, { [model.input]: pictures });
  return results.get(output) as TensorData;
}

test('what is written reads back as the same network, preprocessing and labels included', async () => {
  const model = smallNetwork();
  const again = readOnnx(writeOnnx(model), 'again.onnx');
  expect(again.graph.nodes.map(({ op }) => op)).toEqual(model.graph.nodes.map(({ op }) => op));
  expect(again).toMatchObject({ name: 'small', input: 'picture', logits: 'logits', labels: model.labels });
  expect(again.preprocessing).toEqual(model.preprocessing);
  expect(valueOf(again.graph, 'scores').shape).toEqual(['N', 5]);
  expect(relativeError(await scores(again), await scores(model))).toBeLessThan(1e-6);
});

test('ONNX Runtime computes the same from the file', async () => {
  runtime.env.wasm.numThreads = 1;
  const model = smallNetwork();
  const session = await runtime.InferenceSession.create(writeOnnx(model));
  const input = new runtime.Tensor('float32', pictures.data, pictures.shape);
  const { scores: result } = await session.run({ picture: input });
  const data = (await result?.getData()) as Float32Array;
  const wanted = { dtype: 'float32' as const, shape: [2, 5], data };
  expect(relativeError(await scores(model), wanted)).toBeLessThan(1e-5);
  await session.release();
});

test('bounds of a clip are written, and left out where there are none', () => {
  const builder = new GraphBuilder();
  let x = builder.input('picture', 'float32', ['N', 3, 12, 12]);
  const bounds = [{ min: 0, max: 6 }, { min: -1 }, { max: 0.5 }];
  for (const given of bounds) x = builder.op('clip', [x], given);
  builder.output(x);
  const model = { ...smallNetwork(), graph: builder.build(), parameters: new Map<string, TensorData>() };
  const again = readOnnx(writeOnnx({ ...model, logits: x }), 'clip.onnx');
  expect(again.graph.nodes.map(({ op, attributes }) => [op, attributes])).toEqual(
    model.graph.nodes.map(({ op, attributes }) => [op, attributes]),
  );
});

test('an op that ONNX has no word for is named', () => {
  const builder = new GraphBuilder();
  const x = builder.input('x', 'float32', ['N', 4]);
  const labels = builder.input('labels', 'int32', ['N']);
  builder.output(builder.op('crossEntropy', [x, labels], {}, 'loss'));
  const model = { ...smallNetwork(), graph: builder.build(), parameters: new Map<string, TensorData>() };
  expect(() => writeOnnx(model)).toThrow(/loss: .*crossEntropy/);
});
