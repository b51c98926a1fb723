import { html, LitElement, svg, type PropertyValues, type TemplateResult } from 'lit';
import { emit, type EventListening } from '../../shared/events.ts';
import { tokens } from '../../shared/tokens.styles.ts';
import { styles } from './cs-timeline.styles.ts';

/** Detail of `checkpoint`. */
export interface CheckpointDetail {
  /** Place in `steps`. */
  readonly index: number;
  readonly step: number;
}

export interface TimelineEventMap {
  checkpoint: CustomEvent<CheckpointDetail>;
}

/** Milliseconds that each checkpoint is shown while playing. */
const PACE = 450;

/**
 * The checkpoints of a training on a line, one beside the other: drag or click to scrub, or use the arrow keys, Home,
 * End, Page Up and Page Down; the space bar plays and pauses. Playing stops at the last checkpoint.
 *
 * @element cs-timeline
 * @property {readonly number[]} steps - the training steps after which the checkpoints were kept, increasing
 * @attr {number} index - the checkpoint that is shown, from 0; reflected
 * @attr {boolean} playing - whether it moves on by itself; reflected
 * @attr {string} label - what is scrubbed, for those who cannot see it
 * @fires {CustomEvent<CheckpointDetail>} checkpoint - another checkpoint was chosen, by the user or by playing
 * @csspart button - plays and pauses
 * @csspart track - the line
 */
export class CsTimeline extends LitElement {
  static override properties = {
    steps: { attribute: false },
    index: { type: Number, reflect: true },
    playing: { type: Boolean, reflect: true },
    label: {},
  };
  static override styles = [tokens, styles];

  declare addEventListener: EventListening<CsTimeline, TimelineEventMap>;
  declare removeEventListener: EventListening<CsTimeline, TimelineEventMap>;
  declare steps: readonly number[];
  declare index: number;
  declare playing: boolean;
  declare label: string;
  #frame: number | undefined;
  #shownSince: number | undefined;

  constructor() {
    super();
    this.steps = [];
    this.index = 0;
    this.playing = false;
    this.label = 'Checkpoint of the training';
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.playing = false;
    this.#stop();
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('steps')) this.index = Math.min(this.index, Math.max(0, this.steps.length - 1));
    if (!changed.has('playing')) return;
    if (this.playing) this.#start();
    else this.#stop();
  }

  override render(): TemplateResult {
    const { steps, index, playing } = this;
    const last = Math.max(0, steps.length - 1);
    const step = steps[index] ?? 0;
    return html`<button
        type="button"
        part="button"
        class="play"
        ?disabled=${steps.length < 2}
        aria-label=${playing ? 'Pause' : 'Play the training'}
        @click=${this.#toggle}
      >
        <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">${playing ? PAUSE : PLAY}</svg>
      </button>
      <div
        class="track"
        part="track"
        role="slider"
        tabindex="0"
        aria-label=${this.label}
        aria-valuemin="0"
        aria-valuemax=${last}
        aria-valuenow=${index}
        aria-valuetext=${`step ${step}, checkpoint ${index + 1} of ${steps.length}`}
        @pointerdown=${this.#onPointerDown}
        @pointermove=${this.#onPointerMove}
        @keydown=${this.#onKeyDown}
      >
        <div class="line"></div>
        <div class="line done" .style=${`--place: ${last === 0 ? 0 : index / last}`}></div>
        ${steps.map(
          (own, place) =>
            html`<span
              class=${place === index ? 'mark shown' : place < index ? 'mark done' : 'mark'}
              .style=${`--place: ${last === 0 ? 0 : place / last}`}
              ><span class="tick number" ?hidden=${!this.#isLabelled(place)}>${own}</span></span
            >`,
        )}
      </div>
      <output class="number">step <strong>${step}</strong></output>`;
  }

  /** As many numbers as there is room for, the ends always. */
  #isLabelled(place: number): boolean {
    const last = this.steps.length - 1;
    const every = Math.ceil(this.steps.length / 8);
    return place === last || (place % every === 0 && last - place > every / 2);
  }

  #show(index: number): void {
    const inside = Math.min(Math.max(index, 0), this.steps.length - 1);
    const step = this.steps[inside];
    if (inside === this.index || step === undefined) return;
    this.index = inside;
    emit<TimelineEventMap, 'checkpoint'>(this, 'checkpoint', { index: inside, step });
  }

  readonly #toggle = (): void => {
    if (!this.playing && this.index === this.steps.length - 1) this.#show(0);
    this.playing = !this.playing;
  };

  #start(): void {
    this.#shownSince = undefined;
    const tick = (now: number): void => {
      this.#shownSince ??= now;
      if (now - this.#shownSince >= PACE) {
        this.#shownSince = now;
        this.#show(this.index + 1);
      }
      if (this.index >= this.steps.length - 1) this.playing = false;
      else this.#frame = requestAnimationFrame(tick);
    };
    this.#stop();
    this.#frame = requestAnimationFrame(tick);
  }

  #stop(): void {
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#frame = undefined;
  }

  readonly #onPointerDown = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    this.playing = false;
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    this.#showAt(event);
  };

  readonly #onPointerMove = (event: PointerEvent): void => {
    if ((event.currentTarget as HTMLElement).hasPointerCapture(event.pointerId)) this.#showAt(event);
  };

  #showAt(event: PointerEvent): void {
    const { left, width } = (event.currentTarget as HTMLElement).getBoundingClientRect();
    this.#show(Math.round(((event.clientX - left) / width) * (this.steps.length - 1)));
  }

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    const last = this.steps.length - 1;
    const targets: ReadonlyMap<string, number> = new Map([
      ['ArrowLeft', this.index - 1],
      ['ArrowDown', this.index - 1],
      ['ArrowRight', this.index + 1],
      ['ArrowUp', this.index + 1],
      ['PageDown', this.index - 3],
      ['PageUp', this.index + 3],
      ['Home', 0],
      ['End', last],
    ]);
    const target = targets.get(event.key);
    if (target === undefined && event.key !== ' ') return;
    event.preventDefault();
    if (target === undefined) {
      this.#toggle();
      return;
    }
    this.playing = false;
    this.#show(target);
  };
}

const PLAY = svg`<path d="M4 2.5v11l9-5.5z" fill="currentColor" />`;
const PAUSE = svg`<path d="M4 3h3v10H4zM9 3h3v10H9z" fill="currentColor" />`;

declare global {
  interface HTMLElementTagNameMap {
    'cs-timeline': CsTimeline;
  }
}
