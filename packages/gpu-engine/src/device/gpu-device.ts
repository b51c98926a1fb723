import { ConvscopeError, type AdapterClass, type KernelChoices, type TensorData } from '../graph/index.ts';
import { GpuMemory } from './gpu-memory.ts';
import { PipelineCache } from './pipeline-cache.ts';
import { Tensor } from './tensor.ts';
import { Backlog, YIELDING_BUDGET } from './backlog.ts';
import { Turns, type TurnOptions } from './turns.ts';

export interface GpuDeviceOptions {
  readonly powerPreference?: GPUPowerPreference;
  /** Caps one storage binding below what the adapter offers, in bytes: larger tensors are cut into chunks. */
  readonly maxBindingBytes?: number;
  /** Caps the storage buffers that one kernel binds below what the adapter offers; at least 8. */
  readonly maxBindings?: number;
  /** See {@link GpuDevice.kernelChoices}. */
  readonly kernelChoices?: KernelChoices;
  /** Whether kernels may use subgroups, where the adapter has them. Default: they may. */
  readonly subgroups?: boolean;
  /**
   * Called on software adapters when something begins to wait for the GPU; what it gives is called when it no longer
   * does. For runtimes that keep a core busy meanwhile, which the adapter needs.
   */
  readonly whileWaiting?: () => () => void;
}

/** What is known of the adapter, for reports and for choosing kernels. */
export interface AdapterDescription {
  readonly vendor: string;
  readonly architecture: string;
  readonly description: string;
  readonly class: AdapterClass;
}

/** One WebGPU device with its memory, its pipelines and one queue on which runs take turns. */
export class GpuDevice {
  readonly handle: GPUDevice;
  readonly adapter: AdapterDescription;
  readonly memory: GpuMemory;
  readonly pipelines: PipelineCache;
  readonly maxBindingBytes: number;
  /** Storage buffers that one kernel may bind. */
  readonly maxBindings: number;
  /** Invocations of a subgroup; undefined where there are none, or where the adapter chooses the size for each kernel. */
  readonly subgroupSize: number | undefined;
  /** Kernels that plans take for problems, in place of the shipped table's, where a plan is given no choices of its own. */
  kernelChoices: KernelChoices;
  /** Resolves with the typed error once the device is lost or disposed. */
  readonly lost: Promise<ConvscopeError>;
  #failure: ConvscopeError | undefined;
  // Dawn for Node crashes when its GPU object is collected while a device lives, and Node stays alive while it is held.
  #gpu: GPU | undefined;
  readonly #turns = new Turns();
  readonly #backlog: Backlog;
  readonly #whileWaiting: (() => () => void) | undefined;

  /**
   * Opens a device on the best adapter, with the adapter's own limits for buffers. `gpu` is `navigator.gpu` in a
   * browser; in Node see `@convscope/gpu-engine/node`. Throws `no-webgpu` or `no-adapter`.
   */
  static async request(gpu: GPU | undefined, options: GpuDeviceOptions = {}): Promise<GpuDevice> {
    if (gpu === undefined) {
      throw new ConvscopeError('no-webgpu', 'this browser or runtime has no WebGPU', {
        wanted: 'navigator.gpu; Chrome or Edge 113 and newer have it, on secure pages',
      });
    }
    const { powerPreference = 'high-performance', subgroups = true } = options;
    const adapter = await gpu.requestAdapter({ powerPreference });
    if (adapter === null) {
      throw new ConvscopeError('no-adapter', 'WebGPU is there, but it offers no adapter', {
        wanted: 'a GPU with a working driver, or a software adapter',
      });
    }
    const { maxStorageBufferBindingSize, maxBufferSize, maxStorageBuffersPerShaderStage } = adapter.limits;
    const requiredLimits = { maxStorageBufferBindingSize, maxBufferSize, maxStorageBuffersPerShaderStage };
    const wanted: readonly GPUFeatureName[] = subgroups ? ['timestamp-query', 'subgroups'] : ['timestamp-query'];
    const requiredFeatures = wanted.filter((feature) => adapter.features.has(feature));
    const handle = await adapter.requestDevice({ requiredLimits, requiredFeatures }).catch((cause: unknown) => {
      throw new ConvscopeError('no-adapter', 'the adapter gives no device', { got: String(cause) }, { cause });
    });
    const subgroupSize = requiredFeatures.includes('subgroups') ? fixedSubgroupSize(adapter.info) : undefined;
    return new GpuDevice(gpu, handle, { adapter: describe(adapter.info), subgroupSize }, options);
  }

