import { ConvscopeError } from '../graph/index.ts';

/** What the engine holds on the GPU, in bytes and buffers. Pooled buffers wait for reuse and count in neither. */
export interface MemoryUse {
  readonly bytes: number;
  readonly buffers: number;
  readonly peakBytes: number;
  readonly pooledBytes: number;
}

const STORAGE = 0x80 | 0x04 | 0x08; // STORAGE | COPY_SRC | COPY_DST
const UNIFORM = 0x40 | 0x08; // UNIFORM | COPY_DST
const READBACK = 0x01 | 0x08; // MAP_READ | COPY_DST
const QUERY = 0x200 | 0x04; // QUERY_RESOLVE | COPY_SRC
const usages = { storage: STORAGE, uniform: UNIFORM, readback: READBACK, query: QUERY } as const;

export type BufferKind = keyof typeof usages;

/** Freed buffers beyond this many bytes are destroyed at once instead of waiting for reuse. */
const LARGEST_POOL = 256 * 2 ** 20;

/** Allocates every buffer of the engine, counts them, and keeps freed ones for reuse. */
export class GpuMemory {
  readonly #device: GPUDevice;
  readonly #assertUsable: () => void;
  readonly #pool = new Map<string, GPUBuffer[]>();
  readonly #kinds = new WeakMap<GPUBuffer, BufferKind>();
  #bytes = 0;
  #buffers = 0;
  #peakBytes = 0;
  #pooledBytes = 0;

  constructor(device: GPUDevice, assertUsable: () => void) {
    this.#device = device;
    this.#assertUsable = assertUsable;
  }

  get use(): MemoryUse {
    return {
      bytes: this.#bytes,
      buffers: this.#buffers,
      peakBytes: this.#peakBytes,
      pooledBytes: this.#pooledBytes,
    };
  }

  /**
   * Allocates buffers of at least these many bytes, all or none. Their contents are undefined.
   * Throws `device-limit` for a buffer that the device can never hold, `out-of-memory` where there is no room now.
   */
  async allocate(sizes: readonly number[], kind: BufferKind = 'storage'): Promise<GPUBuffer[]> {
    this.#assertUsable();
    const limit = this.#device.limits.maxBufferSize;
    for (const size of sizes) {
      if (size > limit) {
        throw new ConvscopeError('device-limit', 'the buffer is larger than the device allows', {
          got: `${size} bytes`,
          wanted: `at most ${limit}`,
        });
      }
    }
    const failure = await this.#tryAllocate(sizes, kind);
    if (Array.isArray(failure)) return failure;
    // What waits for reuse in other sizes may be what is missing.
    const isWorthTrying = this.#pooledBytes > 0;
    this.trim();
    const again = isWorthTrying ? await this.#tryAllocate(sizes, kind) : failure;
    if (Array.isArray(again)) return again;
    const wanted = sizes.reduce((total, size) => total + size, 0);
    throw new ConvscopeError(
      'out-of-memory',
      'the GPU has no room for this',
      { got: `${wanted} bytes asked for beside ${this.#bytes} in use` },
      { cause: again },
    );
  }

  /** Gives buffers back: they wait for reuse, or are destroyed where enough are waiting. */
  release(buffers: Iterable<GPUBuffer>): void {
    for (const buffer of buffers) {
      if (this.#pooledBytes + buffer.size > LARGEST_POOL) {
        this.#destroy(buffer);
        continue;
      }
      this.#bytes -= buffer.size;
      this.#buffers -= 1;
      this.#pooledBytes += buffer.size;
      const key = this.#key(buffer);
      const waiting = this.#pool.get(key);
      if (waiting === undefined) this.#pool.set(key, [buffer]);
      else waiting.push(buffer);
    }
  }

  /** Destroys the buffers that wait for reuse. */
  trim(): void {
    for (const waiting of this.#pool.values()) for (const buffer of waiting) buffer.destroy();
    this.#pool.clear();
    this.#pooledBytes = 0;
  }

  /** The buffers, or what went wrong; then none is left. Throws where the device is lost. */
  async #tryAllocate(sizes: readonly number[], kind: BufferKind): Promise<GPUBuffer[] | Error | GPUError> {
    this.#device.pushErrorScope('out-of-memory');
    const buffers: GPUBuffer[] = [];
    let failure: Error | GPUError | null = null;
    try {
      for (const size of sizes) buffers.push(this.#take(Math.max(16, Math.ceil(size / 16) * 16), kind));
    } catch (error) {
      failure = error instanceof Error ? error : new Error(String(error));
    }
    const scoped = await this.#device.popErrorScope().catch(() => null);
    try {
      this.#assertUsable();
    } catch (error) {
      for (const buffer of buffers) this.#destroy(buffer);
      throw error;
    }
    failure ??= scoped;
    if (failure === null) return buffers;
    for (const buffer of buffers) this.#destroy(buffer);
    return failure;
  }

  #take(size: number, kind: BufferKind): GPUBuffer {
    const waiting = this.#pool.get(`${kind} ${size}`);
    const reused = waiting?.pop();
    if (reused !== undefined) this.#pooledBytes -= size;
    const buffer = reused ?? this.#device.createBuffer({ size, usage: usages[kind] });
    this.#kinds.set(buffer, kind);
    this.#bytes += size;
    this.#buffers += 1;
    this.#peakBytes = Math.max(this.#peakBytes, this.#bytes);
    return buffer;
  }

  #destroy(buffer: GPUBuffer): void {
    this.#bytes -= buffer.size;
    this.#buffers -= 1;
    buffer.destroy();
  }

  #key(buffer: GPUBuffer): string {
    return `${this.#kinds.get(buffer) ?? 'storage'} ${buffer.size}`;
  }
}
