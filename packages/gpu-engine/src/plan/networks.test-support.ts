import { backward, GraphBuilder, valueOf, type Attributes, type Graph } from '../graph/index.ts';

/** Builds networks of the shapes that people use; parameters get names of their own. */
class Network {
  readonly builder = new GraphBuilder();
  readonly #channels = new Map<string, number>();
  #names = 0;

  constructor(shape: readonly number[]) {
    this.builder.input('x', 'float32', shape);
    this.#channels.set('x', shape[1] ?? 1);
  }

  parameter(...shape: readonly number[]): string {
    this.#names += 1;
    return this.builder.parameter(`p${this.#names}`, shape);
  }

  channels(value: string): number {
    return this.#channels.get(value) ?? 0;
  }

  /** A node that keeps the channels of its first input, unless they are given. */
  node(op: string, inputs: readonly string[], attributes: Attributes = {}, channels?: number): string {
    this.#names += 1;
    const output = this.builder.node(op, inputs, attributes, `v${this.#names}`)[0] as string;
    this.#channels.set(output, channels ?? this.channels(inputs[0] as string));
    return output;
  }

  conv(x: string, outputs: number, size: number, stride = 1, groups = 1): string {
    const pad = Math.floor(size / 2);
    const weights = this.parameter(outputs, this.channels(x) / groups, size, size);
    const attributes = { strides: [stride, stride], pads: [pad, pad, pad, pad], groups };
    return this.node('conv2d', [x, weights], attributes, outputs);
  }

  norm(x: string): string {
    const statistics = [1, 2, 3, 4].map(() => this.parameter(this.channels(x)));
    return this.node('batchNormInference', [x, ...statistics]);
  }

  block(x: string, outputs: number, size: number, stride = 1, groups = 1): string {
    return this.node('relu', [this.norm(this.conv(x, outputs, size, stride, groups))]);
  }

  dense(x: string, inputs: number, outputs: number): string {
    return this.node('dense', [x, this.parameter(outputs, inputs)], {}, outputs);
  }

  bias(x: string): string {
    return this.node('bias', [x, this.parameter(this.channels(x))]);
  }

  pool(x: string, size: number, ceilMode = false): string {
    return this.node('maxPool', [x], { kernelSize: [size, size], strides: [2, 2], ceilMode });
  }

  average(x: string): string {
    return this.node('flatten', [this.node('globalAveragePool', [x])]);
  }

  /** The graph, whose class scores are `logits`. */
  build(scores: string): Graph {
    this.builder.alias('logits', scores);
    this.builder.output(scores);
    return this.builder.build();
  }
}

/** conv32 5x5, pool, conv64 5x5, pool, dense 1024, dense 10 over [batch, 1, 28, 28]. */
export function seedNetwork(batch: number): Graph {
  const net = new Network([batch, 1, 28, 28]);
  let x = 'x';
  for (const channels of [32, 64]) x = net.pool(net.node('relu', [net.bias(net.conv(x, channels, 5))]), 2);
  const hidden = net.node('relu', [net.bias(net.dense(net.node('flatten', [x]), 3136, 1024))]);
  return net.build(net.bias(net.dense(hidden, 1024, 10)));
}

/** ResNet-18 (He et al., 1512.03385) over [1, 3, 224, 224]. */
export function resNet18(): Graph {
  const net = new Network([1, 3, 224, 224]);
  let x = net.pool(net.block('x', 64, 7, 2), 3);
  for (const [index, channels] of [64, 64, 128, 128, 256, 256, 512, 512].entries()) {
    const stride = index > 0 && index % 2 === 0 ? 2 : 1;
    const branch = net.norm(net.conv(net.block(x, channels, 3, stride), channels, 3));
    const skip = stride === 1 ? x : net.norm(net.conv(x, channels, 1, stride));
    x = net.node('relu', [net.node('add', [branch, skip])]);
  }
  return net.build(net.dense(net.average(x), 512, 1000));
}

/** MobileNetV2 (Sandler et al., 1801.04381) over [1, 3, 224, 224]. */
export function mobileNetV2(): Graph {
  const net = new Network([1, 3, 224, 224]);
  let x = net.block('x', 32, 3, 2);
  const stages = [
    [1, 16, 1, 1],
    [6, 24, 2, 2],
    [6, 32, 3, 2],
    [6, 64, 4, 2],
    [6, 96, 3, 1],
    [6, 160, 3, 2],
    [6, 320, 1, 1],
  ] as const;
  for (const [expansion, channels, count, firstStride] of stages) {
    for (let index = 0; index < count; index++) {
      const stride = index === 0 ? firstStride : 1;
      const wide = net.channels(x) * expansion;
      const expanded = expansion === 1 ? x : net.block(x, wide, 1);
      const narrow = net.norm(net.conv(net.block(expanded, wide, 3, stride, wide), channels, 1));
      x = stride === 1 && net.channels(x) === channels ? net.node('add', [x, narrow]) : narrow;
    }
  }
  return net.build(net.dense(net.average(net.block(x, 1280, 1)), 1280, 1000));
}

/** SqueezeNet 1.1 (Iandola et al., 1602.07360) over [1, 3, 224, 224]. */
export function squeezeNet(): Graph {
  const net = new Network([1, 3, 224, 224]);
  const convRelu = (x: string, channels: number, size: number, stride = 1) =>
    net.node('relu', [net.conv(x, channels, size, stride)]);
  const fire = (x: string, narrow: number, wide: number) => {
    const squeezed = convRelu(x, narrow, 1);
    return net.node('concat', [convRelu(squeezed, wide, 1), convRelu(squeezed, wide, 3)], {}, 2 * wide);
  };
  let x = convRelu('x', 64, 3, 2);
  for (const [pools, narrow, wide] of [
    [true, 16, 64],
    [false, 16, 64],
    [true, 32, 128],
    [false, 32, 128],
    [true, 48, 192],
    [false, 48, 192],
    [false, 64, 256],
    [false, 64, 256],
  ] as const) {
    x = fire(pools ? net.pool(x, 3, true) : x, narrow, wide);
  }
  return net.build(net.average(convRelu(x, 1000, 1)));
}

/** The graph that also gives the gradient of seeded logits with respect to the input, as explanations want it. */
export function inputGradient(graph: Graph): Graph {
  const logits = valueOf(graph, 'logits');
  const builder = new GraphBuilder(graph);
  builder.input('seed', 'float32', logits.shape);
  const result = backward(builder.build(), { of: logits.name, seed: 'seed', wrt: ['x'] });
  return { ...result.graph, outputs: [logits.name, result.cotangents.get('x') as string] };
}
