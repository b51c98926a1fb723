/** One of the sides of a comparison: `run` does the whole work once and ends when it is done on the GPU too. */
export interface Contender {
  readonly name: string;
  readonly run: () => Promise<void>;
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
  /** Milliseconds of a run, by the contender's name. */
  readonly times: Readonly<Record<string, Summary>>;
  /** How many times longer than the first contender each other one took, round by round. */
  readonly ratios: Readonly<Record<string, Summary>>;
  /**
   * Milliseconds of processor time that this process spent in a run. On software adapters that is what the work costs,
   * however busy the machine is; on a GPU it is only what starting the work costs.
   */
  readonly processorTimes?: Readonly<Record<string, Summary>>;
}

export interface Runs {
  readonly warmUps: number;
  readonly rounds: number;
  /** No round begins after so much time, once there are two. */
  readonly budgetMilliseconds?: number;
}

/**
 * Times the contenders in turn, ABAB…, so that whatever else the machine does meets all of them alike. Runs before the
 * first round are not counted: they compile kernels and fill caches.
 */
export async function compare(
  contenders: readonly Contender[],
  { warmUps, rounds, budgetMilliseconds = Infinity }: Runs,
): Promise<Comparison> {
  for (const { run } of contenders) for (let turn = 0; turn < warmUps; turn++) await run();
  const samples = contenders.map((): number[] => []);
  const processorSamples = contenders.map((): number[] => []);
  const begin = performance.now();
  for (let round = 0; round < rounds; round++) {
    if (round >= 2 && performance.now() - begin > budgetMilliseconds) break;
    for (const [index, { run }] of contenders.entries()) {
      const [start, processorStart] = [performance.now(), process.cpuUsage()];
      await run();
      const { user, system } = process.cpuUsage(processorStart);
      samples[index]?.push(performance.now() - start);
      processorSamples[index]?.push((user + system) / 1000);
    }
  }
  const [first = []] = samples;
  const times = contenders.map(({ name }, index) => [name, summarize(samples[index] ?? [])] as const);
  const processorTimes = contenders.map(({ name }, index) => [name, summarize(processorSamples[index] ?? [])] as const);
  const ratios = contenders.slice(1).map(({ name }, index) => {
    const other = samples[index + 1] ?? [];
    return [name, summarize(other.map((time, round) => time / (first[round] ?? NaN)))] as const;
  });
  return {
    times: Object.fromEntries(times),
    ratios: Object.fromEntries(ratios),
    processorTimes: Object.fromEntries(processorTimes),
  };
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
