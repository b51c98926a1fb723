import { throwIfCancelled } from '../graph/index.ts';

/**
 * Steers a training from outside, as an AbortController does: pause it between two steps, let it go on, ask for a
 * checkpoint, or cancel it for good.
 */
export class TrainingControl {
  readonly #cancel = new AbortController();
  #isPaused = false;
  #wantsCheckpoint = false;
  #waiting: (() => void)[] = [];

  get isPaused(): boolean {
    return this.#isPaused;
  }

  /** Aborted by `cancel`. */
  get signal(): AbortSignal {
    return this.#cancel.signal;
  }

  /** The training stands still from the end of the step that is under way. */
  pause(): void {
    this.#isPaused = true;
  }

  resume(): void {
    this.#isPaused = false;
    this.#wake();
  }

  /** Ends the training with a `cancelled` error, also while it is paused. */
  cancel(): void {
    this.#cancel.abort();
    this.#wake();
  }

  /** Has the training kept where it stands after the step that is under way, also while it is paused. */
  requestCheckpoint(): void {
    this.#wantsCheckpoint = true;
    this.#wake();
  }

  /** For the one who trains: whether a checkpoint was asked for since the last call. */
  takeCheckpointRequest(): boolean {
    const wanted = this.#wantsCheckpoint;
    this.#wantsCheckpoint = false;
    return wanted;
  }

  /** For the one who trains: resolves when there is something to do again. Throws `cancelled`. */
  async turn(): Promise<void> {
    throwIfCancelled(this.signal);
    if (this.#isPaused && !this.#wantsCheckpoint) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
      throwIfCancelled(this.signal);
    }
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}
