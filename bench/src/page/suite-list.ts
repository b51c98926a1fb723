import type { Extent } from '../suite.ts';

export type SuiteName = 'kernels' | 'networks' | 'training' | 'onnx-runtime' | 'start-up' | 'methods' | 'memory';

/** What the page says of a suite before it is loaded. */
export interface ListedSuite {
  readonly name: SuiteName;
  readonly title: string;
  readonly about: string;
  readonly peer?: 'TensorFlow.js' | 'ONNX Runtime Web';
  readonly isChosenFirst?: boolean;
}

export const suiteList: readonly ListedSuite[] = [
  {
    name: 'kernels',
    title: 'Kernels',
    about: 'Single layers of real networks, forward and both gradients; batch norm, pooling, loss, Adam.',
    peer: 'TensorFlow.js',
    isChosenFirst: true,
  },
  {
    name: 'networks',
    title: 'Networks',
    about: 'ResNet-18 and MobileNetV2 at 224 × 224: scores of one picture, and their gradient to its pixels.',
    peer: 'TensorFlow.js',
    isChosenFirst: true,
  },
  {
    name: 'training',
    title: 'Training',
    about: 'A small network of two convolutions, 100 pictures a batch: a forward pass and a step of Adam.',
    peer: 'TensorFlow.js',
    isChosenFirst: true,
  },
  {
    name: 'onnx-runtime',
    title: 'Forward from ONNX',
    about: 'Three networks from ONNX files: a forward pass, and the first run with all compilation.',
    peer: 'ONNX Runtime Web',
  },
  {
    name: 'start-up',
    title: 'Start-up',
    about: 'From weights to the first scores, compilation included; what a warm run costs in JavaScript.',
    peer: 'TensorFlow.js',
  },
  {
    name: 'methods',
    title: 'Explanation methods',
    about: 'One picture through each method. No other library has them in the browser.',
  },
  {
    name: 'memory',
    title: 'Memory',
    about: 'What networks hold on the GPU, beside the least that is possible.',
  },
];

export interface ListedExtent {
  readonly name: Extent;
  readonly title: string;
  readonly about: string;
  readonly rounds: number;
  readonly seconds: number;
}

export const extentList: readonly ListedExtent[] = [
  {
    name: 'quick',
    title: 'Quick look',
    about: 'Tiny sizes: whether it runs here and both sides agree. The times say little.',
    rounds: 3,
    seconds: 1,
  },
  {
    name: 'sample',
    title: 'Sample',
    about: 'Real sizes, one or two layers of each kind. Made for graphics cards and laptops with one.',
    rounds: 7,
    seconds: 1,
  },
  {
    name: 'full',
    title: 'Everything',
    about: 'All 37 convolution shapes, three passes each, more time for each case.',
    rounds: 11,
    seconds: 3,
  },
];
