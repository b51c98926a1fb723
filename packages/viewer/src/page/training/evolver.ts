import type { Model } from '@convscope/formats';
import { ConvscopeError, type TensorData } from '@convscope/gpu-engine/graph';
import { topActivations, type ChannelTop } from '@convscope/xai';
import type { EvolutionContent } from '@convscope/xai/render';
import type { ParameterSnapshot } from '@convscope/zoo';
import { messageOf } from '../../shared/failure-words.ts';
import { isDeviceLoss } from '../../shared/shared-device.ts';
import { EvolutionRun, type EvolutionWish } from './evolution-run.ts';

/** Filters of a deeper layer that are shown, and pictures for each. */
const MOST_CHANNELS = 8;
const TOP_COUNT = 3;
/** A device that is lost more often with nothing explained between is not worth more attempts. */
const MOST_LOSSES = 3;

/**
 * Keeps the evolution figure in step with the checkpoints that there are and with what is asked of them: the chosen
 * checkpoint first, for which a training on the same device stands still, then those nearest to it.
 */
export class Evolver {
  content: EvolutionContent | undefined;
  tops: readonly ChannelTop[] | undefined;
  problem: string | undefined;
  readonly #onChange: () => void;
  #run: EvolutionRun | undefined;
  #model: Model | undefined;
  #wish: EvolutionWish | undefined;
  #snapshots: readonly ParameterSnapshot[] = [];
  #chosen = 0;
  #change = new AbortController();
  /** The explanation under way, which ends where another is more urgent. */
  #current: { readonly snapshot: ParameterSnapshot; readonly end: AbortController } | undefined;
  #topsChange = new AbortController();
  #losses = 0;
  #isDisposed = false;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** What is to be shown now. Work on what is shown no more ends. */
  show(model: Model, snapshots: readonly ParameterSnapshot[], wish: EvolutionWish, chosen: number): void {
    const isOther = model !== this.#model || !isSameWish(wish, this.#wish);
    const isGrown = snapshots !== this.#snapshots;
    if (model !== this.#model) {
      this.#run?.dispose();
      this.#run = undefined;
    }
    if (isOther) this.content = undefined;
    this.#model = model;
    if (isOther || this.#wish === undefined) this.#wish = wish;
    this.#snapshots = snapshots;
    this.#chosen = chosen;
    if (isOther || isGrown) {
      this.#begin(model, this.#wish);
      return;
    }
    const wanted = snapshots[chosen];
    const isMissing = wanted !== undefined && this.#run?.has(wanted) === false;
    if (isMissing && this.#current?.snapshot !== wanted) this.#current?.end.abort();
  }

  /** The pictures that excite a layer's channels most at one checkpoint; false where it has to be asked for again. */
  async findTops(layer: string, pictures: TensorData<'float32'>, channelCount: number): Promise<boolean> {
    this.#topsChange.abort();
    this.#topsChange = new AbortController();
    const { signal } = this.#topsChange;
    const run = this.#run;
    const snapshot = this.#snapshots[this.#chosen];
    if (run === undefined || snapshot === undefined) return false;
    const channels = Array.from({ length: Math.min(channelCount, MOST_CHANNELS) }, (_, channel) => channel);
    try {
      const tops = await run.with(snapshot, async (session) =>
        signal.aborted ? undefined : topActivations(session, pictures, { layer, channels, count: TOP_COUNT, signal }),
      );
      if (signal.aborted || tops === undefined) return true;
      this.tops = tops;
      this.#onChange();
      return true;
    } catch (error) {
      return !(await this.#fail(error, signal, run));
    }
  }

  /** Ends the search, and shows nothing of it. */
  forgetTops(): void {
    this.#topsChange.abort();
    this.tops = undefined;
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#change.abort();
    this.#topsChange.abort();
    this.#run?.dispose();
    this.#run = undefined;
  }

  #begin(model: Model, wish: EvolutionWish): void {
    this.#change.abort();
    this.#change = new AbortController();
    void this.#work(model, wish, this.#change.signal);
  }

  async #work(model: Model, wish: EvolutionWish, signal: AbortSignal): Promise<void> {
    let known = this.#run;
    try {
      this.problem = undefined;
      const run = known ?? (await EvolutionRun.open(model));
      known = run;
      if (signal.aborted || this.#isDisposed) {
        if (run !== this.#run) run.dispose();
        return;
      }
      this.#run = run;
      const last = this.#snapshots.at(-1);
      if (last === undefined) return;
      if (!run.isAbout(wish)) await run.device.first(async () => run.wish(wish, last));
      for (;;) {
        const next = this.#nearest(run);
        if (next === undefined || signal.aborted) break;
        await this.#explain(run, next, signal);
        if (signal.aborted) return;
        if (!run.has(next)) continue;
        this.#losses = 0;
        this.content = run.content();
        this.#onChange();
      }
    } catch (error) {
      await this.#fail(error, signal, known);
    }
  }

  async #explain(run: EvolutionRun, snapshot: ParameterSnapshot, signal: AbortSignal): Promise<void> {
    const end = new AbortController();
    this.#current = { snapshot, end };
    const work = async (): Promise<void> => run.explain(snapshot, AbortSignal.any([signal, end.signal]));
    try {
      await (snapshot === this.#snapshots[this.#chosen] ? run.device.first(work) : work());
    } catch (error) {
      if (!end.signal.aborted) throw error;
    } finally {
      this.#current = undefined;
    }
  }

  #nearest(run: EvolutionRun): ParameterSnapshot | undefined {
    const open = this.#snapshots.map((snapshot, index) => ({ snapshot, away: Math.abs(index - this.#chosen) }));
    return open.filter(({ snapshot }) => !run.has(snapshot)).sort((a, b) => a.away - b.away)[0]?.snapshot;
  }

  /** Says what went wrong; true where the device was lost and all begins again on the next one. */
  async #fail(error: unknown, signal: AbortSignal, run: EvolutionRun | undefined): Promise<boolean> {
    const isLoss = await isDeviceLoss(error, run?.device);
    if (signal.aborted || this.#isDisposed) return isLoss;
    if (error instanceof ConvscopeError && error.code === 'cancelled') return false;
    if (isLoss && run !== this.#run) return true; // begun again by whoever noticed it first
    if (isLoss) this.#run = undefined; // the parameters went with the device
    if (isLoss && this.#losses < MOST_LOSSES && this.#model !== undefined && this.#wish !== undefined) {
      this.#losses += 1;
      this.#begin(this.#model, this.#wish);
      return true;
    }
    this.problem = messageOf(error);
    this.#onChange();
    return false;
  }
}

function isSameWish(a: EvolutionWish, b: EvolutionWish | undefined): boolean {
  return a.input === b?.input && a.method === b.method && a.layer === b.layer && a.target === b.target;
}
