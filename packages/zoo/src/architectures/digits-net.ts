import type { Architecture } from '../architecture.ts';
import { LayerStack } from '../layers.ts';

/** Three small convolutions, two of them pooled, and two dense layers: 115,114 parameters for 28 x 28 grey pictures. */
export const digitsNet: Architecture = {
  name: 'digits-net',
  build: (sizes) =>
    new LayerStack(sizes)
      .convolution('conv1', 16, 3)
      .relu('relu1')
      .maxPool('pool1')
      .convolution('conv2', 32, 3)
      .relu('relu2')
      .maxPool('pool2')
      .convolution('conv3', 32, 3)
      .relu('relu3')
      .flatten('flatten')
      .dense('dense1', 64)
      .relu('relu4')
      .dropout('dropout', 0.25)
      .dense('dense2', sizes.classes)
      .logits(),
};
