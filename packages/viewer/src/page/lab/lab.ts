import type { Model } from '@convscope/formats';
import { ConvscopeError, kernelChoices, type GpuDevice, type KernelTuning } from '@convscope/gpu-engine';
import { float32Tensor, valueOf, type TensorData } from '@convscope/gpu-engine/graph';
import { coverageOf, layersOf, Session, type ClassScore, type Coverage, type Layer } from '@convscope/xai';
import type { InputSample } from '../../elements/image-input/cs-image-input.ts';
import { messageOf } from '../../shared/failure-words.ts';
import { sharedDevice } from '../../shared/shared-device.ts';
import { browserStore, keptTuning, type KernelPlace } from '../kernels/kernel-store.ts';
import type { OpenedModel } from '../opened-model.ts';
import type { LabState, WallScale } from '../state/lab-state.ts';

export interface LabOptions {
  readonly opened: OpenedModel;
  readonly samples: readonly InputSample[];
  readonly input: TensorData<'float32'> | undefined;
  readonly state: LabState;
  /** The device was lost. */
  readonly onFailure: (error: unknown) => void;
}

/**
 * One network on the page's device, one input, and what the user chose to see. The views subscribe to it; whatever
 * they have computed goes through its one queue, because a plan's outputs hold only until its next run.
 */
export class Lab {
  readonly device: GpuDevice;
  readonly session: Session;
  /** The kernels that were measured for this network, where any were. */
  readonly tuning: KernelTuning | undefined;
  readonly opened: OpenedModel;
  readonly samples: readonly InputSample[];
  /** The layers that have feature maps. */
  readonly layers: readonly Layer[];
  /** Whether the network's output is a list of class scores. */
  readonly hasClasses: boolean;
  /** An input for methods that look at none. */
  readonly blank: TensorData<'float32'>;
  state: LabState;
  input: TensorData<'float32'> | undefined;
  /** Of the present input, best first; those of the input before until they are known. */
  scores: readonly ClassScore[] = [];
  /** What is being computed, in words. */
  working: string | undefined;
  /** Why the network could not be run. */
  problem: string | undefined;
  readonly #onFailure: (error: unknown) => void;
  readonly #listeners = new Set<() => void>();
  #queue: Promise<unknown> = Promise.resolve();
  #coverage: Coverage | undefined;
  #waiting = 0;
  #predicting = new AbortController();
  #isDisposed = false;

  /**
   * Opens the page's device and puts the model on it. Throws `no-webgpu`, `no-adapter`, `out-of-memory`, and
   * `invalid-shape` where the network cannot take what its preprocessing gives.
   */
  static async open(options: LabOptions): Promise<Lab> {
    const device = await sharedDevice();
    const tuning = keptTuning(browserStore(), kernelPlace(device, options.opened));
    device.kernelChoices = tuning === undefined ? new Map() : kernelChoices(tuning);
    const session = await Session.create(device, options.opened.model);
    try {
      return new Lab(device, session, tuning, options);
    } catch (error) {
      session.dispose();
      throw error;
    }
  }

  private constructor(
    device: GpuDevice,
    session: Session,
    tuning: KernelTuning | undefined,
    { opened, samples, input, state, onFailure }: LabOptions,
  ) {
    this.device = device;
    this.session = session;
    this.tuning = tuning;
    this.opened = opened;
    this.samples = samples;
    this.#onFailure = onFailure;
    const { channels, height, width } = session.model.preprocessing;
    this.blank = float32Tensor([1, channels, height, width]);
    const graph = session.graphFor(this.blank);
    this.layers = layersOf(graph).filter(({ kind }) => kind === 'features');
    const scores = valueOf(graph, session.model.logits).shape;
    this.hasClasses = scores.length === 2 && scores[1] !== 1;
    const hasLayer = this.layers.some(({ name }) => name === state.layer);
    const layer = hasLayer ? state.layer : middleOf(this.stages)?.name;
    const target = (state.target ?? 0) < Number(scores[1] ?? 0) ? state.target : undefined;
    this.state = { ...state, layer, target, unit: hasLayer || state.layer === undefined ? state.unit : undefined };
    void this.#watch();
    this.setInput(input);
  }

