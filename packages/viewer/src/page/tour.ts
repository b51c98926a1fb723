import { html, LitElement, type TemplateResult } from 'lit';
import type { ViewName } from './state/lab-state.ts';

interface Step {
  readonly title: string;
  readonly text: string;
  /** What the step is about; it is outlined. */
  readonly target: string;
  readonly view?: ViewName;
}

const steps: readonly Step[] = [
  {
    title: 'Give it something to look at',
    text: 'Draw, pick a sample, drop a picture or use the camera. The network answers at once.',
    target: '.input-card',
    view: 'overview',
  },
  {
    title: 'What the network says',
    text: 'Each class with its probability and its score. Click a class to ask about that one instead of the best.',
    target: '.scores-card',
    view: 'overview',
  },
  {
    title: 'Why it says so',
    text: 'A map of what counted, over the picture. Point at it to read the raw value. Several methods, several answers.',
    target: '.why-card',
    view: 'overview',
  },
  {
    title: 'What its layers see',
    text: 'Every channel is a map. Click one to see what in the picture made it fire; Hierarchy shows this layer by layer.',
    target: '.layers-card',
    view: 'overview',
  },
  {
    title: 'Compare, keep, share',
    text: 'Attribution puts any number of methods side by side under one cursor. The address holds all that you see: Share copies it.',
    target: '.wall-head',
    view: 'attribution',
  },
];

/** Five steps through the page. Not modal: the page can be used meanwhile. Escape ends it, arrow keys turn the pages. */
export class LabTour extends LitElement {
  static override properties = { at: { state: true } };

  declare at: number;
  declare onView: (view: ViewName) => void;
  declare onEnd: () => void;

  constructor() {
    super();
    this.at = 0;
  }

  override createRenderRoot(): HTMLElement {
    return this;
  }

  override firstUpdated(): void {
    this.querySelector<HTMLElement>('.tour')?.focus();
    this.#go(0);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unmark();
  }

  override render(): TemplateResult {
    const step = steps[this.at] as Step;
    const isLast = this.at === steps.length - 1;
    return html`<section
      class="tour card"
      role="dialog"
      aria-labelledby="tour-title"
      tabindex="-1"
      @keydown=${this.#onKeyDown}
    >
      <p class="muted number">${this.at + 1} of ${steps.length}</p>
      <h2 id="tour-title">${step.title}</h2>
      <p aria-live="polite">${step.text}</p>
      <p class="row">
        ${this.at === 0 ? '' : html`<button type="button" class="secondary" @click=${() => this.#go(this.at - 1)}>Back</button>`}
        <button type="button" class="primary" @click=${() => (isLast ? this.onEnd() : this.#go(this.at + 1))}>
          ${isLast ? 'Done' : 'Next'}
        </button>
        <button type="button" class="quiet" @click=${() => this.onEnd()}>End the tour</button>
      </p>
    </section>`;
  }

  #go(at: number): void {
    if (at < 0 || at >= steps.length) return;
    this.at = at;
    const { view, target } = steps[at] as Step;
    if (view !== undefined) this.onView(view);
    requestAnimationFrame(() => {
      this.#unmark();
      const place = document.querySelector(target);
      place?.classList.add('tour-target');
      const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
      place?.scrollIntoView({ block: 'nearest', behavior: isCalm ? 'auto' : 'smooth' });
    });
  }

  #unmark(): void {
    for (const place of document.querySelectorAll('.tour-target')) place.classList.remove('tour-target');
  }

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') this.onEnd();
    else if (event.key === 'ArrowRight') this.#go(this.at + 1);
    else if (event.key === 'ArrowLeft') this.#go(this.at - 1);
  };
}
