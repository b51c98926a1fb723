import { ConvscopeError, elementCount, shapeText, type DType, type TensorData } from '../graph/index.ts';
import { chunkRows, encodeCopy, piecesOf, type Piece } from './chunks.ts';
import type { GpuDevice } from './gpu-device.ts';

/**
 * A tensor in GPU memory: one buffer, or several where it is larger than one binding (chunks of whole rows).
 * Dispose of what you allocate. Tensors that a run gives are borrowed: they hold until the next run of the instance.
 */
export class Tensor {
  readonly device: GpuDevice;
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly buffers: readonly GPUBuffer[];
  /** Where the tensor begins in its buffer, in bytes: parameters share buffers. */
  readonly offset: number;
  readonly #release: (() => void) | undefined;
  readonly #isStale: () => boolean;
  #disposed = false;

  constructor(
    device: GpuDevice,
    dtype: DType,
    shape: readonly number[],
    buffers: readonly GPUBuffer[],
    {
      release,
      isStale = () => false,
      offset = 0,
    }: { release?: () => void; isStale?: () => boolean; offset?: number } = {},
  ) {
    this.device = device;
    this.dtype = dtype;
    this.shape = shape;
    this.buffers = buffers;
    this.offset = offset;
    this.#release = release;
    this.#isStale = isStale;
  }

  /** A tensor with undefined contents. Throws `out-of-memory` or `device-limit`. */
  static async allocate(device: GpuDevice, dtype: DType, shape: readonly number[]): Promise<Tensor> {
    const sizes = chunkRows(shape, device.maxBindingBytes).map(({ bytes }) => bytes);
    const buffers = await device.memory.allocate(sizes);
    return new Tensor(device, dtype, shape, buffers, { release: () => device.memory.release(buffers) });
  }

  get byteLength(): number {
    return elementCount(this.shape) * 4;
  }

  /** Where the bytes lie, in order. */
  get pieces(): readonly Piece[] {
    return piecesOf(this.buffers, this.shape, this.device.maxBindingBytes, this.offset);
  }

  /** Queues a copy of the data into the tensor. Throws `invalid-tensor` where dtype or element count differ. */
  write(data: TensorData): void {
    this.assertUsable();
    if (data.dtype !== this.dtype || data.data.length !== elementCount(this.shape)) {
      throw new ConvscopeError('invalid-tensor', 'the data does not fit the tensor', {
        got: `${data.dtype} ${shapeText(data.shape)}`,
        wanted: `${this.dtype} ${shapeText(this.shape)}`,
      });
    }
    const { queue } = this.device.handle;
    let written = 0;
    for (const { buffer, offset, bytes } of this.pieces) {
      queue.writeBuffer(buffer, offset, data.data.buffer, data.data.byteOffset + written, bytes);
      written += bytes;
    }
    // Dawn frees the staging memory of writeBuffer only at a submit.
    if (written > 2 ** 20) queue.submit([]);
  }

  /** Copies the tensor back to the CPU. Throws `stale-tensor`, `disposed` or `device-lost`. */
  async read(): Promise<TensorData> {
    this.assertUsable();
    const { memory, handle } = this.device;
    const { pieces } = this;
    const buffers = await memory.allocate(
      pieces.map(({ bytes }) => bytes),
      'readback',
    );
    try {
      this.assertUsable(); // a run may have started meanwhile
    } catch (error) {
      memory.release(buffers);
      throw error;
    }
    const encoder = handle.createCommandEncoder();
    encodeCopy(encoder, pieces, piecesOf(buffers, this.shape, this.device.maxBindingBytes));
    handle.queue.submit([encoder.finish()]);
    const bytes = new Uint8Array(this.byteLength);
    try {
      let offset = 0;
      for (const [index, piece] of pieces.entries()) {
        const buffer = buffers[index] as GPUBuffer;
        await this.device.waitFor(buffer.mapAsync(1 /* GPUMapMode.READ */, 0, piece.bytes));
        bytes.set(new Uint8Array(buffer.getMappedRange(0, piece.bytes)), offset);
        buffer.unmap();
        offset += piece.bytes;
      }
    } catch (error) {
      this.device.assertUsable();
      throw new ConvscopeError('device-lost', 'the tensor could not be read back', {}, { cause: error });
    } finally {
      memory.release(buffers);
    }
    this.device.assertUsable();
    return this.dtype === 'float32'
      ? { dtype: 'float32', shape: this.shape, data: new Float32Array(bytes.buffer) }
      : { dtype: 'int32', shape: this.shape, data: new Int32Array(bytes.buffer) };
  }

  /** A copy that the caller owns. */
  async clone(): Promise<Tensor> {
    this.assertUsable();
    const copy = await Tensor.allocate(this.device, this.dtype, this.shape);
    try {
      this.assertUsable(); // a run may have started meanwhile
    } catch (error) {
      copy.dispose();
      throw error;
    }
    const encoder = this.device.handle.createCommandEncoder();
    encodeCopy(encoder, this.pieces, copy.pieces);
    this.device.handle.queue.submit([encoder.finish()]);
    return copy;
  }

  /** Throws `stale-tensor`, `disposed` or `device-lost` where the contents are gone. */
  assertUsable(): void {
    this.device.assertUsable();
    if (this.#disposed) throw new ConvscopeError('disposed', 'the tensor was disposed of');
    if (this.#isStale()) {
      throw new ConvscopeError('stale-tensor', 'a later run has overwritten this result; read or clone it before');
    }
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#release?.();
  }
}
