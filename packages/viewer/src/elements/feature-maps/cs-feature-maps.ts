import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Explanation, Unit } from '@convscope/xai';
import type { ColorMapName } from '@convscope/xai/render';
import { colorLegend, legendStyles } from '../../drawing/color-legend.ts';
import { drawTiles, type MapDrawing } from '../../drawing/draw-maps.ts';
import { MapValues } from '../../drawing/map-values.ts';
import { paint } from '../../drawing/paint.ts';
import { emit, type ElementStatus, type EventListening, type StatusEventMap } from '../../shared/events.ts';
import { messageOf } from '../../shared/failure-words.ts';
import { numberText } from '../../shared/number-text.ts';
import { tokens } from '../../shared/tokens.styles.ts';
import { styles } from './cs-feature-maps.styles.ts';

export interface FeatureMapsEventMap extends StatusEventMap {
  unit: CustomEvent<Unit>;
}

/**
 * All channels of a layer as maps on one scale, coloured on the GPU from the tensor's own buffer. A click or Enter
 * selects a channel at its strongest position; a click inside the selected map, or Shift with the arrow keys, selects
 * an exact position. Values are shown under the pointer.
 *
 * @element cs-feature-maps
 * @property {Explanation} explanation - maps [N, C, h, w] as the `feature-maps` method gives them; the first picture
 *   of the batch is drawn; it stays the caller's to dispose of
 * @property {Unit} unit - the selected unit; marked where it has a position
 * @attr {number} most - how many channels are shown at first, and how many each press of a button adds; 64 unless told
 * @attr {ColorMapName} colormap - `positive` or `signed` by the maps' sign unless told
 * @attr {'idle' | 'loading' | 'ready' | 'error'} status - reflected, read only
 * @fires {CustomEvent<Unit>} unit - the user selected a unit, without a position for the strongest; bubbles
 * @fires load - the maps are drawn
 * @fires {CustomEvent<ProgressDetail>} progress - drawing has begun, or ended
 * @fires {CustomEvent<ErrorDetail>} error - the maps could not be drawn
 * @slot - shown while there is nothing to draw, also where there is no WebGPU
 * @csspart map - a channel's button
 * @csspart legend - the colours with their numbers
 * @cssproperty --cs-map-size - the least width of a map, 76px unless told
 */
export class CsFeatureMaps extends LitElement {
  static override properties = {
    explanation: { attribute: false },
    unit: { attribute: false },
    most: { type: Number },
    colormap: {},
    status: { reflect: true },
    drawing: { state: true },
    pointed: { state: true },
    failure: { state: true },
    shown: { state: true },
  };
  static override styles = [tokens, legendStyles, styles];

  declare addEventListener: EventListening<CsFeatureMaps, FeatureMapsEventMap>;
  declare removeEventListener: EventListening<CsFeatureMaps, FeatureMapsEventMap>;
  declare explanation: Explanation | undefined;
  declare unit: Unit | undefined;
  declare most: number;
  declare colormap: ColorMapName | undefined;
  declare status: ElementStatus;
  declare private drawing: MapDrawing | undefined;
  declare private pointed: string | undefined;
  declare private failure: string | undefined;
  declare private shown: number;
  #values: MapValues | undefined;

  constructor() {
    super();
    this.explanation = undefined;
    this.unit = undefined;
    this.most = this.shown = MOST;
    this.colormap = undefined;
    this.status = 'idle';
  }

  override willUpdate(changed: PropertyValues<this>): void {
    const layerBefore = changed.get('explanation')?.layer;
    if (changed.has('most') || this.explanation?.layer !== (layerBefore ?? this.explanation?.layer)) {
      this.shown = this.most;
    }
    if (!changed.has('explanation') && !changed.has('colormap')) return;
    this.pointed = undefined;
    this.#values = this.explanation && new MapValues(this.explanation.tensor);
    if (this.explanation === undefined) {
      this.drawing = undefined;
      this.status = 'idle';
    } else {
      this.status = 'loading';
      void this.#draw(this.explanation);
    }
  }

  override updated(changed: Map<PropertyKey, unknown>): void {
    if (this.drawing === undefined) return;
    if (changed.has('drawing') || changed.has('shown') || changed.has('unit')) this.#paintMaps(this.drawing);
  }

  override render(): TemplateResult {
    if (this.failure !== undefined) return html`<p class="failure" role="alert">${this.failure}</p>`;
    const { drawing, explanation } = this;
    if (drawing === undefined || explanation === undefined) return html`<slot></slot>`;
    const [height, width] = this.#size();
    const stop = this.unit?.channel ?? 0;
    const channels = drawing.height / height;
    const hidden = channels - this.shown;
    return html`
      <div
        class="maps"
        role="group"
        aria-label=${`Channels of ${explanation.layer ?? 'the layer'}`}
        @keydown=${this.#onKeyDown}
      >
        ${this.#shownChannels(channels).map((channel) => {
          const isSelected = this.unit?.channel === channel;
          return html`<button
            type="button"
            part="map"
            data-channel=${channel}
            tabindex=${channel === stop ? 0 : -1}
            aria-label=${`Channel ${channel}`}
            aria-pressed=${isSelected}
            @click=${(event: MouseEvent) => this.#onClick(event, channel)}
            @pointermove=${(event: PointerEvent) => void this.#point(channel, this.#placeOf(event))}
            @pointerleave=${() => (this.pointed = undefined)}
          >
            <canvas></canvas><span class="channel number">${channel}</span>
            ${isSelected ? this.#mark(height, width) : nothing}
          </button>`;
        })}
      </div>
      ${
        hidden <= 0
          ? nothing
          : html`<p class="more">
              <span class="muted">${this.shown} of ${channels} channels are shown.</span>
              <button type="button" @click=${() => (this.shown += this.most)}>
                Show ${hidden > this.most ? `${this.most} more` : `the other ${hidden}`}
              </button>
            </p>`
      }
      <div class="foot">
        ${colorLegend(this.#colorMap(explanation), drawing.scale)}
        <p class="value muted number">${this.pointed ?? 'point at a map to read its values'}</p>
      </div>
    `;
  }

  /** The first ones, and the selected one wherever it is: thousands of canvases at once would freeze the page. */
  #shownChannels(channels: number): readonly number[] {
    const first = Array.from({ length: Math.min(channels, this.shown) }, (_, channel) => channel);
    const selected = this.unit?.channel ?? 0;
    return selected >= first.length && selected < channels ? [...first, selected] : first;
  }

  #mark(height: number, width: number): TemplateResult | typeof nothing {
    const { y, x } = this.unit ?? {};
    if (y === undefined || x === undefined) return nothing;
    return html`<span class="mark" .style=${`--y: ${(y + 0.5) / height}; --x: ${(x + 0.5) / width}`}></span>`;
  }

  #colorMap({ sign }: Explanation): ColorMapName {
    return this.colormap ?? sign;
  }

