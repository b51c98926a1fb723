import { backward, GraphBuilder, int32Tensor, Random, type Graph, type TensorData } from '@convscope/gpu-engine';
import * as tf from '@tensorflow/tfjs-core';
import { ConvscopeGraph } from '../../peers/convscope-graph.ts';
import { runAndRead, runKernel, tensorFlowContender, tensorFlowTensor } from '../../peers/tensorflow-kernels.ts';
import { randomTensor } from '../../random-tensor.ts';
import { largestDifference, type SuiteContext } from '../../suite.ts';

/** The same work on both sides. `result` of the graph and of `theirs` are the same numbers, feature maps in each one's order. */
interface LayerCase {
  readonly name: string;
  readonly tensors: ReadonlyMap<string, TensorData>;
  readonly graph: Graph;
  readonly theirs: (tensors: Readonly<Record<string, tf.Tensor>>) => tf.Tensor[];
}

export const TRAINING_LAYER_CASES = 6;

/** Batch norm, max-pool's backward pass, softmax with cross-entropy. */
export async function measureTrainingLayers({ device, extent, wants, check, measure }: SuiteContext): Promise<void> {
  const quick = extent === 'quick';
  const scale = quick ? 8 : 1;
  const cases = [
    batchNormForward([8, 64, 56 / scale, 56 / scale]),
    batchNormBackward([8, 64, 56 / scale, 56 / scale]),
    maxPoolBackward([8, 64, 112 / scale, 112 / scale], 3, 2),
    maxPoolBackward([quick ? 2 : 100, 32, 28, 28], 2, 2),
    crossEntropy(128, 1000 / scale),
    crossEntropy(100, 10),
  ];
  for (const { name, tensors, graph, theirs } of cases) {
    if (!wants(name)) continue;
    const ours = await ConvscopeGraph.create(device, graph, tensors);
    const given = Object.fromEntries([...tensors].map(([key, data]) => [key, tensorFlowTensor(data)]));
    const first = () => {
      const [result] = theirs(given) as [tf.Tensor];
      return result.rank === 4 ? tf.transpose(result, [0, 3, 1, 2]) : result;
    };
    check({
      what: name,
      difference: largestDifference(await ours.read('result'), await runAndRead(first)),
      tolerance: 1e-3,
    });
    await measure({ name, contenders: [ours.contender(), tensorFlowContender(() => theirs(given))] });
    ours.dispose();
    tf.dispose(given);
  }
}

const EPSILON = 1e-3;

function batchNormTensors(shape: readonly number[]): Map<string, TensorData> {
  const channels = [shape[1] as number];
  return new Map<string, TensorData>([
    ['x', randomTensor(shape, 1)],
    ['g', randomTensor(shape, 2)],
    ['scale', randomTensor(channels, 3)],
    ['shift', randomTensor(channels, 4)],
  ]);
}

function builderWith(tensors: ReadonlyMap<string, TensorData>): GraphBuilder {
  const builder = new GraphBuilder();
  for (const [name, { shape, dtype }] of tensors) builder.parameter(name, shape, {}, dtype);
  return builder;
}

/** TensorFlow.js has no training kernel: its layers take the moments and normalize by them. */
function tensorFlowBatchNorm(x: tf.Tensor, scale: tf.Tensor, shift: tf.Tensor): tf.Tensor {
  const { mean, variance } = tf.moments(x, [0, 1, 2]);
  return tf.batchNorm(x, mean, variance, shift, scale, EPSILON);
}

function batchNormForward(shape: readonly number[]): LayerCase {
  const tensors = batchNormTensors(shape);
  tensors.delete('g');
  const builder = builderWith(tensors);
  builder.output(builder.op('batchNorm', ['x', 'scale', 'shift'], { epsilon: EPSILON }, 'result'));
  return {
    name: `batch norm in training, forward, ${shape.join(' x ')}`,
    tensors,
    graph: builder.build(),
    theirs: ({ x, scale, shift }) => [tensorFlowBatchNorm(x as tf.Tensor, scale as tf.Tensor, shift as tf.Tensor)],
  };
}

