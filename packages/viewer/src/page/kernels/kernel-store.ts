import { isTunedFor, readKernelTuning, type AdapterDescription, type KernelTuning } from '@convscope/gpu-engine';
import type { ModelReference } from '../state/lab-state.ts';

/** What of a browser's storage is needed; `localStorage`, but for tests. */
export type TextStore = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** Where the kernels for a network on an adapter are kept. */
export interface KernelPlace {
  readonly adapter: AdapterDescription;
  readonly model: ModelReference;
  /** Of the network's pictures: C, H, W. */
  readonly shape: readonly number[];
}

/** The browser's own; undefined where it allows none. */
export function browserStore(): TextStore | undefined {
  try {
    return globalThis.localStorage;
  } catch {
    return undefined;
  }
}

/** The kernels that were kept; undefined where there are none, or none that can be read. */
export function keptTuning(store: TextStore | undefined, place: KernelPlace): KernelTuning | undefined {
  try {
    const text = store?.getItem(keyOf(place)) ?? undefined;
    const tuning = text === undefined ? undefined : readKernelTuning(text);
    return tuning !== undefined && isTunedFor(tuning, place.adapter) ? tuning : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps kernels, or removes those that were kept. Gives whether the browser has room for them. */
export function keepTuning(
  store: TextStore | undefined,
  place: KernelPlace,
  tuning: KernelTuning | undefined,
): boolean {
  try {
    if (tuning === undefined) store?.removeItem(keyOf(place));
    else store?.setItem(keyOf(place), JSON.stringify(tuning));
    return store !== undefined;
  } catch {
    return false;
  }
}

function keyOf({ adapter, model, shape }: KernelPlace): string {
  const { vendor, architecture, description } = adapter;
  const name = model.kind === 'zoo' ? model.name : model.kind === 'url' ? model.url : `${model.name} ${model.hash}`;
  return `convscope-kernels ${JSON.stringify([vendor, architecture, description, name, ...shape])}`;
}
