export interface TurnOptions {
  /**
   * The parameters that the work reads or changes. It may go in between the submits of yielding work over others; work
   * that does not say waits until the yielding work has ended.
   */
  readonly over?: object | undefined;
  /** All other work goes first, also between this work's submits, where it calls `standAside`. */
  readonly yields?: boolean | undefined;
}

interface Work {
  readonly over: object | undefined;
  readonly run: () => Promise<void>;
}

/**
 * Whose turn it is to submit: one piece of work after another, in order. Yielding work, such as the steps of a
 * training, comes after everything else.
 */
export class Turns {
  readonly #ordinary: Work[] = [];
  readonly #yielding: Work[] = [];
  #isBusy = false;
  #holds = 0;
  #underWay: Work | undefined;
  /** Has the yielding work that stands aside go on. */
  #goOn: (() => void) | undefined;

  /** Runs the work when its turn has come. */
  async take<T>(work: () => Promise<T>, { over, yields = false }: TurnOptions = {}): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const run = async (): Promise<void> => work().then(resolve, reject);
      (yields ? this.#yielding : this.#ordinary).push({ over, run });
      this.#next();
    });
  }

  /** For the yielding work under way: waits while there is other work to do. */
  async standAside(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#goOn = resolve;
      this.#next();
    });
  }

  /**
   * Keeps yielding work away while this goes on: several runs with read-backs in between, which would otherwise each
   * wait for what has crept in. It must not wait for yielding work itself.
   */
  async hold<T>(work: () => Promise<T>): Promise<T> {
    this.#holds += 1;
    try {
      return await work();
    } finally {
      this.#holds -= 1;
      this.#next();
    }
  }

  #next(): void {
    if (this.#isBusy) return;
    const [first] = this.#ordinary;
    const underWay = this.#underWay;
    const isFree = underWay === undefined || (this.#goOn !== undefined && isApart(first, underWay));
    if (first !== undefined && isFree) {
      this.#ordinary.shift();
      this.#isBusy = true;
      void this.#run(first, () => (this.#isBusy = false));
    } else if (underWay !== undefined) {
      // What waits for the end of the work under way needs it to go on, whoever holds it.
      if (first === undefined && this.#holds > 0) return;
      const goOn = this.#goOn;
      this.#goOn = undefined;
      goOn?.();
    } else if (this.#holds === 0) {
      this.#startYielding();
    }
  }

  #startYielding(): void {
    const work = this.#yielding.shift();
    if (work === undefined) return;
    this.#underWay = work;
    void this.#run(work, () => (this.#underWay = undefined));
  }

  async #run(work: Work, end: () => void): Promise<void> {
    await work.run();
    end();
    this.#next();
  }
}

function isApart(work: Work | undefined, other: Work): boolean {
  return work?.over !== undefined && other.over !== undefined && work.over !== other.over;
}
