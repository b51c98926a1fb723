import * as tf from '@tensorflow/tfjs-core';
import type { TensorData } from '@convscope/gpu-engine';
import { CLASSES, IMAGE, LEARNING_RATE, type Batch } from '../seed-network.ts';
import type { SeedNetworkOptions } from './convscope-seed-network.ts';

/**
 * The seed network on TensorFlow.js, NHWC and from its fused ops, which its own layers are made of too. The weights
 * come in PyTorch's order and are turned into TensorFlow's once.
 */
export class TensorFlowSeedNetwork {
  readonly name = 'TensorFlow.js';
  readonly #batch: number;
  readonly #dropout: number;
  readonly #variables: ReadonlyMap<string, tf.Variable>;
  readonly #optimizer = tf.train.adam(LEARNING_RATE, 0.9, 0.999, 1e-8);

  constructor({ batch, dropout, weights }: SeedNetworkOptions) {
    this.#batch = batch;
    this.#dropout = dropout;
    this.#variables = new Map(
      [...weights].map(([name, data]) => [name, tf.variable(tf.tidy(() => inTheirOrder(data)))]),
    );
  }

  /** Logits [N, 10]. */
  async forward({ images }: Batch): Promise<Float32Array> {
    const logits = tf.tidy(() => this.#logits(this.#images(images), 0));
    const data = (await logits.data()) as Float32Array;
    logits.dispose();
    return data;
  }

  /** The batch's mean loss before the step. */
  async step({ images, labels }: Batch): Promise<number> {
    const loss = tf.tidy(() => {
      const x = this.#images(images);
      const wanted = tf.oneHot(tf.tensor1d(labels, 'int32'), CLASSES);
      const lossOf = (): tf.Scalar => tf.losses.softmaxCrossEntropy(wanted, this.#logits(x, this.#dropout));
      const scalar = this.#optimizer.minimize(lossOf, true, [...this.#variables.values()]);
      if (scalar === null) throw new Error('TensorFlow.js gave no loss');
      return scalar;
    });
    const [value] = await loss.data<'float32'>();
    loss.dispose();
    return value as number;
  }

  dispose(): void {
    tf.dispose([...this.#variables.values()]);
    this.#optimizer.dispose();
  }

  #images(images: Float32Array): tf.Tensor4D {
    // One channel: NCHW and NHWC are the same bytes.
    return tf.tensor4d(images, [this.#batch, IMAGE, IMAGE, 1]);
  }

  #logits(x: tf.Tensor4D, dropout: number): tf.Tensor2D {
    const convolution = (layer: string, input: tf.Tensor4D): tf.Tensor4D => {
      const active = tf.fused.conv2d({
        x: input,
        filter: this.#variable(`${layer}.weight`) as tf.Tensor4D,
        strides: 1,
        pad: 'same',
        bias: this.#variable(`${layer}.bias`),
        activation: 'relu',
      });
      return tf.maxPool(active, 2, 2, 'same');
    };
    const dense = (layer: string, a: tf.Tensor, activation: 'relu' | 'linear'): tf.Tensor2D =>
      tf.fused.matMul({
        a,
        b: this.#variable(`${layer}.weight`),
        bias: this.#variable(`${layer}.bias`),
        activation,
      }) as tf.Tensor2D;
    const pooled = convolution('conv2', convolution('conv1', x));
    const hidden = dense('dense1', tf.reshape(pooled, [this.#batch, -1]), 'relu');
    return dense('dense2', dropout > 0 ? tf.dropout(hidden, dropout) : hidden, 'linear');
  }

  #variable(name: string): tf.Variable {
    const variable = this.#variables.get(name);
    if (variable === undefined) throw new Error(`no weights named ${name}`);
    return variable;
  }
}

/** [Co, Ci, KH, KW] becomes HWIO, [O, I] becomes [I, O]; the first dense layer's inputs go from CHW to HWC. */
function inTheirOrder({ shape, data }: TensorData): tf.Tensor {
  const tensor = tf.tensor(data, [...shape], 'float32');
  if (shape.length === 4) return tf.transpose(tensor, [2, 3, 1, 0]);
  if (shape.length !== 2) return tensor;
  const [outputs, inputs] = shape as [number, number];
  const side = IMAGE / 4;
  if (inputs % (side * side) !== 0) return tf.transpose(tensor);
  const maps = tf.reshape(tensor, [outputs, inputs / (side * side), side, side]);
  return tf.reshape(tf.transpose(maps, [2, 3, 1, 0]), [inputs, outputs]);
}