function batchNormBackward(shape: readonly number[]): LayerCase {
  const tensors = batchNormTensors(shape);
  const builder = builderWith(tensors);
  builder.op('batchNorm', ['x', 'scale', 'shift'], { epsilon: EPSILON }, 'y');
  const { graph, cotangents } = backward(builder.build(), { of: 'y', seed: 'g', wrt: ['x', 'scale', 'shift'] });
  const complete = new GraphBuilder(graph);
  complete.alias('result', cotangents.get('x') as string);
  complete.output('result', cotangents.get('scale') as string, cotangents.get('shift') as string);
  return {
    name: `batch norm in training, forward and backward, ${shape.join(' x ')}`,
    tensors,
    graph: complete.build(),
    theirs: ({ x, g, scale, shift }) =>
      tf.grads((...inputs: tf.Tensor[]) =>
        tensorFlowBatchNorm(inputs[0] as tf.Tensor, inputs[1] as tf.Tensor, inputs[2] as tf.Tensor),
      )([x, scale, shift] as tf.Tensor[], g),
  };
}

/** Given what the forward pass leaves: our switches, their maxima. */
function maxPoolBackward(shape: readonly number[], kernel: number, stride: number): LayerCase {
  const [batch, channels, height, width] = shape as [number, number, number, number];
  const size = [height, width].map((length) => Math.floor((length - kernel) / stride) + 1) as [number, number];
  const x = randomTensor(shape, 1);
  const { maxima, switches } = maxPool(x, kernel, stride, size);
  const pooled = [batch, channels, ...size];
  const tensors = new Map<string, TensorData>([
    ['g', randomTensor(pooled, 2)],
    ['switches', int32Tensor(pooled, switches)],
  ]);
  const builder = builderWith(tensors);
  const window = { kernelSize: [kernel, kernel], strides: [stride, stride], inputSize: [height, width] };
  builder.output(builder.op('unpool', ['g', 'switches'], window, 'result'));
  const theirOwn = new Map<string, TensorData>([
    ...tensors,
    ['x', x],
    ['maxima', { ...x, shape: pooled, data: maxima }],
  ]);
  return {
    name: `max-pool backward ${kernel}x${kernel}, stride ${stride}, ${shape.join(' x ')}`,
    tensors: theirOwn,
    graph: builder.build(),
    theirs: ({ g, x: input, maxima: output }) => [
      runKernel(
        'MaxPoolGrad',
        { dy: g as tf.Tensor, input: input as tf.Tensor, output: output as tf.Tensor },
        {
          filterSize: [kernel, kernel],
          strides: [stride, stride],
          pad: 'valid',
        },
      ),
    ],
  };
}

function maxPool(
  { shape, data }: TensorData,
  kernel: number,
  stride: number,
  [height, width]: readonly [number, number],
) {
  const [batch, channels, inputHeight, inputWidth] = shape as [number, number, number, number];
  const maxima = new Float32Array(batch * channels * height * width);
  const switches = new Int32Array(maxima.length);
  for (let index = 0; index < maxima.length; index++) {
    const plane = Math.floor(index / (height * width)) * inputHeight * inputWidth;
    const corner = (Math.floor(index / width) % height) * stride * inputWidth + (index % width) * stride;
    let best = corner;
    for (let tap = 1; tap < kernel * kernel; tap++) {
      const place = corner + Math.floor(tap / kernel) * inputWidth + (tap % kernel);
      if ((data[plane + place] as number) > (data[plane + best] as number)) best = place;
    }
    maxima[index] = data[plane + best] as number;
    switches[index] = best;
  }
  return { maxima, switches };
}

function crossEntropy(batch: number, classes: number): LayerCase {
  const random = new Random(7);
  const labels = Int32Array.from({ length: batch }, () => random.below(classes));
  const tensors = new Map<string, TensorData>([
    ['x', randomTensor([batch, classes], 1)],
    ['labels', int32Tensor([batch], labels)],
  ]);
  const builder = builderWith(tensors);
  const loss = builder.op('reduceMean', [builder.op('crossEntropy', ['x', 'labels'])], {}, 'loss');
  const { graph, cotangents } = backward(builder.build(), { of: loss, wrt: ['x'] });
  const complete = new GraphBuilder(graph);
  complete.alias('result', cotangents.get('x') as string);
  complete.output('result', loss);
  return {
    name: `softmax and cross-entropy, loss and gradient, ${batch} x ${classes}`,
    tensors,
    graph: complete.build(),
    theirs: ({ x, labels: classOf }) => {
      const wanted = tf.oneHot(classOf as tf.Tensor1D, classes);
      const { value, grad } = tf.valueAndGrad((scores) =>
        tf.losses.softmaxCrossEntropy<tf.Tensor, tf.Scalar>(wanted, scores),
      )(x as tf.Tensor);
      return [grad, value];
    },
  };
}
