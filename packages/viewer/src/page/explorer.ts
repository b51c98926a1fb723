import type { Model } from '@convscope/formats';
import { ConvscopeError, type GpuDevice } from '@convscope/gpu-engine';
import { valueOf, type TensorData } from '@convscope/gpu-engine/graph';
import {
  layersOf,
  methodNamed,
  methods,
  Session,
  type ClassScore,
  type Explanation,
  type Layer,
  type Unit,
} from '@convscope/xai';
import { MapValues } from '../drawing/map-values.ts';
import { messageOf } from '../shared/failure-words.ts';
import { sharedDevice } from '../shared/shared-device.ts';

/** What the user asked to see. */
export interface Wishes {
  /** None until the user brings a picture. */
  readonly input: TensorData<'float32'> | undefined;
  /** A class; the best one where none was chosen. */
  readonly target: number | undefined;
  readonly method: string;
  /** None: the stage in the middle, or nothing where the network has no feature maps. */
  readonly layer: string | undefined;
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
  /** The layers that have feature maps. */
  readonly layers: readonly Layer[];
  /** Whether the network's output is a list of class scores. */
  readonly hasClasses: boolean;
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
  #isDisposed = false;

  /**
   * Opens the page's device and puts the model on it. Throws `no-webgpu`, `no-adapter`, `out-of-memory`, and
   * `invalid-shape` where the network cannot take what its preprocessing gives.
   */
  static async open(
    model: Model,
    wishes: Wishes,
    on: { readonly change: () => Promise<unknown>; readonly failure: (error: unknown) => void },
  ): Promise<Explorer> {
    const device = await sharedDevice();
    const session = await Session.create(device, model);
    try {
      return new Explorer(device, session, wishes, on);
    } catch (error) {
      session.dispose();
      throw error;
    }
  }

  private constructor(
    device: GpuDevice,
    session: Session,
    wishes: Wishes,
    on: { readonly change: () => Promise<unknown>; readonly failure: (error: unknown) => void },
  ) {
    this.device = device;
    this.session = session;
    const { channels, height, width } = session.model.preprocessing;
    const graph = session.graphFor({ shape: [1, channels, height, width] });
    this.layers = layersOf(graph).filter(({ kind }) => kind === 'features');
    const scores = valueOf(graph, session.model.logits).shape;
    this.hasClasses = scores.length === 2 && scores[1] !== 1;
    const isKnown = this.layers.some(({ name }) => name === wishes.layer);
    this.wishes = isKnown ? wishes : { ...wishes, layer: middleStage(this.layers), unit: undefined };
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
    this.#isDisposed = true;
    this.#cancel.abort();
    disposeOf(this.findings);
    this.session.dispose();
  }

  async #settle(wishes: Wishes, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    const { session } = this;
    const { input, target, layer, unit } = wishes;
    if (input === undefined) return;
    const request = { input, signal };
    const method = methodNamed(wishes.method);
    this.problem = undefined;
    try {
      if (this.hasClasses) {
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
      }
      if (layer !== undefined) {
        await this.#renew('maps', `Looking at ${layer}`, [input, layer], async () => ({
          input,
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
      }
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
    if (this.#isDisposed) {
      disposeOf(found);
      return;
    }
    this.#keys.set(part, key);
    const old = part === 'scores' ? undefined : this.findings[part];
    this.findings = { ...this.findings, ...found };
    await this.#onChange();
    old?.dispose();
  }
}

function disposeOf({ explanation, maps, unitPicture }: Findings): void {
  for (const result of [explanation, maps, unitPicture]) result?.dispose();
}

/** The stage in the middle: its units see more than strokes, and its maps still look like the picture. */
function middleStage(layers: readonly Layer[]): string | undefined {
  const suggested = layers.filter((layer) => layer.suggested);
  const stages = suggested.length > 0 ? suggested : layers;
  return stages[Math.floor((stages.length - 1) / 2)]?.name;
}
