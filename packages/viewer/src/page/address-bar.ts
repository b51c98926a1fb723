import { writeAddress } from './state/address.ts';
import type { LabState } from './state/lab-state.ts';

/** Browsers refuse more changes of the address than a few a second. */
const LEAST_MILLISECONDS = 300;

/** Keeps the page's address in step with its state, no more often than browsers like. */
export class AddressBar {
  #wanted = '';
  #waiting = false;
  #last = -Infinity;

  show(state: LabState): void {
    this.#wanted = `#${writeAddress(state)}`;
    if (this.#waiting) return;
    this.#waiting = true;
    requestAnimationFrame(this.#write);
  }

  /** Whether the address is what the page wrote itself. */
  isOwn(fragment: string): boolean {
    return fragment === this.#wanted;
  }

  readonly #write = (now: number): void => {
    if (now - this.#last < LEAST_MILLISECONDS) {
      requestAnimationFrame(this.#write);
      return;
    }
    this.#waiting = false;
    this.#last = now;
    if (location.hash !== this.#wanted) history.replaceState(null, '', this.#wanted);
  };
}
