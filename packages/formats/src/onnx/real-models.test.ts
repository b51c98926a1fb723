import { float32Tensor, type GpuDevice, type TensorData } from '@convscope/gpu-engine';
import { requestNodeDevice } from '@convscope/gpu-engine/node';
import * as runtime from 'onnxruntime-web';
import { afterAll, beforeAll, expect } from 'vitest';
import { realFile, testOnRealData } from '../fixtures.test-helper.ts';
import { readIdx } from '../idx.ts';
import { decodePicture } from '../decode-picture.ts';
import type { Model } from '../model.ts';
import { readNpy } from '../npy.ts';
import { rebatch } from '@convscope/gpu-engine/graph';
import { readPng } from '../png.ts';
import { pictureToTensor } from '../preprocess.ts';
import { inspectOnnx } from './inspect-onnx.ts';
import { readOnnx, type OnnxOptions } from './read-onnx.ts';
import { relativeError, runGraph } from './run-graph.test-helper.ts';

let device: GpuDevice;

beforeAll(async () => {
  device = await requestNodeDevice();
});

afterAll(() => device.dispose());

function model(path: string, options?: OnnxOptions): Model {
  return readOnnx(realFile(`models/${path}`), path, options);
}

async function run(
  { graph, parameters, input, logits }: Model,
  pictures: TensorData,
  value = logits,
): Promise<TensorData> {
  const batch = rebatch(graph, pictures.shape[0] as number);
  const results = await runGraph(device, batch, parameters, { [input]: pictures }, [value]);
  return results.get(value) as TensorData;
}

function largest(scores: ArrayLike<number>): number {
  return Array.from(scores).reduce((best, score, index) => (score > (scores[best] as number) ? index : best), 0);
}

testOnRealData('SqueezeNet 1.1 gives the stored logits', async () => {
  const squeezenet = model('squeezenet1.1/squeezenet1.1_fp32.onnx');
  for (const set of [0, 1]) {
    const folder = `models/squeezenet1.1/test_data_set/${set}`;
    const [input, output] = ['input_0', 'output_0'].map((name) => readNpy(realFile(`${folder}/${name}.npy`), name));
    const logits = await run(squeezenet, input as TensorData);
    expect(relativeError(logits, output as TensorData)).toBeLessThan(1e-3);
  }
});

testOnRealData('SqueezeNet with float16 weights knows the fish, its softmax left out of the logits', async () => {
  const squeezenet = model('winml/SqueezeNet_fp16.onnx', { preprocessing: 'raw' });
  expect(squeezenet.notes.get('logits')).toMatch(/softmax is left out/);
  const fish = pictureToTensor(readPng(realFile('models/winml/fish.png'), 'fish.png'), squeezenet.preprocessing);
  const logits = await run(squeezenet, fish);
  expect(logits.shape).toEqual([1, 1000]);
  const exponents = Array.from(logits.data, (score) => Math.exp(score - Math.max(...logits.data)));
  const sum = exponents.reduce((a, b) => a + b, 0);
  const text = new TextDecoder().decode(realFile('models/winml/Squeezenet_fish_input_CPU.csv'));
  const wanted = text
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => Number(line.split(',')[1]));
  const probabilities = float32Tensor(
    [1000],
    exponents.map((value) => value / sum),
  );
  expect(relativeError(probabilities, float32Tensor([1000], wanted))).toBeLessThan(0.01);
});

testOnRealData('a network from Caffe is guessed to take what Caffe gives, and sees the pelican', async () => {
  const squeezenet = model('winml/SqueezeNet_fp16.onnx');
  expect(squeezenet.notes.get('preprocessing')).toBe('imagenet-caffe (a guess by the producer, onnx-caffe2)');
  const photo = decodePicture(realFile('images/wonnx_pelican.jpeg'), 'pelican');
  const { data } = await run(squeezenet, pictureToTensor(photo, squeezenet.preprocessing));
  expect(largest(data)).toBe(144);
});

