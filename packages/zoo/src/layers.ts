import { batchNormWithRunningStatistics, heNormal } from '@convscope/gpu-engine';
import { GraphBuilder, type Dimension } from '@convscope/gpu-engine/graph';
import type { ArchitectureSizes } from './architecture.ts';

/** Puts layers one after another. Values carry the layers' names; weights are `conv1.weight` [Co, Ci, K, K] and so on. */
export class LayerStack {
  readonly builder = new GraphBuilder();
  readonly #sizes: ArchitectureSizes;
  #value: string;

  /** Begins with the input `x` [batch, channels, height, width]. */
  constructor(sizes: ArchitectureSizes) {
    this.#sizes = sizes;
    this.#value = this.builder.input('x', 'float32', [sizes.batch, sizes.channels, sizes.height, sizes.width]);
  }

  /** Convolution of odd kernel size with bias; the picture keeps its size, divided by the stride. */
  convolution(name: string, channels: number, kernelSize: number, stride = 1): this {
    const inputs = this.#size(1);
    const pad = (kernelSize - 1) / 2;
    const weight = this.builder.parameter(`${name}.weight`, [channels, inputs, kernelSize, kernelSize], {
      initial: heNormal(inputs * kernelSize * kernelSize),
    });
    this.#add('conv2d', `${name}.product`, [weight], { pads: [pad, pad, pad, pad], strides: [stride, stride] });
    return this.#addBias(name, channels);
  }

  /** y = W x + b for vectors. */
  dense(name: string, units: number): this {
    const inputs = this.#size(1);
    const weight = this.builder.parameter(`${name}.weight`, [units, inputs], { initial: heNormal(inputs) });
    this.#add('dense', `${name}.product`, [weight]);
    return this.#addBias(name, units);
  }

  /** Of each channel, by the batch's own mean and variance in training and by their running averages in inference. */
  batchNorm(name: string): this {
    const channels = this.#size(1);
    const { builder } = this;
    const ones = { initial: { kind: 'ones' } } as const;
    const scale = builder.parameter(`${name}.scale`, [channels], ones);
    const shift = builder.parameter(`${name}.shift`, [channels]);
    const mean = builder.parameter(`${name}.mean`, [channels], { trainable: false });
    const variance = builder.parameter(`${name}.variance`, [channels], { trainable: false, ...ones });
    if (this.#sizes.mode === 'inference') return this.#add('batchNormInference', name, [scale, shift, mean, variance]);
    this.#value = batchNormWithRunningStatistics(builder, [this.#value, scale, shift], { mean, variance }, { name });
    return this;
  }

  relu(name: string): this {
    return this.#add('relu', name);
  }

  /** Maxima of windows of 2 x 2; a last odd row or column is a window of its own, as with padding `same` in Keras. */
  maxPool(name: string): this {
    return this.#add('maxPool', name, [], { kernelSize: [2, 2], strides: [2, 2], ceilMode: true });
  }

  /** The maximum of each channel, [N, C, 1, 1]: whether something is anywhere in the picture. */
  globalMaxPool(name: string): this {
    const size = [this.#size(2), this.#size(3)];
    return this.#add('maxPool', name, [], { kernelSize: size, strides: size });
  }

  flatten(name: string): this {
    return this.#add('flatten', name);
  }

  /** Only in training. */
  dropout(name: string, rate: number): this {
    if (this.#sizes.mode === 'inference') return this;
    return this.#add('dropout', name, [this.builder.scalar('seed', 'int32')], { rate });
  }

  /** Names the last value `logits` and makes it the output. */
  logits() {
    this.builder.alias('logits', this.#value);
    this.builder.output(this.#value);
    return this.builder.build();
  }

  #addBias(name: string, channels: number): this {
    return this.#add('bias', name, [this.builder.parameter(`${name}.bias`, [channels])]);
  }

  #add(op: string, name: string, inputs: readonly string[] = [], attributes = {}): this {
    this.#value = this.builder.op(op, [this.#value, ...inputs], attributes, name);
    return this;
  }

  #size(axis: number): number {
    const size: Dimension | undefined = this.builder.value(this.#value).shape[axis];
    return typeof size === 'number' ? size : 0;
  }
}
