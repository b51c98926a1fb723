import { Plan, type Instance, type ParameterSet, type RunOptions, type Tensor } from '@convscope/gpu-engine';
import { throwIfCancelled, type Graph, type TensorData } from '@convscope/gpu-engine/graph';
import type { Session } from '../session.ts';

/** What a picture is made with: its state on the GPU beside the network's parameters, and plans over both. */
export interface Making {
  readonly parameters: ParameterSet;
  readonly instantiate: (graph: Graph) => Promise<Instance>;
}

/** Holds state on the GPU for as long as `work` lasts, and everything that it instantiates. Throws `out-of-memory`. */
export async function withState<T>(
  session: Session,
  state: ReadonlyMap<string, TensorData>,
  work: (making: Making) => Promise<T>,
): Promise<T> {
  const parameters = await session.parameters.extended(state);
  const owned: { dispose: () => void }[] = [parameters];
  try {
    return await work({
      parameters,
      instantiate: async (graph) => {
        const plan = await Plan.compile(session.device, graph);
        owned.push(plan);
        const instance = await plan.instantiate(parameters);
        owned.push(instance);
        return instance;
      },
    });
  } finally {
    // Work that was cancelled half-way still uses the buffers.
    await session.device.idle().catch(() => undefined);
    for (const owner of owned.toReversed()) owner.dispose();
  }
}

export interface StepsOptions {
  /** The first step's number, and the one after the last's. */
  readonly from: number;
  readonly to: number;
  /** What changes with every step. */
  readonly options: (step: number) => RunOptions;
  readonly signal: AbortSignal | undefined;
  /** Called with a step's number and its results, which hold until the next one. */
  readonly onStep?: ((step: number, results: ReadonlyMap<string, Tensor>) => void) | undefined;
}

/**
 * Steps from..to in parts, after each of which the picture is shown: soon at first, when it changes much, and at least
 * about ten times.
 */
export function partsOf(from: number, to: number): readonly (readonly [from: number, to: number])[] {
  const most = Math.max(8, Math.ceil((to - from) / 10));
  const parts: [number, number][] = [];
  let size = 4;
  for (let start = from; start < to; start = parts.at(-1)?.[1] ?? to) {
    parts.push([start, Math.min(to, start + size)]);
    size = Math.min(most, 2 * size);
  }
  return parts;
}

/** Runs a step's plan again and again. Nothing is read back between steps; two of them wait on the GPU at most. */
export async function runSteps(instance: Instance, { from, to, options, signal, onStep }: StepsOptions): Promise<void> {
  let before: Promise<void> | undefined;
  for (let step = from; step < to; step++) {
    throwIfCancelled(signal);
    const results = await instance.run({ ...options(step), signal });
    const done = instance.plan.device.idle();
    done.catch(() => undefined);
    await before;
    before = done;
    onStep?.(step, results);
  }
  await before;
}
