import type { Architecture } from '../architecture.ts';
import { LayerStack } from '../layers.ts';

/** Four small convolutions, each pooled, and two dense layers: 125,234 parameters for 64 x 64 pictures in colour. */
export const shapesNet: Architecture = {
  name: 'shapes-net',
  build: (sizes) =>
    new LayerStack(sizes)
      .convolution('conv1', 16, 5)
      .relu('relu1')
      .maxPool('pool1')
      .convolution('conv2', 24, 3)
      .relu('relu2')
      .maxPool('pool2')
      .convolution('conv3', 32, 3)
      .relu('relu3')
      .maxPool('pool3')
      .convolution('conv4', 48, 3)
      .relu('relu4')
      .maxPool('pool4')
      .flatten('flatten')
      .dense('dense1', 128)
      .relu('relu5')
      .dropout('dropout', 0.25)
      .dense('dense2', sizes.classes)
      .logits(),
};
