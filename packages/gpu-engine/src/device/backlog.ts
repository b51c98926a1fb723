import type { AdapterClass } from '../graph/index.ts';

/**
 * Estimated operations that a submit of yielding work holds, and that may wait in the queue altogether: what other work
 * waits for at most. About 20 ms on software adapters with two cores, 50 ms on the slowest GPU. Fast GPUs need some of it
 * in the queue so as not to stand idle while the next submit comes.
 */
export const YIELDING_BUDGET: Readonly<Record<AdapterClass, { readonly submit: number; readonly queued: number }>> = {
  software: { submit: 3e7, queued: 6e7 },
  gpu: { submit: 6e9, queued: 2.5e10 },
};

/**
 * How much of the yielding work waits in the GPU's queue, where nothing can overtake it. Counted in estimated
 * operations.
 */
export class Backlog {
  readonly #most: number;
  #waiting: { readonly operations: number; readonly done: Promise<unknown> }[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  /** Waits until so much more fits; whatever its size, it fits where nothing waits. */
  async room(operations: number): Promise<void> {
    for (;;) {
      const [first] = this.#waiting;
      const sum = this.#waiting.reduce((total, entry) => total + entry.operations, operations);
      if (first === undefined || sum <= this.#most) return;
      await first.done;
    }
  }

  /** Counts what was just submitted, until it is done. */
  add(operations: number, submitted: Promise<unknown>): void {
    const forget = (): void => {
      this.#waiting = this.#waiting.filter((other) => other !== entry);
    };
    const entry = { operations, done: submitted.then(forget, forget) };
    this.#waiting.push(entry);
  }
}
