import * as tf from '@tensorflow/tfjs-core';
import type { TensorData } from '@convscope/gpu-engine';
import { queued, type Contender } from '../measure.ts';
import { finishTensorFlow } from './open-tensorflow.ts';

export const TENSORFLOW = 'TensorFlow.js';

/** One of TensorFlow.js's own kernels, which its gradients call too. */
export function runKernel(
  name: string,
  inputs: Record<string, tf.Tensor>,
  attributes: Record<string, unknown>,
): tf.Tensor {
  return tf.engine().runKernel<tf.Tensor>(name, inputs, attributes as tf.NamedAttrMap);
}

/** TensorFlow.js's side of a comparison, without reading anything back. */
export function tensorFlowContender(work: () => tf.TensorContainer | void): Contender {
  // What is disposed of while the GPU may still need it, TensorFlow.js keeps until its next submit.
  return { name: TENSORFLOW, run: queued(() => tf.dispose(tf.tidy(work)), finishTensorFlow) };
}

/** Runs and reads the result back. */
export async function runAndRead(work: () => tf.Tensor): Promise<Float32Array> {
  const result = tf.tidy(work);
  const data = (await result.data()) as Float32Array;
  result.dispose();
  return data;
}

/** Float32 feature maps [N, C, H, W] as TensorFlow.js has them, [N, H, W, C]; other tensors as they are. */
export function tensorFlowTensor({ shape, data, dtype }: TensorData): tf.Tensor {
  return tf.tidy(() => {
    const tensor = tf.tensor(data, [...shape], dtype);
    return shape.length === 4 && dtype === 'float32' ? tf.transpose(tensor, [0, 2, 3, 1]) : tensor;
  });
}

/** Weights [Co, Ci / groups, KH, KW] as [KH, KW, Ci, Co]; of a depthwise convolution [C, 1, KH, KW] as [KH, KW, C, 1]. */
export function tensorFlowWeights({ shape, data }: TensorData, isDepthwise: boolean): tf.Tensor {
  return tf.tidy(() => tf.transpose(tf.tensor(data, [...shape]), isDepthwise ? [2, 3, 0, 1] : [2, 3, 1, 0]));
}
