import { html, type LitElement, type TemplateResult } from 'lit';
import type { Explanation } from '@convscope/xai';
import { slotState } from '../lab/fragments.ts';
import { LabElement } from '../lab/lab-element.ts';
import { Slot } from '../lab/slot.ts';
import { strongestUnits, type ActiveUnit } from '../lab/strongest-units.ts';

/** The units of a layer that fire most on the input, each with what it saw. Waits until it is near the window. */
export class LabUnitStrip extends LabElement {
  static override properties = {
    ...LabElement.properties,
    layer: { attribute: false },
    method: { attribute: false },
    count: { attribute: false },
    hasMaps: { attribute: false },
    isHeld: { attribute: false },
    isNear: { state: true },
    units: { state: true },
  };

  declare layer: string;
  declare method: string;
  declare count: number;
  declare hasMaps: boolean;
  /** Whether others come first; undefined where it waits only until it is near the window. */
  declare isHeld: boolean | undefined;
  /** Called when its units are known and wait for their turn. */
  declare onRanked: (() => void) | undefined;
  declare private isNear: boolean;
  declare private units: readonly ActiveUnit[] | undefined;
  readonly #maps = new Slot(this);
  #ranked: Explanation | undefined;
  #cancel = new AbortController();
  #observer: IntersectionObserver | undefined;

  constructor() {
    super();
    this.method = 'deconvnet';
    this.count = 9;
    this.hasMaps = false;
    this.isHeld = undefined;
    this.onRanked = undefined;
    this.isNear = false;
    this.units = undefined;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#observer = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting === true) this.isNear = true;
      },
      { rootMargin: '200px' },
    );
    this.#observer.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer?.disconnect();
    this.#cancel.abort();
    this.#cancel = new AbortController();
    this.#ranked = undefined;
    this.units = undefined;
  }

  override updated(): void {
    const { explanation } = this.#maps;
    if (explanation !== undefined && explanation !== this.#ranked) void this.#rank(explanation);
  }

  override render(): TemplateResult {
    const { lab, layer, method, units } = this;
    const isDue = this.isHeld === undefined ? this.isNear : !this.isHeld;
    this.#maps.show(lab, isDue ? { method: 'feature-maps', layer } : undefined);
    if (this.#maps.status === 'failed') this.onRanked?.();
    const isCurrent = this.#ranked?.layer === layer;
    return html`${slotState(this.#maps)}
      <div class="unit-strip" data-layer=${layer}>
        ${
          units === undefined || !isCurrent
            ? html`<p class="muted">${isDue ? 'Looking for the units that fire most …' : '…'}</p>`
            : units.map(
                ({ unit, value }) =>
                  html`<lab-unit-picture
                    .lab=${lab}
                    .layer=${layer}
                    .unit=${unit}
                    .value=${value}
                    .method=${method}
                    .hasMap=${this.hasMaps}
                  ></lab-unit-picture>`,
              )
        }
        ${isCurrent && units?.length === 0 ? html`<p class="muted">No channel of this layer fires on this input.</p>` : ''}
      </div>`;
  }

  async #rank(explanation: Explanation): Promise<void> {
    this.#ranked = explanation;
    const { signal } = this.#cancel;
    const units = await this.lab
      .run('Finding the strongest units', signal, async () => strongestUnits(explanation, this.count))
      .catch(() => undefined);
    if (this.#ranked !== explanation) return;
    if (units !== undefined) this.units = units;
    await this.updateComplete;
    await Promise.all(
      [...this.querySelectorAll('lab-unit-picture')].map((unit) => (unit as LitElement).updateComplete),
    );
    this.onRanked?.();
  }
}
