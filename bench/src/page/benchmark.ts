import { runInWorker } from './suite-run.ts';
import { afterMessage, firstState, waiting, type PageState, type SuiteProgress } from './state.ts';
import { extentList, suiteList, type SuiteName } from './suite-list.ts';

/** The page's state and what changes it. `onChange` is told each time. */
export class Benchmark {
  #state: PageState = firstState;
  #stop = new AbortController();
  readonly #onChange: (state: PageState) => void;

  constructor(onChange: (state: PageState) => void) {
    this.#onChange = onChange;
  }

  get state(): PageState {
    return this.#state;
  }

  change(change: Partial<PageState>): void {
    this.#state = { ...this.#state, ...change };
    this.#onChange(this.#state);
  }

  choose(name: SuiteName, isChosen: boolean): void {
    const chosen = new Set(this.#state.chosen);
    if (isChosen) chosen.add(name);
    else chosen.delete(name);
    this.change({ chosen });
  }

  /** Runs the chosen suites, one after the other. */
  async run(): Promise<void> {
    const { extent, chosen, isRunning } = this.#state;
    const names = suiteList.map(({ name }) => name).filter((name) => chosen.has(name));
    if (isRunning || names.length === 0) return;
    const suites = new Map(names.map((name) => [name, waiting(extent)] as const));
    this.#stop = new AbortController();
    const began = performance.now();
    const tell = () => this.change({ elapsed: performance.now() - began });
    const timer = setInterval(tell, 1000);
    this.change({ isRunning: true, elapsed: 0, suites, said: 'The benchmark has begun.' });
    for (const name of names) {
      if (this.#stop.signal.aborted) this.#update(name, (progress) => ({ ...progress, status: 'stopped' }));
      else await this.#runSuite(name);
    }
    clearInterval(timer);
    const said = this.#stop.signal.aborted ? 'The benchmark was stopped.' : 'The benchmark is done.';
    this.change({ isRunning: false, elapsed: performance.now() - began, said });
  }

  stop(): void {
    this.#stop.abort();
  }

  async #runSuite(name: SuiteName): Promise<void> {
    const { extent, adapterName } = this.#state;
    const { rounds = 7, seconds = 1 } = extentList.find((listed) => listed.name === extent) ?? {};
    this.#update(name, (progress) => ({ ...progress, status: 'running' }));
    const base = new URL('./', document.baseURI).href;
    await runInWorker(
      { suite: name, extent, rounds, seconds, base, adapterName },
      {
        signal: this.#stop.signal,
        onMessage: (message) => {
          if (message.kind === 'violation') console.error(`content security policy: ${message.text}`);
          this.#update(name, (progress) => afterMessage(progress, message));
        },
      },
    );
    this.#update(name, (progress) => (progress.status === 'running' ? { ...progress, status: 'stopped' } : progress));
    const { status } = this.#state.suites.get(name) ?? {};
    this.change({ said: `${titleOf(name)}: ${status ?? ''}.` });
  }

  #update(name: SuiteName, change: (progress: SuiteProgress) => SuiteProgress): void {
    const progress = this.#state.suites.get(name);
    if (progress === undefined) return;
    this.change({ suites: new Map(this.#state.suites).set(name, change(progress)) });
  }
}

export function titleOf(name: SuiteName): string {
  return suiteList.find((listed) => listed.name === name)?.title ?? name;
}
