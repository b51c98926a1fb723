import type { Architecture } from '../architecture.ts';
import { LayerStack } from '../layers.ts';

/**
 * Five convolutions, each normalised over the batch, and the maximum of every channel before the scores: a class is a
 * thing that is somewhere in the picture, whatever else is there. 104,314 trained parameters for pictures in colour.
 */
export const shapesNet: Architecture = {
  name: 'shapes-net',
  build: (sizes) =>
    new LayerStack(sizes)
      .convolution('conv1', 16, 5, 2)
      .batchNorm('norm1')
      .relu('relu1')
      .convolution('conv2', 32, 3)
      .batchNorm('norm2')
      .relu('relu2')
      .maxPool('pool2')
      .convolution('conv3', 48, 3)
      .batchNorm('norm3')
      .relu('relu3')
      .maxPool('pool3')
      .convolution('conv4', 64, 3)
      .batchNorm('norm4')
      .relu('relu4')
      .convolution('conv5', 96, 3)
      .batchNorm('norm5')
      .relu('relu5')
      .globalMaxPool('anywhere')
      .flatten('flatten')
      .dense('scores', sizes.classes)
      .logits(),
};