testOnRealData('ResNet-20 gives the logits of ONNX Runtime and is right on 88 % of 200 test pictures', async () => {
  const path = 'resnet20_cifar10/resnet20_cifar10.onnx';
  const resnet = model(path);
  const count = 200;
  const pictures = cifarPictures(count, resnet.preprocessing);
  const logits = await run(resnet, pictures);
  expect(rightAnswers(logits.data, cifarLabels(count))).toBeGreaterThanOrEqual(0.88 * count);

  runtime.env.wasm.numThreads = 1;
  const session = await runtime.InferenceSession.create(realFile(`models/${path}`));
  const first = new runtime.Tensor('float32', pictures.data.slice(0, 3072) as Float32Array, [1, 3, 32, 32]);
  const results = await session.run({ [resnet.input]: first });
  const data = (await results[session.outputNames[0] as string]?.getData()) as Float32Array;
  const ours = float32Tensor([10], logits.data.slice(0, 10) as Float32Array);
  expect(relativeError(ours, float32Tensor([10], data))).toBeLessThan(1e-4);
  await session.release();
});

testOnRealData(
  'ResNet-20 names the classes that the stored logits of the first twelve test pictures name',
  async () => {
    const resnet = model('resnet20_cifar10/resnet20_cifar10.onnx');
    const stored = readNpy(realFile('models/resnet20_cifar10/resnet20_cifar10_logits_first12_test.npy'), 'logits');
    const logits = await run(resnet, cifarPictures(12, resnet.preprocessing));
    const classes = ({ data }: TensorData) =>
      Array.from({ length: 12 }, (_, row) => largest(data.subarray(10 * row, 10 * row + 10)));
    const same = classes(logits).filter((found, row) => found === classes(stored)[row]);
    expect(same.length).toBe(12);
  },
);

testOnRealData('the CIFAR-10 classifier is right more often than not', async () => {
  const classifier = model('winml/ImageClassifier.onnx', { preprocessing: '-1..1' });
  const count = 100;
  const { data } = await run(classifier, cifarPictures(count, classifier.preprocessing));
  expect(rightAnswers(data, cifarLabels(count))).toBeGreaterThan(50);
});

testOnRealData('mnist.onnx reads 99 % of the first 200 test digits', async () => {
  const mnist = model('winml/mnist.onnx');
  expect(mnist.preprocessing).toMatchObject({ channels: 1, scale: 1 });
  const count = 200;
  const images = readIdx(realFile('sets/mnist/t10k-images-idx3-ubyte.gz'), 'images');
  const labels = readIdx(realFile('sets/mnist/t10k-labels-idx1-ubyte.gz'), 'labels');
  const digits = float32Tensor([count, 1, 28, 28], Float32Array.from(images.data.subarray(0, count * 784)));
  const { data } = await run(mnist, digits);
  expect(rightAnswers(data, labels.data)).toBeGreaterThanOrEqual(0.99 * count);
});

testOnRealData('the coverage report counts nodes and parameters and suggests layers', () => {
  const report = inspectOnnx(realFile('models/squeezenet1.1/squeezenet1.1_fp32.onnx'), 'squeezenet');
  expect(report).toMatchObject({ nodes: 65, parameters: 1_235_496, unsupported: [], limits: [] });
  expect(report.suggestedLayers.at(-1)).toBe('squeezenet0_relu25_fwd');
});

/** How many rows of ten scores are largest at their label. */
function rightAnswers(
  scores: ArrayLike<number> & { subarray(from: number, to: number): ArrayLike<number> },
  labels: ArrayLike<number>,
): number {
  const rows = Array.from({ length: scores.length / 10 }, (_, row) => row);
  return rows.filter((row) => largest(scores.subarray(10 * row, 10 * row + 10)) === labels[row]).length;
}

function cifarLabels(count: number): readonly number[] {
  const text = new TextDecoder().decode(realFile('sets/cifar10/labels_batch_50.txt'));
  return text.trim().split(/\s+/).slice(0, count).map(Number);
}

/** The first pictures of CIFAR-10's test batch: a row of the PNG is one picture of 32 x 32. */
function cifarPictures(count: number, preprocessing: Model['preprocessing']): TensorData {
  const { data } = readPng(realFile('sets/cifar10/cifar10_batch_50.png'), 'cifar10');
  const pictures = Array.from({ length: count }, (_, row) => {
    const picture = { width: 32, height: 32, data: data.slice(row * 4096, (row + 1) * 4096) };
    return pictureToTensor(picture, preprocessing).data;
  });
  const all = new Float32Array(count * 3072);
  pictures.forEach((picture, row) => all.set(picture, row * 3072));
  return float32Tensor([count, 3, 32, 32], all);
}
