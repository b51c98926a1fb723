import type { GpuDevice } from '@convscope/gpu-engine';
import { compare, geometricMean, type Contender } from './measure.ts';
import type { Environment, RecordedSuite } from './recorded.ts';
import { Disagreement, type CaseResult, type Check, type Extent, type Figure, type Suite } from './suite.ts';
import type { SuiteContext } from './suite.ts';

export interface RunSuiteOptions {
  readonly device: GpuDevice;
  readonly environment: Environment;
  readonly extent: Extent;
  /** Which cases are wanted, by their names; all where it is not given. */
  readonly wants?: ((name: string) => boolean) | undefined;
  readonly batch?: number | undefined;
  readonly rounds: number;
  readonly seconds: number;
  readonly mostOperations?: number | undefined;
  /** Milliseconds of processor time since some moment, where that can be known. */
  readonly processorClock?: (() => number) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** What is found, as it is found. */
  readonly report?: Partial<SuiteReport>;
}

export interface SuiteReport {
  /** A case that is wanted begins. */
  readonly begin: (name: string) => void;
  /** Its sides agree, and are timed. */
  readonly measure: (name: string) => void;
  readonly check: (check: Check) => void;
  readonly record: (result: CaseResult) => void;
  readonly figure: (figure: Figure) => void;
}

/** A sample on a GPU is the mean of as many runs as take so long, in milliseconds: clocks of pages tick every 0.1 ms. */
const LEAST_SAMPLE = 10;

/**
 * Runs one suite, in Node or in a page. Throws `Disagreement`, and the signal's reason once that has been given.
 * `more` is what the suite's context has beside what every suite gets.
 */
export async function runSuite<Context extends SuiteContext>(
  suite: Suite<Context>,
  options: RunSuiteOptions,
  more: Omit<Context, keyof SuiteContext>,
): Promise<RecordedSuite> {
  const { device, environment, extent, batch, rounds, seconds, mostOperations = Infinity } = options;
  const { wants = () => true, processorClock, signal, report = {} } = options;
  const checks: Check[] = [];
  const cases: CaseResult[] = [];
  const figures: Figure[] = [];
  const record = (result: CaseResult) => {
    signal?.throwIfAborted();
    cases.push(result);
    report.record?.(result);
  };
  const figure = (found: Figure) => {
    signal?.throwIfAborted();
    figures.push(found);
    report.figure?.(found);
  };
  // The engine lets the runtime rest while it waits; so that no side has the processor more than the other, all do here.
  const resting = ({ name, run }: Contender): Contender => ({
    name,
    run: async (times) => device.waitFor(run(times)),
  });
  const context: SuiteContext = {
    device,
    extent,
    batch,
    rounds,
    seconds,
    mostOperations,
    wants: (name) => {
      signal?.throwIfAborted();
      const isWanted = wants(name);
      if (isWanted) report.begin?.(name);
      return isWanted;
    },
    check: (check) => {
      signal?.throwIfAborted();
      checks.push(check);
      // NaN does not agree with anything.
      if (!(check.difference <= check.tolerance))
        throw new Disagreement(`the sides differ by ${check.difference.toExponential(1)} in ${check.what}`);
      report.check?.(check);
    },
    measure: async ({ name, group, contenders }, facts = {}) => {
      report.measure?.(group === undefined ? name : `${group}, ${name}`);
      const leastMilliseconds = device.adapter.class === 'gpu' ? LEAST_SAMPLE : 0;
      const runs = {
        warmUps: 1,
        rounds,
        budgetMilliseconds: 1000 * seconds,
        leastMilliseconds,
        processorClock,
        signal,
      };
      const result: CaseResult = {
        name,
        ...(group === undefined ? {} : { group }),
        ...facts,
        ...(await compare(contenders.map(resting), runs)),
      };
      record(result);
      return result;
    },
    record,
    figure,
  };
  await suite.run({ ...context, ...more } as Context);
  for (const found of groupFigures(cases)) figure(found);
  return {
    name: recordingName(suite, extent),
    title: suite.title,
    environment,
    settings: { extent, rounds, seconds, ...(mostOperations === Infinity ? {} : { mostOperations }) },
    checks,
    cases,
    figures,
  };
}

/** Ratios of other sizes or fewer layers are others, so they are recorded apart. */
export function recordingName({ name, isSampled = false }: Pick<Suite, 'name' | 'isSampled'>, extent: Extent): string {
  if (extent === 'quick') return `${name}-quick`;
  return extent === 'sample' && isSampled ? `${name}-sample` : name;
}

/** The geometric mean of each group's ratios, and its worst case. */
function groupFigures(cases: readonly CaseResult[]): readonly Figure[] {
  const groups = new Set(cases.flatMap(({ group }) => group ?? []));
  return [...groups].flatMap((group) => {
    const own = cases.filter((result) => result.group === group);
    const ratios = own.flatMap(({ ratios: ofCase }) => Object.values(ofCase).map(({ median }) => median));
    if (ratios.length === 0) return [];
    const processor = own.flatMap(({ processorTimes = {} }) => {
      const [first, ...others] = Object.values(processorTimes).map(({ median }) => median);
      return first === undefined ? [] : others.map((time) => time / first);
    });
    return [
      ...(processor.length === 0
        ? []
        : [
            {
              name: `${group}: geometric mean of processor time`,
              unit: 'times',
              value: geometricMean(processor),
            } as const,
          ]),
      { name: `${group}: geometric mean of ${ratios.length}`, unit: 'times', value: geometricMean(ratios) },
      { name: `${group}: worst`, unit: 'times', value: Math.min(...ratios), wanted: 1 },
    ] as const;
  });
}
