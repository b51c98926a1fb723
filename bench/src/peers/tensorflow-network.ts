import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import type { TensorData } from '@convscope/gpu-engine';
import type { Architecture, LayerMaker } from '../networks/networks.ts';
import { EPSILON } from './convscope-network.ts';
import { runAndRead, TENSORFLOW, tensorFlowWeights } from './tensorflow-kernels.ts';

type Symbolic = layers.SymbolicTensor;

/** The architecture as a model of TensorFlow.js's layers, with weights in our order. */
export class TensorFlowNetwork {
  readonly name = TENSORFLOW;
  readonly #model: layers.LayersModel;
  readonly #size: number;

  constructor(
    architecture: Architecture,
    { size, weights }: { readonly size: number; readonly weights: ReadonlyMap<string, TensorData> },
  ) {
    this.#size = size;
    const x = layers.input({ shape: [size, size, 3] });
    this.#model = layers.model({ inputs: x, outputs: architecture(layerMaker(), x) });
    for (const layer of this.#model.layers) setWeights(layer, weights);
  }

  /** Class scores of a picture [1, 3, size, size]. */
  async forward(picture: Float32Array): Promise<Float32Array> {
    return runAndRead(() => this.#model.predict(this.#picture(picture)) as tf.Tensor);
  }

  /** The gradient of one class score to the picture, in our order. */
  async inputGradient(picture: Float32Array, target: number): Promise<Float32Array> {
    return runAndRead(() => {
      const score = (x: tf.Tensor): tf.Tensor =>
        tf.sum(tf.slice(this.#model.apply(x, { training: false }) as tf.Tensor2D, [0, target], [1, 1]));
      return tf.transpose(tf.grad(score)(this.#picture(picture)), [0, 3, 1, 2]);
    });
  }

  dispose(): void {
    this.#model.dispose();
  }

  #picture(data: Float32Array): tf.Tensor {
    return tf.transpose(tf.tensor4d(data, [1, 3, this.#size, this.#size]), [0, 2, 3, 1]);
  }
}

function setWeights(layer: layers.layers.Layer, weights: ReadonlyMap<string, TensorData>): void {
  const own = (part: string) => weights.get(`${layer.name}.${part}`) as TensorData;
  const vector = (part: string) => tf.tensor(own(part).data);
  const tensors = tf.tidy(() => {
    switch (layer.getClassName()) {
      case 'Conv2D':
        return [tensorFlowWeights(own('weight'), false)];
      case 'DepthwiseConv2D':
        return [tensorFlowWeights(own('weight'), true)];
      case 'BatchNormalization':
        return ['scale', 'shift', 'mean', 'variance'].map(vector);
      case 'Dense': {
        const { shape, data } = own('weight');
        return [tf.transpose(tf.tensor(data, [...shape])), vector('bias')];
      }
      default:
        return [];
    }
  });
  if (tensors.length > 0) layer.setWeights(tensors);
  tf.dispose(tensors);
}

function layerMaker(): LayerMaker<Symbolic> {
  const apply = (layer: layers.layers.Layer, x: Symbolic | Symbolic[]) => layer.apply(x) as Symbolic;
  const zeros = { kernelInitializer: 'zeros', depthwiseInitializer: 'zeros' } as const;
  return {
    convolution: (name, x, { outputs, kernel, stride = 1, depthwise = false }) => {
      const options = { name, kernelSize: kernel, strides: stride, padding: 'same', useBias: false, ...zeros } as const;
      const layer = depthwise
        ? layers.layers.depthwiseConv2d(options)
        : layers.layers.conv2d({ ...options, filters: outputs });
      return apply(layer, x);
    },
    batchNorm: (name, x) => apply(layers.layers.batchNormalization({ name, epsilon: EPSILON }), x),
    relu: (x, most) => apply(layers.layers.reLU(most === undefined ? {} : { maxValue: most }), x),
    maxPool: (x) => apply(layers.layers.maxPooling2d({ poolSize: 3, strides: 2, padding: 'same' }), x),
    add: (a, b) => apply(layers.layers.add(), [a, b]),
    globalAveragePool: (x) => apply(layers.layers.globalAveragePooling2d({}), x),
    dense: (name, x, outputs) => apply(layers.layers.dense({ name, units: outputs, kernelInitializer: 'zeros' }), x),
    channels: (x) => x.shape.at(-1) as number,
  };
}