  #size(): readonly [number, number] {
    const [, , height = 1, width = 1] = this.explanation?.tensor.shape ?? [];
    return [height, width];
  }

  async #draw(explanation: Explanation): Promise<void> {
    const isCurrent = (): boolean => this.explanation === explanation;
    emit<FeatureMapsEventMap, 'progress'>(this, 'progress', { done: 0 });
    try {
      const { tensor, sign } = explanation;
      const drawing = await drawTiles(tensor, { sign, colorMap: this.#colorMap(explanation) });
      if (!isCurrent()) return;
      this.drawing = drawing;
      this.failure = undefined;
      this.status = 'ready';
      await this.updateComplete;
      emit<FeatureMapsEventMap, 'progress'>(this, 'progress', { done: 1 });
      emit<FeatureMapsEventMap, 'load'>(this, 'load', undefined);
    } catch (error) {
      if (!isCurrent()) return;
      this.failure = messageOf(error);
      this.status = 'error';
      emit<FeatureMapsEventMap, 'error'>(this, 'error', { error, message: this.failure });
    }
  }

  #paintMaps({ pixels, width }: MapDrawing): void {
    const [height] = this.#size();
    const bytes = width * height * 4;
    const channels = pixels.length / bytes;
    const canvases = this.renderRoot.querySelectorAll('canvas');
    this.#shownChannels(channels).forEach((channel, index) => {
      const canvas = canvases[index];
      if (canvas === undefined) return;
      paint(canvas, { pixels: pixels.slice(channel * bytes, (channel + 1) * bytes), width, height });
    });
  }

  #placeOf(event: MouseEvent): readonly [number, number] {
    const { left, top, width, height } = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const [rows, columns] = this.#size();
    const at = (part: number, size: number): number => Math.min(Math.max(Math.floor(part * size), 0), size - 1);
    return [at((event.clientY - top) / height, rows), at((event.clientX - left) / width, columns)];
  }

  #onClick(event: MouseEvent, channel: number): void {
    const isPointer = event.detail > 0;
    if (isPointer && this.unit?.channel === channel) {
      const [y, x] = this.#placeOf(event);
      this.#select({ channel, y, x });
    } else {
      this.#select({ channel });
    }
  }

  #select(unit: Unit): void {
    this.unit = unit;
    emit<FeatureMapsEventMap, 'unit'>(this, 'unit', unit, { bubbles: true });
  }

  async #point(channel: number, [y, x]: readonly [number, number]): Promise<void> {
    const values = this.#values;
    const value = await values?.at(channel, y, x).catch(() => undefined);
    if (value === undefined || values !== this.#values) return;
    this.pointed = `channel ${channel}, row ${y}, column ${x}: ${numberText(value)}`;
  }

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    const step = ARROWS.get(event.key);
    if (step === undefined) return;
    event.preventDefault();
    const buttons = [...this.renderRoot.querySelectorAll<HTMLElement>('[data-channel]')];
    const at = buttons.findIndex((button) => button.matches(':focus'));
    if (at < 0) return;
    if (event.shiftKey) {
      this.#movePosition(Number(buttons[at]?.dataset['channel']), step);
      return;
    }
    const columns = buttons.filter(({ offsetTop }) => offsetTop === buttons[0]?.offsetTop).length;
    buttons[at + step[0] * columns + step[1]]?.focus();
  };

  #movePosition(channel: number, [down, right]: readonly [number, number]): void {
    const { y, x } = this.unit?.channel === channel ? this.unit : {};
    if (y === undefined || x === undefined) {
      this.#select({ channel });
      return;
    }
    const [height, width] = this.#size();
    const inside = (value: number, size: number): number => Math.min(Math.max(value, 0), size - 1);
    this.#select({ channel, y: inside(y + down, height), x: inside(x + right, width) });
  }
}

const MOST = 64;

/** Rows down and columns to the right. */
const ARROWS: ReadonlyMap<string, readonly [number, number]> = /* @__PURE__ */ new Map([
  ['ArrowLeft', [0, -1]],
  ['ArrowRight', [0, 1]],
  ['ArrowUp', [-1, 0]],
  ['ArrowDown', [1, 0]],
]);

declare global {
  interface HTMLElementTagNameMap {
    'cs-feature-maps': CsFeatureMaps;
  }
}
