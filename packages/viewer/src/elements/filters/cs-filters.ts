import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { tensorToPicture, type Picture, type Preprocessing } from '@convscope/formats';
import type { TensorData } from '@convscope/gpu-engine/graph';
import type { ChannelTop, TopActivation } from '@convscope/xai';
import { renderMaps, strongestOverChannels } from '@convscope/xai/render';
import { colorLegend, legendStyles } from '../../drawing/color-legend.ts';
import { paint } from '../../drawing/paint.ts';
import { emit, type EventListening, type StatusEventMap } from '../../shared/events.ts';
import { messageOf } from '../../shared/failure-words.ts';
import { tokens } from '../../shared/tokens.styles.ts';
import { filterPictures } from './filter-pictures.ts';
import { styles } from './cs-filters.styles.ts';

export interface FiltersEventMap extends Pick<StatusEventMap, 'error'> {
  filter: CustomEvent<{ readonly channel: number }>;
}

/**
 * What the filters of a convolution look for. Those over one or three channels are drawn as they are, all on one
 * scale; deeper ones by the pictures that excite them most and what each such unit saw, reconstructed by deconvnet.
 *
 * @element cs-filters
 * @property {TensorData} weights - [Co, Ci, Kh, Kw] with one or three input channels
 * @property {readonly ChannelTop[]} tops - for deeper layers, as `topActivations` of @convscope/xai gives them
 * @property {Preprocessing} preprocessing - how the pictures of `tops` were normalised, and in which order the network
 *   takes red, green and blue
 * @attr {number} selected - the channel that is marked; reflected
 * @fires {CustomEvent<{channel: number}>} filter - the user selected a filter; bubbles
 * @fires {CustomEvent<ErrorDetail>} error - the filters could not be drawn
 * @slot - shown while there is nothing to draw
 * @csspart filter - a filter's button
 * @csspart legend - the colours with their numbers
 * @cssproperty --cs-filter-size - the least width of a filter, 56px unless told
 */
export class CsFilters extends LitElement {
  static override properties = {
    weights: { attribute: false },
    tops: { attribute: false },
    preprocessing: { attribute: false },
    selected: { type: Number, reflect: true },
  };
  static override styles = [tokens, legendStyles, styles];

  declare addEventListener: EventListening<CsFilters, FiltersEventMap>;
  declare removeEventListener: EventListening<CsFilters, FiltersEventMap>;
  declare weights: TensorData | undefined;
  declare tops: readonly ChannelTop[] | undefined;
  declare preprocessing: Preprocessing | undefined;
  declare selected: number | undefined;
  #pictures: readonly Picture[] = [];
  #legend: TemplateResult | typeof nothing = nothing;
  #failure: string | undefined;

  constructor() {
    super();
    this.weights = undefined;
    this.tops = undefined;
    this.preprocessing = undefined;
    this.selected = undefined;
  }

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (!['weights', 'tops', 'preprocessing'].some((name) => changed.has(name))) return;
    this.#pictures = [];
    this.#legend = nothing;
    this.#failure = undefined;
    try {
      if (this.tops !== undefined) this.#pictures = this.#topPictures(this.tops);
      else if (this.weights !== undefined) this.#takeWeights(this.weights);
    } catch (error) {
      this.#failure = messageOf(error);
      emit<FiltersEventMap, 'error'>(this, 'error', { error, message: this.#failure });
    }
  }

  override updated(): void {
    this.renderRoot.querySelectorAll('canvas').forEach((canvas, index) => {
      const { width, height, data } = this.#pictures[index] ?? {};
      if (width === undefined || height === undefined || data === undefined) return;
      paint(canvas, { width, height, pixels: data });
    });
  }

  override render(): TemplateResult {
    if (this.#failure !== undefined) return html`<p class="failure" role="alert">${this.#failure}</p>`;
    const { tops, weights } = this;
    if (tops !== undefined) {
      return html`<div class="tops">
        ${tops.map(({ channel, top }) =>
          this.#button(
            channel,
            html`<span class="pairs">${top.map(() => html`<span><canvas></canvas><canvas></canvas></span>`)}</span>`,
            top.length === 0 ? 'no picture excites it' : `${top.length} pictures that excite it most`,
          ),
        )}
      </div>`;
    }
    if (weights === undefined) return html`<slot></slot>`;
    return html`<div class="filters">
        ${this.#pictures.map((_, channel) => this.#button(channel, html`<canvas></canvas>`, ''))}
      </div>
      ${this.#legend}`;
  }

  #button(channel: number, content: TemplateResult, words: string): TemplateResult {
    return html`<button
      type="button"
      part="filter"
      aria-pressed=${this.selected === channel}
      aria-label=${`Filter ${channel}${words === '' ? '' : `: ${words}`}`}
      @click=${() => {
        this.selected = channel;
        emit<FiltersEventMap, 'filter'>(this, 'filter', { channel }, { bubbles: true });
      }}
    >
      ${content}<span class="number muted">${channel}</span>
    </button>`;
  }

  #takeWeights(weights: TensorData): void {
    const { pictures, scale, isColor } = filterPictures(weights, this.preprocessing?.order);
    this.#pictures = pictures;
    this.#legend = isColor
      ? html`<p class="muted">Red, green and blue weights as colours; grey is zero, all on one scale.</p>`
      : html`<div class="legend">${colorLegend('signed', scale)}</div>`;
  }

  /** What the unit sees of each picture, with the reconstruction of what excites it there. */
  #topPictures(tops: readonly ChannelTop[]): readonly Picture[] {
    const { preprocessing } = this;
    if (preprocessing === undefined) return [];
    return tops.flatMap(({ top }) =>
      top.flatMap(({ image, reconstruction, crop }) => [
        cropped(tensorToPicture(image, preprocessing), crop),
        cropped(renderMaps(strongestOverChannels(reconstruction), { sign: 'signed' }).picture, crop),
      ]),
    );
  }
}

function cropped({ width, data }: Picture, { top, left, ...size }: TopActivation['crop']): Picture {
  const cut = new Uint8ClampedArray(4 * size.width * size.height);
  for (let row = 0; row < size.height; row++) {
    const start = 4 * ((top + row) * width + left);
    cut.set(data.subarray(start, start + 4 * size.width), 4 * row * size.width);
  }
  return { ...size, data: cut };
}

declare global {
  interface HTMLElementTagNameMap {
    'cs-filters': CsFilters;
  }
}