  private constructor(
    gpu: GPU,
    handle: GPUDevice,
    { adapter, subgroupSize }: Pick<GpuDevice, 'adapter' | 'subgroupSize'>,
    { maxBindingBytes = Infinity, maxBindings = Infinity, kernelChoices = new Map(), whileWaiting }: GpuDeviceOptions,
  ) {
    this.#gpu = gpu;
    this.handle = handle;
    this.adapter = adapter;
    this.subgroupSize = subgroupSize;
    this.maxBindingBytes = Math.min(maxBindingBytes, handle.limits.maxStorageBufferBindingSize);
    this.kernelChoices = kernelChoices;
    this.maxBindings = Math.min(maxBindings, handle.limits.maxStorageBuffersPerShaderStage);
    this.#backlog = new Backlog(YIELDING_BUDGET[adapter.class].queued);
    this.#whileWaiting = adapter.class === 'software' ? whileWaiting : undefined;
    this.memory = new GpuMemory(handle, () => this.assertUsable());
    this.pipelines = new PipelineCache(this);
    // Whatever was computed after a rejected command is not what was asked for. Allocations report their own errors.
    handle.addEventListener('uncapturederror', ({ error }) => {
      if (error.constructor.name === 'GPUOutOfMemoryError') return;
      this.#failure ??= new ConvscopeError('gpu-validation', 'the GPU refused a command', { got: error.message });
    });
    this.lost = handle.lost.then(({ reason, message }) => {
      this.#failure ??=
        reason === 'destroyed'
          ? new ConvscopeError('disposed', 'the device was disposed of')
          : new ConvscopeError('device-lost', 'the GPU device was lost', { got: message });
      return this.#failure;
    });
  }

  /** Throws `device-lost`, `disposed` or `gpu-validation` where the device can no longer be used or trusted. */
  assertUsable(): void {
    if (this.#failure !== undefined) throw this.#failure;
  }

  /**
   * Runs `work` when everything queued before it has ended: sequences of submits never mix, but that all others go
   * between the submits of work that yields.
   */
  async exclusive<T>(work: () => Promise<T>, options?: TurnOptions): Promise<T> {
    return this.#turns.take(async () => {
      this.assertUsable();
      return work();
    }, options);
  }

  /**
   * Lets nothing of the work that yields (a training's steps) begin or go on while `work` runs, so that an answer made
   * of several runs comes at once. It must not wait for work that yields.
   */
  async first<T>(work: () => Promise<T>): Promise<T> {
    return this.#turns.hold(work);
  }

  /** Waits for what the GPU does. All long waits go through here, so that the runtime can make room for them. */
  async waitFor<T>(done: Promise<T>): Promise<T> {
    const end = this.#whileWaiting?.();
    try {
      return await done;
    } finally {
      end?.();
    }
  }

  /** A submit of work that yields: waits while others have work, and while much of its own waits in the queue. */
  async submitYielding(commands: () => GPUCommandBuffer, operations: number): Promise<void> {
    await this.waitFor(this.#backlog.room(operations));
    await this.#turns.standAside();
    this.assertUsable();
    const { queue } = this.handle;
    queue.submit([commands()]);
    this.#backlog.add(operations, queue.onSubmittedWorkDone());
  }

  /** Copies a tensor to the GPU. The caller disposes of it. Throws `out-of-memory`, `device-limit`, `invalid-tensor`. */
  async upload(data: TensorData): Promise<Tensor> {
    const tensor = await Tensor.allocate(this, data.dtype, data.shape);
    try {
      tensor.write(data);
    } catch (error) {
      tensor.dispose();
      throw error;
    }
    return tensor;
  }

  /** Resolves when the GPU has done all that was submitted. Throws `device-lost` where it was lost on the way. */
  async idle(): Promise<void> {
    this.assertUsable();
    await this.waitFor(this.handle.queue.onSubmittedWorkDone()).catch(() => undefined);
    this.assertUsable();
  }

  /** Frees the device and everything on it. */
  dispose(): void {
    this.#failure ??= new ConvscopeError('disposed', 'the device was disposed of');
    if (this.#gpu === undefined) return;
    this.#gpu = undefined;
    this.handle.destroy();
  }
}

function fixedSubgroupSize({ subgroupMinSize, subgroupMaxSize }: GPUAdapterInfo): number | undefined {
  return subgroupMinSize === subgroupMaxSize ? subgroupMinSize : undefined;
}

function describe({ vendor, architecture, description }: GPUAdapterInfo): AdapterDescription {
  const text = `${vendor} ${architecture} ${description}`.toLowerCase();
  const isSoftware = /swiftshader|llvmpipe|lavapipe|software|\bcpu\b/.test(text);
  return { vendor, architecture, description, class: isSoftware ? 'software' : 'gpu' };
}
