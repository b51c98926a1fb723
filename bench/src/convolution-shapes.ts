/** A convolution layer of a real network, with SAME padding as TensorFlow defines it. */
export interface ConvolutionShape {
  readonly network: string;
  readonly batch: number;
  readonly inputs: number;
  /** Height and width of the input. */
  readonly size: number;
  readonly outputs: number;
  readonly kernel: number;
  readonly stride: number;
  /** One input channel a group: `outputs` equals `inputs`. */
  readonly depthwise: boolean;
}

type Row = readonly [inputs: number, size: number, outputs: number, kernel: number, stride?: number];

const dense = (network: string, rows: readonly Row[], batch = 1): readonly ConvolutionShape[] =>
  rows.map(([inputs, size, outputs, kernel, stride = 1]) => ({
    network,
    batch,
    inputs,
    size,
    outputs,
    kernel,
    stride,
    depthwise: false,
  }));

const depthwise = (network: string, rows: readonly (readonly [channels: number, size: number, stride: number])[]) =>
  rows.map(([channels, size, stride]): ConvolutionShape => ({
    network,
    batch: 1,
    inputs: channels,
    size,
    outputs: channels,
    kernel: 3,
    stride,
    depthwise: true,
  }));

/** Layers at a picture size of 224 and batch 1, each shape once; the seed network at its batch of 100. */
export const convolutionShapes: readonly ConvolutionShape[] = [
  ...dense(
    'seed',
    [
      [1, 28, 32, 5],
      [32, 14, 64, 5],
    ],
    100,
  ),
  ...dense('VGG-16', [
    [3, 224, 64, 3],
    [64, 224, 64, 3],
    [64, 112, 128, 3],
    [128, 56, 256, 3],
    [256, 56, 256, 3],
    [512, 28, 512, 3],
    [512, 14, 512, 3],
  ]),
  ...dense('ResNet-50', [
    [3, 224, 64, 7, 2],
    [64, 56, 64, 1],
    [64, 56, 64, 3],
    [64, 56, 256, 1],
    [256, 56, 128, 1],
    [128, 56, 128, 3, 2],
    [256, 56, 512, 1, 2],
    [128, 28, 512, 1],
    [512, 28, 256, 1],
    [256, 14, 256, 3],
    [1024, 14, 256, 1],
    [512, 14, 512, 3, 2],
    [512, 7, 512, 3],
    [2048, 7, 512, 1],
  ]),
  ...dense('MobileNetV2', [
    [3, 224, 32, 3, 2],
    [16, 112, 96, 1],
    [144, 56, 24, 1],
    [384, 14, 64, 1],
    [160, 7, 960, 1],
    [320, 7, 1280, 1],
  ]),
  ...depthwise('MobileNetV2', [
    [32, 112, 1],
    [96, 112, 2],
    [144, 56, 1],
    [144, 56, 2],
    [384, 14, 1],
    [960, 7, 1],
  ]),
  ...dense('SqueezeNet', [
    [3, 224, 64, 3, 2],
    [64, 56, 16, 1],
    [16, 56, 64, 3],
    [48, 28, 192, 3],
    [64, 14, 256, 3],
    [512, 14, 1000, 1],
  ]),
];

const SAMPLED: ReadonlySet<string> = new Set([
  'seed 5x5 32 to 64 at 14, batch 100',
  'VGG-16 3x3 128 to 256 at 56',
  'VGG-16 3x3 512 to 512 at 14',
  'ResNet-50 7x7 3 to 64 at 224, stride 2',
  'ResNet-50 1x1 64 to 256 at 56',
  'ResNet-50 3x3 128 to 128 at 56, stride 2',
  'ResNet-50 1x1 1024 to 256 at 14',
  'MobileNetV2 3x3 96 depthwise at 112, stride 2',
  'MobileNetV2 3x3 384 depthwise at 14',
  'SqueezeNet 3x3 16 to 64 at 56',
]);

/** One or two of each kind: large and small maps, 1x1, 3x3 and larger, strided, depthwise. */
export const sampledShapes: readonly ConvolutionShape[] = convolutionShapes.filter((shape) =>
  SAMPLED.has(shapeName(shape)),
);

export function shapeName({
  network,
  batch,
  inputs,
  size,
  outputs,
  kernel,
  stride,
  depthwise: isDepthwise,
}: ConvolutionShape) {
  const channels = isDepthwise ? `${inputs} depthwise` : `${inputs} to ${outputs}`;
  const extra = `${stride === 1 ? '' : `, stride ${stride}`}${batch === 1 ? '' : `, batch ${batch}`}`;
  return `${network} ${kernel}x${kernel} ${channels} at ${size}${extra}`;
}

/** [top, left, bottom, right] so that ceil(size / stride) windows fit, the odd cell after the input. */
export function samePads(size: readonly number[], kernel: number, stride: number): readonly number[] {
  const totals = size.map((length) => Math.max(0, (Math.ceil(length / stride) - 1) * stride + kernel - length));
  return [...totals.map((total) => Math.floor(total / 2)), ...totals.map((total) => Math.ceil(total / 2))];
}
