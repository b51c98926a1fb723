/** One of the sides of a comparison. */
export interface Contender {
  readonly name: string;
  /** Does the whole work so many times, one after the other, and ends when it is done on the GPU too. */
  readonly run: (times: number) => Promise<void>;
}

/** Milliseconds, or ratios, of several rounds. */
export interface Summary {
  readonly median: number;
  readonly min: number;
  readonly lowerQuartile: number;
  readonly upperQuartile: number;
  readonly samples: readonly number[];
}

export interface Comparison {
  /** Milliseconds of one run, by the contender's name. */
  readonly times: Readonly<Record<string, Summary>>;
  /** How many times longer than the first contender each other one took, round by round. */
  readonly ratios: Readonly<Record<string, Summary>>;
  /**
   * Milliseconds of processor time that this process spent in a run. On software adapters that is what the work costs,
   * however busy the machine is; on a GPU it is only what starting the work costs. Browsers do not tell it.
   */
  readonly processorTimes?: Readonly<Record<string, Summary>>;
}

export interface Runs {
  readonly warmUps: number;
  readonly rounds: number;
  /** No round begins after so much time, once there are two. */
  readonly budgetMilliseconds?: number;
  /** A sample is the mean of as many runs as take so long: browsers' clocks are coarse, and GPUs quicker than them. */
  readonly leastMilliseconds?: number;
  /** Milliseconds of processor time since some moment, where that can be known. */
  readonly processorClock?: (() => number) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Runs of one sample, at most. */
const MOST_TIMES = 1000;

/** Work that ends when its result is there: runs follow one another. */
export function oneByOne(work: () => Promise<unknown>): Contender['run'] {
  return async (times) => {
    for (let turn = 0; turn < times; turn++) await work();
  };
}

/** Work that is only started, run after run; then the queue is waited for once. */
export function queued(start: () => unknown, finish: () => Promise<void>): Contender['run'] {
  return async (times) => {
    for (let turn = 0; turn < times; turn++) await start();
    await finish();
  };
}

/**
 * Times the contenders in turn, ABAB…, so that whatever else the machine does meets all of them alike. Runs before the
 * first round are not counted: they compile kernels and fill caches.
 */
export async function compare(contenders: readonly Contender[], runs: Runs): Promise<Comparison> {
  const { warmUps, rounds, budgetMilliseconds = Infinity, leastMilliseconds = 0, processorClock, signal } = runs;
  for (const { run } of contenders) for (let turn = 0; turn < warmUps; turn++) await run(1);
  const times: number[] = [];
  for (const contender of contenders) times.push(await timesFor(contender, leastMilliseconds));
  const samples = contenders.map((): number[] => []);
  const processorSamples = contenders.map((): number[] => []);
  const begin = performance.now();
  for (let round = 0; round < rounds; round++) {
    if (round >= 2 && performance.now() - begin > budgetMilliseconds) break;
    for (const [index, { run }] of contenders.entries()) {
      signal?.throwIfAborted();
      const count = times[index] ?? 1;
      const [start, processorStart] = [performance.now(), processorClock?.() ?? 0];
      await run(count);
      processorSamples[index]?.push(((processorClock?.() ?? 0) - processorStart) / count);
      samples[index]?.push((performance.now() - start) / count);
    }
  }
  const byName = (lists: readonly (readonly number[])[]) =>
    Object.fromEntries(contenders.map(({ name }, index) => [name, summarize(lists[index] ?? [])] as const));
  const [first = []] = samples;
  const ratios = contenders.slice(1).map(({ name }, index) => {
    const other = samples[index + 1] ?? [];
    return [name, summarize(other.map((time, round) => time / (first[round] ?? NaN)))] as const;
  });
  return {
    times: byName(samples),
    ratios: Object.fromEntries(ratios),
    ...(processorClock === undefined ? {} : { processorTimes: byName(processorSamples) }),
  };
}

async function timesFor({ run }: Contender, leastMilliseconds: number): Promise<number> {
  if (leastMilliseconds === 0) return 1;
  for (let times = 1; ;) {
    const start = performance.now();
    await run(times);
    const milliseconds = performance.now() - start;
    if (milliseconds >= leastMilliseconds || times >= MOST_TIMES) return times;
    // One of several is quicker than one alone, and a coarse clock may say 0.
    const growth = milliseconds > 0 ? Math.min(10, (1.2 * leastMilliseconds) / milliseconds) : 10;
    times = Math.min(MOST_TIMES, Math.ceil(times * growth));
  }
}

/** Quantiles by linear interpolation between the sorted samples. Throws where there is none. */
export function summarize(samples: readonly number[]): Summary {
  if (samples.length === 0) throw new Error('no samples to summarize');
  const sorted = samples.toSorted((a, b) => a - b);
  const quantile = (fraction: number): number => {
    const position = fraction * (sorted.length - 1);
    const [low, high] = [sorted[Math.floor(position)] ?? NaN, sorted[Math.ceil(position)] ?? NaN];
    return low + (high - low) * (position - Math.floor(position));
  };
  return {
    median: quantile(0.5),
    min: quantile(0),
    lowerQuartile: quantile(0.25),
    upperQuartile: quantile(0.75),
    samples,
  };
}

export function geometricMean(values: readonly number[]): number {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}
