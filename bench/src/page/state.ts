import type { RecordedSuite } from '../recorded.ts';
import type { CaseResult, Check, Extent, Figure } from '../suite.ts';
import type { AdapterAnswer, SuiteFailure, SuiteMessage } from './messages.ts';
import { suiteList, type SuiteName } from './suite-list.ts';

/** How far one suite is, and what it found so far. */
export interface SuiteProgress {
  readonly status: 'waiting' | 'running' | 'done' | 'failed' | 'stopped';
  readonly extent: Extent;
  /** The library that is being loaded. */
  readonly loading: string | undefined;
  /** Cases that have begun, of how many. */
  readonly begun: number;
  readonly count: number | undefined;
  readonly current: string;
  readonly isTimed: boolean;
  readonly checks: readonly Check[];
  readonly cases: readonly CaseResult[];
  readonly figures: readonly Figure[];
  readonly recording: RecordedSuite | undefined;
  readonly failure: SuiteFailure | undefined;
}

export interface PageState {
  /** Undefined while the browser is asked. */
  readonly adapter: AdapterAnswer | undefined;
  readonly adapterName: string;
  readonly chosen: ReadonlySet<SuiteName>;
  readonly extent: Extent;
  readonly isRunning: boolean;
  /** Milliseconds since the run began. */
  readonly elapsed: number;
  /** Of the last run, in the order in which they run. */
  readonly suites: ReadonlyMap<SuiteName, SuiteProgress>;
  /** For those who listen to the page. */
  readonly said: string;
}

export const firstState: PageState = {
  adapter: undefined,
  adapterName: '',
  chosen: new Set(suiteList.flatMap(({ name, isChosenFirst }) => (isChosenFirst === true ? [name] : []))),
  extent: 'sample',
  isRunning: false,
  elapsed: 0,
  suites: new Map(),
  said: '',
};

export function waiting(extent: Extent): SuiteProgress {
  return {
    status: 'waiting',
    extent,
    loading: undefined,
    begun: 0,
    count: undefined,
    current: '',
    isTimed: false,
    checks: [],
    cases: [],
    figures: [],
    recording: undefined,
    failure: undefined,
  };
}

/** What a suite's progress is after a message. */
export function afterMessage(progress: SuiteProgress, message: SuiteMessage): SuiteProgress {
  switch (message.kind) {
    case 'loading':
      return { ...progress, loading: message.peer };
    case 'ready':
      return { ...progress, loading: undefined, count: message.count };
    case 'begin':
      return { ...progress, begun: progress.begun + 1, current: message.name, isTimed: false };
    case 'measure':
      return { ...progress, current: message.name, isTimed: true };
    case 'check':
      return { ...progress, checks: [...progress.checks, message.check] };
    case 'record':
      return { ...progress, cases: [...progress.cases, message.result] };
    case 'figure':
      return { ...progress, figures: [...progress.figures, message.figure] };
    case 'done':
      return { ...progress, status: 'done', recording: message.recording };
    case 'failed':
      return { ...progress, status: 'failed', failure: message.failure };
    case 'violation':
      return progress;
  }
}

/** From 0 to 1 over all suites of the run that is going on; each counts alike until its cases are known. */
export function shareDone(suites: readonly SuiteProgress[]): number {
  const shares = suites.map(({ status, begun, count }) => {
    if (status === 'waiting') return 0;
    if (status !== 'running') return 1;
    return count === undefined ? 0 : Math.max(0, begun - 0.5) / Math.max(count, 1);
  });
  return shares.length === 0 ? 0 : shares.reduce((sum, share) => sum + Math.min(share, 1), 0) / shares.length;
}