  get model(): Model {
    return this.session.model;
  }

  /** Where the kernels for this network are kept. */
  get kernelPlace(): KernelPlace {
    return kernelPlace(this.device, this.opened);
  }

  /** The class that views explain unless told otherwise. */
  get target(): number | undefined {
    return this.state.target ?? this.scores[0]?.index;
  }

  get opacity(): number {
    return this.state.opacity ?? (this.model.preprocessing.channels === 3 ? 0.6 : 0.85);
  }

  get wallScale(): WallScale {
    return this.state.wallScale ?? (this.model.preprocessing.channels === 3 ? 'percentile' : 'own');
  }

  /** What the network is and which methods apply. */
  get coverage(): Coverage {
    this.#coverage ??= coverageOf(this.model);
    return this.#coverage;
  }

  /** The layer that the views look at; undefined where the network has no feature maps. */
  get layer(): Layer | undefined {
    return this.layers.find(({ name }) => name === this.state.layer);
  }

  /** Layers that whole stages give, or all where none does. */
  get stages(): readonly Layer[] {
    const stages = this.layers.filter(({ suggested }) => suggested);
    return stages.length > 0 ? stages : this.layers;
  }

  labelOf(index: number): string {
    return this.model.labels[index] ?? String(index);
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  change(patch: Partial<LabState>): void {
    this.state = { ...this.state, ...patch };
    this.#notify();
  }

  /** Another input: it is classified, and every view follows. */
  setInput(input: TensorData<'float32'> | undefined, patch: Partial<LabState> = {}): void {
    this.input = input;
    this.problem = undefined;
    this.state = { ...this.state, ...patch };
    this.#predicting.abort();
    this.#predicting = new AbortController();
    if (input !== undefined && this.hasClasses) void this.#predict(input, this.#predicting.signal);
    this.#notify();
  }

  /** Runs work on the device when all before it is done. Rejects with `cancelled` where the signal came first. */
  async run<Result>(words: string, signal: AbortSignal, work: () => Promise<Result>): Promise<Result> {
    const turn = this.#queue;
    this.#waiting += 1;
    const result = turn.then(async () => {
      if (signal.aborted || this.#isDisposed) throw new ConvscopeError('cancelled', 'no longer wanted');
      this.say(words);
      return work();
    });
    this.#queue = result.then(
      () => undefined,
      () => undefined,
    );
    try {
      return await result;
    } catch (error) {
      if (error instanceof ConvscopeError && error.code === 'device-lost') this.#onFailure(error);
      throw error;
    } finally {
      this.#waiting -= 1;
      if (this.#waiting === 0) this.say(undefined);
    }
  }

  say(words: string | undefined): void {
    if (words === this.working) return;
    this.working = words;
    this.#notify();
  }

  /** Frees what the lab holds on the device, which stays open. */
  dispose(): void {
    this.#isDisposed = true;
    this.#predicting.abort();
    this.#listeners.clear();
    this.session.dispose();
  }

  async #predict(input: TensorData<'float32'>, signal: AbortSignal): Promise<void> {
    try {
      const [scores = []] = await this.run('Running the network', signal, async () =>
        this.session.predict(input, signal),
      );
      if (signal.aborted) return;
      this.scores = scores;
    } catch (error) {
      if (signal.aborted || isCancelled(error)) return;
      this.problem = messageOf(error);
    }
    this.#notify();
  }

  async #watch(): Promise<void> {
    const error = await this.device.lost;
    if (error.code === 'device-lost') this.#onFailure(error);
  }

  #notify(): void {
    for (const listener of this.#listeners) listener();
  }
}

function kernelPlace({ adapter }: GpuDevice, { model, reference }: OpenedModel): KernelPlace {
  const { channels, height, width } = model.preprocessing;
  return { adapter, model: reference, shape: [channels, height, width] };
}

export function isCancelled(error: unknown): boolean {
  return error instanceof ConvscopeError && error.code === 'cancelled';
}

/** The stage in the middle: its units see more than strokes, and its maps still look like the picture. */
function middleOf(stages: readonly Layer[]): Layer | undefined {
  return stages[Math.floor((stages.length - 1) / 2)];
}
