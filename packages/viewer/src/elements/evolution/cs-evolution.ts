import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Picture } from '@convscope/formats';
import { evolutionPanels, type EvolutionContent, type EvolutionPanel, type Scale } from '@convscope/xai/render';
import { colorLegend, legendStyles } from '../../drawing/color-legend.ts';
import { paint } from '../../drawing/paint.ts';
import { emit, type EventListening } from '../../shared/events.ts';
import { tokens } from '../../shared/tokens.styles.ts';
import { styles } from './cs-evolution.styles.ts';

export interface EvolutionEventMap {
  step: CustomEvent<{ readonly step: number }>;
}

/**
 * One explanation of one input at every checkpoint of a training, all on one scale: the chosen checkpoint large, with
 * the input beside it, and all of them small below.
 *
 * @element cs-evolution
 * @property {EvolutionContent} content - what was found at the checkpoints so far
 * @property {readonly number[]} steps - all checkpoints, also those that were not looked at yet
 * @attr {number} step - the chosen checkpoint's training step
 * @fires {CustomEvent<{step: number}>} step - the user chose another checkpoint
 * @slot - shown while there is nothing to draw
 * @csspart figure - a checkpoint among the small ones
 * @csspart legend - the colours with their numbers
 */
export class CsEvolution extends LitElement {
  static override properties = { content: { attribute: false }, steps: { attribute: false }, step: { type: Number } };
  static override styles = [tokens, legendStyles, styles];

  declare addEventListener: EventListening<CsEvolution, EvolutionEventMap>;
  declare removeEventListener: EventListening<CsEvolution, EvolutionEventMap>;
  declare content: EvolutionContent | undefined;
  declare steps: readonly number[];
  declare step: number;
  #shown: Picture | undefined;
  #panels: readonly EvolutionPanel[] = [];
  #scale: Scale = { min: 0, max: 1 };

  constructor() {
    super();
    this.content = undefined;
    this.steps = [];
    this.step = 0;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('content')) return;
    const drawn = this.content && evolutionPanels(this.content);
    this.#shown = drawn?.shown;
    this.#panels = drawn?.panels ?? [];
    if (drawn !== undefined) this.#scale = drawn.scale;
  }

  override updated(): void {
    for (const canvas of this.renderRoot.querySelectorAll('canvas')) {
      const picture = this.#pictureOf(canvas);
      if (picture !== undefined) paint(canvas, { ...picture, pixels: picture.data });
    }
  }

  override render(): TemplateResult {
    const { content } = this;
    if (content === undefined) return html`<slot></slot>`;
    const chosen = this.#panels.find(({ step }) => step === this.step);
    const pictures = chosen?.pictures ?? [];
    return html`
      <div class="large ${pictures.length > 1 ? '' : 'grid'}">
        <figure>
          <canvas data-large="input" role="img" aria-label="The input"></canvas>
          <figcaption>input</figcaption>
        </figure>
        ${
          chosen === undefined
            ? html`<p class="muted pending">Looking at step ${this.step} …</p>`
            : pictures.map(
                (_, place) =>
                  html`<figure>
                    <canvas
                      data-large=${place}
                      role="img"
                      aria-label=${`${content.method.title} at step ${chosen.step}${place === 1 ? ', over the input' : ''}`}
                    ></canvas>
                    <figcaption>${place === 1 ? 'over the input' : content.method.title}</figcaption>
                  </figure>`,
              )
        }
      </div>
      <p class="caption number" aria-live="polite">
        ${chosen === undefined ? nothing : html`After step <strong>${chosen.step}</strong> &nbsp;${chosen.caption}`}
      </p>
      ${colorLegend(content.explanation.sign, this.#scale)}
      <ol class="strip" aria-label="All checkpoints">
        ${this.steps.map((step) => {
          const panel = this.#panels.find((candidate) => candidate.step === step);
          return html`<li>
            <button
              type="button"
              part="figure"
              aria-pressed=${step === this.step}
              aria-label=${`Step ${step} ${shortText(panel)}`}
              @click=${() => emit<EvolutionEventMap, 'step'>(this, 'step', { step })}
            >
              ${panel === undefined ? html`<span class="blank"></span>` : html`<canvas data-small=${step}></canvas>`}
              <span class="number">${step}</span>
              <span class="muted number">${shortText(panel)}</span>
            </button>
          </li>`;
        })}
      </ol>
    `;
  }

  #pictureOf({ dataset }: HTMLCanvasElement): Picture | undefined {
    if (dataset['large'] === 'input') return this.#shown;
    const step = dataset['small'] === undefined ? this.step : Number(dataset['small']);
    const pictures = this.#panels.find((panel) => panel.step === step)?.pictures ?? [];
    return dataset['small'] === undefined ? pictures[Number(dataset['large'])] : pictures.at(-1);
  }
}

/** What stands below a small picture. */
function shortText(panel: EvolutionPanel | undefined): string {
  return panel?.caption.split(': ').at(-1) ?? '…';
}

declare global {
  interface HTMLElementTagNameMap {
    'cs-evolution': CsEvolution;
  }
}
