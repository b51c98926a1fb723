import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { ClassScore } from '@convscope/xai';
import { emit, type ElementStatus, type EventListening, type StatusEventMap } from '../../shared/events.ts';
import { numberText, percentText } from '../../shared/number-text.ts';
import { tokens } from '../../shared/tokens.styles.ts';
import { styles } from './cs-class-scores.styles.ts';

/** Detail of `target`. */
export interface TargetDetail {
  readonly index: number;
  readonly label: string;
}

export interface ClassScoresEventMap extends StatusEventMap {
  target: CustomEvent<TargetDetail>;
}

/** Longer labels stand above their bars, and words do where there is little room. */
const LONGEST_BESIDE = 12;
const LONGEST_NUMBER = 3;
const MOST_FOUND = 50;

/**
 * Class scores as bars: label, probability and logit of each class. Clicking a class, or arrow keys, select it. Of many
 * classes the best are shown, with the selected one, and the others can be searched for by label or number.
 *
 * @element cs-class-scores
 * @property {readonly ClassScore[]} scores - as `Session.predict` gives them for one picture
 * @attr {number} target - the selected class's number
 * @attr {number} top - how many classes are shown, the best ones; 10 unless told
 * @attr {'class' | 'score'} order - rows by class number (the default) or best first
 * @attr {'idle' | 'ready'} status - reflected, read only
 * @fires {CustomEvent<TargetDetail>} target - the user selected a class; bubbles
 * @fires load - scores are shown
 * @slot - shown while there are no scores
 * @csspart row - a class's button
 * @cssproperty --cs-bar - a bar's colour
 * @cssproperty --cs-bar-best - the best class's bar
 */
export class CsClassScores extends LitElement {
  static override properties = {
    scores: { attribute: false },
    target: { type: Number, reflect: true },
    top: { type: Number },
    order: {},
    status: { reflect: true },
    query: { state: true },
  };
  static override styles = [tokens, styles];

  declare addEventListener: EventListening<CsClassScores, ClassScoresEventMap>;
  declare removeEventListener: EventListening<CsClassScores, ClassScoresEventMap>;
  declare scores: readonly ClassScore[];
  declare target: number | undefined;
  declare top: number;
  declare order: 'class' | 'score';
  declare status: ElementStatus;
  declare private query: string;

  constructor() {
    super();
    this.scores = [];
    this.target = undefined;
    this.top = 10;
    this.order = 'class';
    this.status = 'idle';
    this.query = '';
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('scores')) this.status = this.scores.length > 0 ? 'ready' : 'idle';
  }

  override updated(changed: PropertyValues<this>): void {
    if (changed.has('scores') && this.status === 'ready') emit<ClassScoresEventMap, 'load'>(this, 'load', undefined);
  }

  override render(): TemplateResult {
    if (this.scores.length === 0) return html`<slot></slot>`;
    const rows = this.#rows();
    const longest = Math.max(0, ...rows.map(({ label }) => label.length));
    const form = longest > LONGEST_BESIDE ? 'stacked' : longest > LONGEST_NUMBER ? 'words' : '';
    return html`
      ${this.scores.length > this.top ? this.#search() : nothing}
      <div role="radiogroup" class=${form} aria-label="Classes" @keydown=${this.#onKeyDown}>
        <div class="head" aria-hidden="true">
          <span></span><span></span><span class="probability">probability</span><span class="logit">logit</span>
        </div>
        ${rows.map((score) => this.#row(score, rows))}
      </div>
      ${rows.length === 0 ? html`<p class="none muted">No class is called that.</p>` : nothing}
    `;
  }

  #search(): TemplateResult {
    return html`<input
      type="search"
      placeholder=${`Search all ${this.scores.length} classes`}
      aria-label=${`Search all ${this.scores.length} classes`}
      .value=${this.query}
      @input=${(event: Event) => {
        event.stopPropagation();
        this.query = (event.target as HTMLInputElement).value;
      }}
    />`;
  }

  /** Those shown: what the search finds, or else the best and the selected one. */
  #rows(): readonly ClassScore[] {
    const ranked = [...this.scores].sort((a, b) => b.logit - a.logit || a.index - b.index);
    const query = this.query.trim().toLowerCase();
    const matches = (score: ClassScore): boolean =>
      String(score.index) === query || score.label.toLowerCase().includes(query);
    const isSearched = query !== '' && this.scores.length > this.top;
    const rows = isSearched
      ? ranked.filter(matches).slice(0, MOST_FOUND)
      : ranked.filter((score, rank) => rank < this.top || score.index === this.target);
    return this.order === 'score' ? rows : rows.sort((a, b) => a.index - b.index);
  }

  #row(score: ClassScore, rows: readonly ClassScore[]): TemplateResult {
    const { index, label, logit, probability } = score;
    const isSelected = index === this.target;
    const isBest = this.scores.every((other) => other.logit <= logit);
    const hasFocusStop = rows.some((other) => other.index === this.target) ? isSelected : score === rows[0];
    return html`<button
      part="row"
      role="radio"
      class=${isBest ? 'best' : ''}
      aria-checked=${isSelected}
      aria-label=${`${label}: ${percentText(probability)}, score ${numberText(logit)}`}
      title=${`${label}: probability ${probability.toPrecision(4)}, logit ${logit.toPrecision(5)}`}
      tabindex=${hasFocusStop ? 0 : -1}
      data-index=${index}
      @click=${() => this.#select(score)}
    >
      <span class="label">${label}</span>
      <span class="track"><span class="bar" .style=${`display: block; --share: ${probability}`}></span></span>
      <span class="probability number">${percentText(probability)}</span>
      <span class="logit number muted">${numberText(logit)}</span>
    </button>`;
  }

  #select({ index, label }: ClassScore): void {
    this.target = index;
    emit<ClassScoresEventMap, 'target'>(this, 'target', { index, label }, { bubbles: true });
  }

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    const step = new Map([
      ['ArrowDown', 1],
      ['ArrowRight', 1],
      ['ArrowUp', -1],
      ['ArrowLeft', -1],
    ]).get(event.key);
    if (step === undefined) return;
    event.preventDefault();
    const rows = this.#rows();
    const at = rows.findIndex(({ index }) => index === this.target);
    const next = rows[(Math.max(at, 0) + step + rows.length) % rows.length];
    if (next === undefined) return;
    this.#select(next);
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector<HTMLElement>(`[data-index="${next.index}"]`)?.focus(),
    );
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'cs-class-scores': CsClassScores;
  }
}
