import type { Sink } from './command.ts';

const BAR_CELLS = 24;

/** Progress on stderr: one bar that is redrawn on a terminal, a plain line every ten percent otherwise. */
export class Progress {
  readonly #sink: Sink;
  readonly #label: string;
  #shown = -1;

  constructor(sink: Sink, label: string) {
    this.#sink = sink;
    this.#label = label;
  }

  /** @param done the done part of the work, 0 to 1. */
  update(done: number, note = ''): void {
    const percent = Math.floor(Math.min(Math.max(done, 0), 1) * 100);
    if (this.#sink.isTTY === true) {
      const filled = Math.round((percent / 100) * BAR_CELLS);
      const bar = '█'.repeat(filled) + '░'.repeat(BAR_CELLS - filled);
      const line = `${this.#label} ${bar} ${percent} % ${note}`.trimEnd();
      this.#sink.write(`\r${line.slice(0, (this.#sink.columns || 80) - 1)}\x1b[K`);
      this.#shown = percent;
      return;
    }
    const step = Math.floor(percent / 10);
    if (step <= this.#shown) return;
    this.#shown = step;
    this.#sink.write(`${`${this.#label} ${percent} % ${note}`.trimEnd()}\n`);
  }

  /** A line that stays, above the bar where there is one. */
  line(text: string): void {
    this.#sink.write(this.#sink.isTTY === true ? `\r\x1b[K${text}\n` : `${text}\n`);
  }

  /** Takes the bar away. */
  end(): void {
    if (this.#sink.isTTY === true && this.#shown >= 0) this.#sink.write('\r\x1b[K');
    this.#shown = -1;
  }
}
