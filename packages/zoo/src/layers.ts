import { heNormal } from '@convscope/gpu-engine';
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

  /** Convolution of odd kernel size with bias; the picture keeps its size. */
  convolution(name: string, channels: number, kernelSize: number): this {
    const inputs = this.#size(1);
    const pad = (kernelSize - 1) / 2;
    const weight = this.builder.parameter(`${name}.weight`, [channels, inputs, kernelSize, kernelSize], {
      initial: heNormal(inputs * kernelSize * kernelSize),
    });
    this.#add('conv2d', `${name}.product`, [weight], { pads: [pad, pad, pad, pad] });
    return this.#addBias(name, channels);
  }

  /** y = W x + b for vectors. */
  dense(name: string, units: number): this {
    const inputs = this.#size(1);
    const weight = this.builder.parameter(`${name}.weight`, [units, inputs], { initial: heNormal(inputs) });
    this.#add('dense', `${name}.product`, [weight]);
    return this.#addBias(name, units);
  }

  relu(name: string): this {
    return this.#add('relu', name);
  }

  /** Maxima of windows of 2 x 2; a last odd row or column is a window of its own, as with padding `same` in Keras. */
  maxPool(name: string): this {
    return this.#add('maxPool', name, [], { kernelSize: [2, 2], strides: [2, 2], ceilMode: true });
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
