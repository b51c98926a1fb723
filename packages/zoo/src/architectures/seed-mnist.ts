import type { Architecture } from '../architecture.ts';
import { LayerStack } from '../layers.ts';

/** A wide network of the kind that MNIST tutorials train: 3,274,634 parameters for 28 x 28 grey pictures. */
export const seedMnist: Architecture = {
  name: 'seed-mnist',
  build: (sizes) =>
    new LayerStack(sizes)
      .convolution('conv1', 32, 5)
      .relu('relu1')
      .maxPool('pool1')
      .convolution('conv2', 64, 5)
      .relu('relu2')
      .maxPool('pool2')
      .flatten('flatten')
      .dense('dense1', 1024)
      .relu('relu3')
      .dropout('dropout', 0.2)
      .dense('dense2', sizes.classes)
      .logits(),
};
