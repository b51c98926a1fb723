import type { Tensor } from '@convscope/gpu-engine';
import type { TensorData } from '@convscope/gpu-engine/graph';

/** The numbers behind drawn maps [N, C, H, W], read from the GPU once, when the first is asked for. */
export class MapValues {
  readonly #tensor: Tensor;
  #reading: Promise<TensorData> | undefined;

  constructor(tensor: Tensor) {
    this.#tensor = tensor;
  }

  /** A value of the first picture. Throws `disposed` or `device-lost`. */
  async at(channel: number, y: number, x: number): Promise<number> {
    const { data, shape } = await this.#read();
    const [, , height = 1, width = 1] = shape;
    return data[(channel * height + y) * width + x] ?? NaN;
  }

  /** The value of the largest magnitude over the channels of the first picture. Throws as `at`. */
  async strongestAt(y: number, x: number): Promise<number> {
    const { shape } = await this.#read();
    let strongest = 0;
    for (let channel = 0; channel < (shape[1] ?? 0); channel++) {
      const value = await this.at(channel, y, x);
      if (Math.abs(value) > Math.abs(strongest)) strongest = value;
    }
    return strongest;
  }

  async #read(): Promise<TensorData> {
    this.#reading ??= this.#tensor.read();
    return this.#reading;
  }
}
