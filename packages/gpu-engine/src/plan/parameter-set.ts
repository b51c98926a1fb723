import type { GpuDevice } from '../device/gpu-device.ts';
import { Tensor } from '../device/tensor.ts';
import { ConvscopeError, type TensorData, type Transform } from '../graph/index.ts';
import { uploadTogether, type ParameterArena } from './parameter-arena.ts';

interface Parameter {
  readonly tensor: Tensor;
  version: number;
}

/** What is computed from parameters, and the sum of the versions that they had then (-1: not yet). */
export interface DerivedParameter {
  readonly tensor: Tensor;
  version: number;
}

/**
 * Named tensors on the GPU that plans share. They lie in few buffers, in the order in which they were given. Each has a version that grows when its contents change, so that copies
 * derived from it (other layouts, say) are computed once a change, whichever plan asks first.
 */
export class ParameterSet {
  readonly device: GpuDevice;
  readonly #arena: ParameterArena;
  readonly #parameters: ReadonlyMap<string, Parameter>;
  readonly #derived = new Map<string, Promise<DerivedParameter>>();
  readonly #shared: ParameterSet | undefined;
  #disposed = false;

  private constructor(device: GpuDevice, arena: ParameterArena, shared?: ParameterSet) {
    this.device = device;
    this.#arena = arena;
    this.#parameters = new Map([...arena.tensors].map(([name, tensor]) => [name, { tensor, version: 0 }]));
    this.#shared = shared;
  }

  /** Uploads the tensors. Throws `out-of-memory`. */
  static async create(device: GpuDevice, tensors: ReadonlyMap<string, TensorData>): Promise<ParameterSet> {
    return new ParameterSet(device, await uploadTogether(device, tensors));
  }

  /**
   * A set of these parameters, which stay this set's own, and further ones, which are the new set's: state that belongs
   * to one computation, such as a picture in the making. Throws `invalid-parameter` for a taken name, `out-of-memory`.
   */
  async extended(tensors: ReadonlyMap<string, TensorData>): Promise<ParameterSet> {
    const taken = [...tensors.keys()].find((name) => this.names.includes(name));
    if (taken !== undefined) {
      throw new ConvscopeError('invalid-parameter', 'the parameter set has such a parameter already', { got: taken });
    }
    return new ParameterSet(this.device, await uploadTogether(this.device, tensors), this);
  }

  /** The set that this one extends, or itself: sets with the same owner share parameters. */
  get owner(): ParameterSet {
    return this.#shared?.owner ?? this;
  }

  get names(): readonly string[] {
    return [...(this.#shared?.names ?? []), ...this.#parameters.keys()];
  }

  /** The parameter's tensor. Throws `unknown-name`. */
  tensor(name: string): Tensor {
    return this.#parameter(name).tensor;
  }

  /** How often these parameters have changed. */
  versionOf(names: readonly string[]): number {
    return names.reduce((sum, name) => sum + this.version(name), 0);
  }

  /** How often the parameter has changed. */
  version(name: string): number {
    return this.#parameter(name).version;
  }

  /**
   * Replaces a parameter's contents at once: await the runs that still need the old ones.
   * Throws `unknown-name` or `invalid-tensor`.
   */
  write(name: string, data: TensorData): void {
    const parameter = this.#parameter(name);
    parameter.tensor.write(data);
    parameter.version += 1;
  }

  /** Says that a run has changed the parameter. */
  touch(name: string): void {
    this.#parameter(name).version += 1;
  }

  /** Reads parameters back, all or those named, as they are between two runs: never half of a training step's. */
  async read(names: readonly string[] = this.names): Promise<Map<string, TensorData>> {
    return this.device.exclusive(
      async () => {
        const tensors = new Map<string, TensorData>();
        for (const name of names) tensors.set(name, await this.tensor(name).read());
        return tensors;
      },
      { over: this.owner },
    );
  }

  /** The memory for a copy transformed from these parameters; whoever runs next fills it where its version is behind. */
  async derived(sources: readonly string[], transform: Transform): Promise<DerivedParameter> {
    for (const source of sources) this.#parameter(source);
    const isShared = !sources.some((source) => this.#parameters.has(source));
    if (this.#shared !== undefined && isShared) return this.#shared.derived(sources, transform);
    const key = JSON.stringify([sources, transform.key]);
    let derived = this.#derived.get(key);
    if (derived === undefined) {
      derived = Tensor.allocate(this.device, 'float32', transform.shape).then((tensor) => ({ tensor, version: -1 }));
      this.#derived.set(key, derived);
      derived.catch(() => this.#derived.delete(key));
    }
    return derived;
  }

  /** Throws `disposed` where the tensors are gone. */
  assertUsable(): void {
    if (this.#disposed) throw new ConvscopeError('disposed', 'the parameters were disposed of');
    this.#shared?.assertUsable();
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#arena.dispose();
    for (const derived of this.#derived.values()) {
      derived.then(({ tensor }) => tensor.dispose()).catch(() => undefined);
    }
  }

  #parameter(name: string): Parameter {
    this.assertUsable();
    const parameter = this.#parameters.get(name);
    if (parameter !== undefined) return parameter;
    if (this.#shared !== undefined) return this.#shared.#parameter(name);
    throw new ConvscopeError('unknown-name', 'the parameter set has no such parameter', {
      got: name,
      wanted: this.names.slice(0, 12).join(', '),
    });
  }
}
