import type { Model } from '@convscope/formats';
import { ConvscopeError, type GpuDevice } from '@convscope/gpu-engine';
import type { TensorData } from '@convscope/gpu-engine/graph';
import { methodNamed, methods, Session, type ClassScore, type Explanation, type Unit } from '@convscope/xai';
import { MapValues } from '../drawing/map-values.ts';
import { messageOf } from '../shared/failure-words.ts';
import { sharedDevice } from '../shared/shared-device.ts';

/** What the user asked to see. */
export interface Wishes {
  readonly input: TensorData<'float32'>;
  /** A class; the best one where none was chosen. */
  readonly target: number | undefined;
  readonly method: string;
  readonly layer: string;
  /** A unit of the layer; its strongest where none was chosen. */
  readonly unit: Unit | undefined;
}

/** What has been computed so far. Each part belongs to the wishes at its time. */
export interface Findings {
  readonly input?: TensorData<'float32'>;
  readonly scores?: readonly ClassScore[];
  readonly explanation?: Explanation;
  readonly maps?: Explanation;
  readonly unitPicture?: Explanation;
  /** The activation that the unit picture starts from. */
  readonly unitValue?: number;
}

type Part = 'scores' | 'explanation' | 'maps' | 'unitPicture';

/**
 * Keeps what is shown in step with what was asked for, one piece of GPU work after another. A newer wish cancels the
 * work on an older one, and only what depends on the change is computed again.
 */
export class Explorer {
  readonly device: GpuDevice;
  readonly session: Session;
  wishes: Wishes;
  findings: Findings = {};
  /** What is being computed, in words. */
  working: string | undefined;
  /** Why the last piece of work failed, where the rest still stands. */
  problem: string | undefined;
  readonly #keys = new Map<Part, readonly unknown[]>();
  readonly #onChange: () => Promise<unknown>;
  readonly #onFailure: (error: unknown) => void;
  #cancel = new AbortController();
  #queue: Promise<void> = Promise.resolve();

  /** Opens the page's device and puts the model on it. Throws `no-webgpu`, `no-adapter`, `out-of-memory`. */
  static async open(
    model: Model,
    wishes: Wishes,
    on: { readonly change: () => Promise<unknown>; readonly failure: (error: unknown) => void },
  ): Promise<Explorer> {
    const device = await sharedDevice();
    return new Explorer(device, await Session.create(device, model), wishes, on);
  }

  private constructor(
    device: GpuDevice,
    session: Session,
    wishes: Wishes,
    on: { readonly change: () => Promise<unknown>; readonly failure: (error: unknown) => void },
  ) {
    this.device = device;
    this.session = session;
    this.wishes = wishes;
    this.#onChange = on.change;
    this.#onFailure = on.failure;
    void this.#watch();
    this.wish({});
  }

  wish(change: Partial<Wishes>): void {
    this.wishes = { ...this.wishes, ...change };
    this.#cancel.abort();
    this.#cancel = new AbortController();
    const { signal } = this.#cancel;
    this.#queue = this.#queue.then(async () => this.#settle(this.wishes, signal));
  }

  /** Frees what the explorer holds on the device, which stays open. */
  dispose(): void {
    this.#cancel.abort();
    const { explanation, maps, unitPicture } = this.findings;
    for (const result of [explanation, maps, unitPicture]) result?.dispose();
    this.session.dispose();
  }

  async #settle(wishes: Wishes, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    const { session } = this;
    const { input, target, layer, unit } = wishes;
    const request = { input, signal };
    const method = methodNamed(wishes.method);
    this.problem = undefined;
    try {
      await this.#renew('scores', 'Running the network', [input], async () => {
        const [scores = []] = await session.predict(input, signal);
        return { input, scores };
      });
      await this.#renew('explanation', `Explaining by ${method.title}`, [input, target, method], async () => ({
        explanation: await session.explain(method, {
          ...request,
          target,
          onProgress: (done) => this.#say(`Explaining by ${method.title}, ${Math.round(done * 100)} %`),
        }),
      }));
      await this.#renew('maps', `Looking at ${layer}`, [input, layer], async () => ({
        maps: await session.explain(methods.featureMaps, { ...request, layer }),
      }));
      const unitKey = [input, layer, unit?.channel, unit?.y, unit?.x];
      await this.#renew('unitPicture', 'Reconstructing what the unit saw', unitKey, async () => {
        const unitPicture = await session.explain(methods.deconvnet, { ...request, layer, unit });
        const found = unitPicture.units?.[0];
        const values = this.findings.maps && new MapValues(this.findings.maps.tensor);
        const unitValue = found && (await values?.at(found.channel, found.y ?? 0, found.x ?? 0));
        return { unitPicture, ...(unitValue === undefined ? {} : { unitValue }) };
      });
    } catch (error) {
      const code = error instanceof ConvscopeError ? error.code : undefined;
      if (code === 'device-lost') this.#onFailure(error);
      else if (code !== 'cancelled' && !signal.aborted) this.problem = messageOf(error);
    }
    this.working = undefined;
    await this.#onChange();
  }

  async #watch(): Promise<void> {
    const error = await this.device.lost;
    if (error.code === 'device-lost') this.#onFailure(error);
  }

  #say(words: string): void {
    this.working = words;
    void this.#onChange();
  }

  /** Computes a part anew where what it depends on has changed, and disposes of the old one when it is out of sight. */
  async #renew(part: Part, words: string, key: readonly unknown[], compute: () => Promise<Findings>): Promise<void> {
    const known = this.#keys.get(part);
    if (known !== undefined && key.every((item, index) => item === known[index])) return;
    this.working = words;
    await this.#onChange();
    const found = await compute();
    this.#keys.set(part, key);
    const old = part === 'scores' ? undefined : this.findings[part];
    this.findings = { ...this.findings, ...found };
    await this.#onChange();
    old?.dispose();
  }
}
