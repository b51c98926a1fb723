/** What a network's layers are made by: our graph's builder on one side, TensorFlow.js's layers on the other. */
export interface LayerMaker<T> {
  /** Without a bias, SAME padding as TensorFlow defines it. With `groups`, one channel a group. */
  readonly convolution: (name: string, x: T, options: ConvolutionOptions) => T;
  readonly batchNorm: (name: string, x: T) => T;
  /** The ReLU, cut off at `most` where it is given. */
  readonly relu: (x: T, most?: number) => T;
  /** Window 3, stride 2, SAME padding. */
  readonly maxPool: (x: T) => T;
  readonly add: (a: T, b: T) => T;
  readonly globalAveragePool: (x: T) => T;
  readonly dense: (name: string, x: T, outputs: number) => T;
  readonly channels: (x: T) => number;
}

export interface ConvolutionOptions {
  readonly outputs: number;
  readonly kernel: number;
  readonly stride?: number;
  readonly depthwise?: boolean;
}

/** From a picture [3 channels] to 1000 class scores. */
export type Architecture = <T>(make: LayerMaker<T>, x: T) => T;

const CLASSES = 1000;

/** He et al., "Deep Residual Learning for Image Recognition" (1512.03385), 18 layers. */
function resnet18<T>(make: LayerMaker<T>, picture: T): T {
  const convolution = (name: string, x: T, options: ConvolutionOptions) =>
    make.batchNorm(`${name}.norm`, make.convolution(name, x, options));
  let x = make.maxPool(make.relu(convolution('stem', picture, { outputs: 64, kernel: 7, stride: 2 })));
  for (const [stage, outputs] of [64, 128, 256, 512].entries()) {
    for (const unit of [0, 1]) {
      const name = `stage${stage}.${unit}`;
      const stride = stage > 0 && unit === 0 ? 2 : 1;
      const shortcut = stride === 1 ? x : convolution(`${name}.shortcut`, x, { outputs, kernel: 1, stride });
      const first = make.relu(convolution(`${name}.first`, x, { outputs, kernel: 3, stride }));
      x = make.relu(make.add(convolution(`${name}.second`, first, { outputs, kernel: 3 }), shortcut));
    }
  }
  return make.dense('classes', make.globalAveragePool(x), CLASSES);
}

/** Sandler et al., "MobileNetV2: Inverted Residuals and Linear Bottlenecks" (1801.04381), table 2, width 1. */
function mobileNetV2<T>(make: LayerMaker<T>, picture: T): T {
  const convolution = (name: string, x: T, options: ConvolutionOptions) =>
    make.batchNorm(`${name}.norm`, make.convolution(name, x, options));
  const stages = [
    [1, 16, 1, 1],
    [6, 24, 2, 2],
    [6, 32, 3, 2],
    [6, 64, 4, 2],
    [6, 96, 3, 1],
    [6, 160, 3, 2],
    [6, 320, 1, 1],
  ] as const;
  let x = make.relu(convolution('stem', picture, { outputs: 32, kernel: 3, stride: 2 }), 6);
  for (const [stage, [expansion, outputs, units, firstStride]] of stages.entries()) {
    for (let unit = 0; unit < units; unit++) {
      const name = `stage${stage}.${unit}`;
      const [inputs, stride] = [make.channels(x), unit === 0 ? firstStride : 1];
      const wide = inputs * expansion;
      let y = x;
      if (expansion > 1) y = make.relu(convolution(`${name}.expand`, y, { outputs: wide, kernel: 1 }), 6);
      y = make.relu(convolution(`${name}.depthwise`, y, { outputs: wide, kernel: 3, stride, depthwise: true }), 6);
      y = convolution(`${name}.project`, y, { outputs, kernel: 1 });
      x = stride === 1 && inputs === outputs ? make.add(x, y) : y;
    }
  }
  x = make.relu(convolution('head', x, { outputs: 1280, kernel: 1 }), 6);
  return make.dense('classes', make.globalAveragePool(x), CLASSES);
}

/** One layer of each kind, for quick runs: compiling the kernels of a large network takes minutes on some drivers. */
export function tinyNetwork<T>(make: LayerMaker<T>, picture: T): T {
  const stem = make.convolution('stem', picture, { outputs: 8, kernel: 3, stride: 2 });
  const pooled = make.maxPool(make.relu(make.batchNorm('stem.norm', stem)));
  const depthwise = make.convolution('depthwise', pooled, { outputs: 8, kernel: 3, depthwise: true });
  const sum = make.add(pooled, make.relu(make.batchNorm('depthwise.norm', depthwise), 6));
  return make.dense('classes', make.globalAveragePool(sum), 10);
}

export const networks = { resnet18, mobileNetV2 } satisfies Record<string, Architecture>;
