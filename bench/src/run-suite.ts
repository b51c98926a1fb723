import type { GpuDevice } from '@convscope/gpu-engine';
import { compare, geometricMean } from './measure.ts';
import type { RecordedSuite } from './recorded.ts';
import { describeEnvironment } from './results.ts';
import { Disagreement, type CaseResult, type Check, type Figure, type Suite } from './suite.ts';
import { caseLine, figureLine } from './text.ts';

export interface RunSuiteOptions {
  readonly device: GpuDevice;
  readonly folder: string;
  readonly quick: boolean;
  readonly only: string | undefined;
  readonly batch: number | undefined;
  readonly rounds: number;
  readonly seconds: number;
  readonly mostOperations: number;
}

/** Runs one suite and says what it finds as it goes. Throws `Disagreement`. */
export async function runSuite(suite: Suite, options: RunSuiteOptions): Promise<RecordedSuite> {
  const { device, folder, quick, only, batch, rounds, seconds, mostOperations } = options;
  const environment = describeEnvironment(device.adapter);
  const checks: Check[] = [];
  const cases: CaseResult[] = [];
  const figures: Figure[] = [];
  const record = (result: CaseResult) => {
    cases.push(result);
    console.log(caseLine(result));
  };
  await suite.run({
    device,
    folder,
    quick,
    batch,
    rounds,
    seconds,
    mostOperations,
    wants: (name) => only === undefined || name.includes(only),
    check: (check) => {
      checks.push(check);
      // NaN does not agree with anything.
      if (check.difference <= check.tolerance) return;
      throw new Disagreement(`the sides differ by ${check.difference.toExponential(1)} in ${check.what}`);
    },
    measure: async ({ name, group, contenders }, facts = {}) => {
      const runs = { warmUps: 1, rounds, budgetMilliseconds: 1000 * seconds };
      const result: CaseResult = {
        name,
        ...(group === undefined ? {} : { group }),
        ...facts,
        ...(await compare(contenders, runs)),
      };
      record(result);
      return result;
    },
    record,
    figure: (figure) => {
      figures.push(figure);
      console.log(figureLine(figure));
    },
  });
  for (const figure of groupFigures(cases)) {
    figures.push(figure);
    console.log(figureLine(figure));
  }
  const { name, title } = suite;
  return {
    name,
    title,
    environment,
    settings: { rounds, seconds, ...(mostOperations === Infinity ? {} : { mostOperations }) },
    checks,
    cases,
    figures,
  };
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
