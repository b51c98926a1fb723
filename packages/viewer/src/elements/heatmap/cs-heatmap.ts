import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { tensorToPicture, type Preprocessing } from '@convscope/formats';
import type { Tensor } from '@convscope/gpu-engine';
import type { TensorData } from '@convscope/gpu-engine/graph';
import type { Explanation } from '@convscope/xai';
import type { ColorMapName, Scale } from '@convscope/xai/render';
import { colorLegend, legendStyles } from '../../drawing/color-legend.ts';
import { drawOverlay, type MapDrawing } from '../../drawing/draw-maps.ts';
import { MapValues } from '../../drawing/map-values.ts';
import { paint } from '../../drawing/paint.ts';
import { emit, type ElementStatus, type EventListening, type StatusEventMap } from '../../shared/events.ts';
import { messageOf } from '../../shared/failure-words.ts';
import { numberText } from '../../shared/number-text.ts';
import { tokens } from '../../shared/tokens.styles.ts';
import { stretchedPreprocessing } from './stretched-preprocessing.ts';
import { styles } from './cs-heatmap.styles.ts';

/** What is drawn: an explanation, or any maps [N, C, h, w] with their sign. */
export type HeatmapSource = Pick<Explanation, 'tensor'> & { readonly sign: 'signed' | 'positive' };

/** The part of the way down and to the right in a picture, each 0 to 1. */
export type Place = readonly [number, number];

/** Detail of `probe`. */
export interface ProbeDetail {
  /** None where the pointer or the focus has left. */
  readonly place: Place | undefined;
}

export interface HeatmapEventMap extends StatusEventMap {
  probe: CustomEvent<ProbeDetail>;
}

/** Pixels of the drawing's longer side, at least: colours go smoothly also where the picture is small. */
const LEAST_SIDE = 448;

/**
 * An explanation over the picture that it explains, coloured on the GPU from the tensor's own buffer: signed maps by a
 * diverging colour map with zero in its middle, others from zero up. Of several channels the strongest is shown in each
 * pixel. The raw value under the pointer, or at the mark that arrow keys move, is written out.
 *
 * @element cs-heatmap
 * @property {HeatmapSource} explanation - maps [N, C, h, w] of any resolution, of which the first picture is drawn;
 *   they stay the caller's to dispose of
 * @property {TensorData} input - the explained picture [N, C, H, W], of which the first is shown
 * @property {Preprocessing} preprocessing - how the input was normalised; without it, its values are stretched
 * @property {Scale} scale - what the ends of the colours stand for; from the map's own values unless told
 * @property {Place} probe - where the value is read and a mark is set; setting it links several maps
 * @attr {number} opacity - of the map, 0 to 1; 0.85 unless told
 * @attr {ColorMapName} colormap - `signed` or `positive` by the map's sign unless told
 * @attr {'bilinear' | 'nearest'} interpolation - between the map's pixels; bilinear unless told
 * @attr {boolean} compact - only the picture and its largest value, for small ones side by side
 * @attr {string} label - what is shown, for those who cannot see it
 * @attr {'idle' | 'loading' | 'ready' | 'error'} status - reflected, read only
 * @fires {CustomEvent<ProbeDetail>} probe - the pointer or an arrow key chose another place
 * @fires load - the map is drawn
 * @fires {CustomEvent<ProgressDetail>} progress - drawing has begun, or ended
 * @fires {CustomEvent<ErrorDetail>} error - the map could not be drawn
 * @slot - shown while there is nothing to draw, also where there is no WebGPU
 * @csspart stage - the picture with the map
 * @csspart legend - the colours with their numbers
 */
export class CsHeatmap extends LitElement {
  static override properties = {
    explanation: { attribute: false },
    input: { attribute: false },
    preprocessing: { attribute: false },
    scale: { attribute: false },
    probe: { attribute: false },
    compact: { type: Boolean, reflect: true },
    opacity: { type: Number },
    colormap: {},
    interpolation: {},
    label: {},
    status: { reflect: true },
    drawing: { state: true },
    isPointing: { state: true },
    pointed: { state: true },
    failure: { state: true },
  };
  static override styles = [tokens, legendStyles, styles];

  declare addEventListener: EventListening<CsHeatmap, HeatmapEventMap>;
  declare removeEventListener: EventListening<CsHeatmap, HeatmapEventMap>;
  declare explanation: HeatmapSource | undefined;
  declare input: TensorData<'float32'> | undefined;
  declare preprocessing: Preprocessing | undefined;
  declare scale: Scale | undefined;
  declare probe: Place | undefined;
  declare compact: boolean;
  declare opacity: number;
  declare colormap: ColorMapName | undefined;
  declare interpolation: 'bilinear' | 'nearest';
  declare label: string;
  declare status: ElementStatus;
  declare private drawing: MapDrawing | undefined;
  /** The pointer is here itself and needs no mark. */
  declare private isPointing: boolean;
  declare private pointed: string | undefined;
  declare private failure: string | undefined;
  #values: MapValues | undefined;
  #painted: TensorData<'float32'> | undefined;

  constructor() {
    super();
    this.explanation = undefined;
    this.input = undefined;
    this.preprocessing = undefined;
    this.scale = undefined;
    this.probe = undefined;
    this.isPointing = false;
    this.compact = false;
    this.opacity = 0.85;
    this.colormap = undefined;
    this.interpolation = 'bilinear';
    this.label = 'Explanation';
    this.status = 'idle';
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('explanation')) this.#values = this.explanation && new MapValues(this.explanation.tensor);
    if (changed.has('probe') || changed.has('explanation')) {
      if (this.probe === undefined) this.pointed = undefined;
      else void this.#readAt(this.probe);
    }
    const redraws = ['explanation', 'colormap', 'interpolation', 'scale'] as const;
    if (!redraws.some((name) => changed.has(name))) return;
    if (this.explanation === undefined) {
      this.drawing = undefined;
      this.status = 'idle';
    } else {
      this.status = 'loading';
      void this.#draw(this.explanation);
    }
  }

  override updated(changed: Map<PropertyKey, unknown>): void {
    if (this.drawing !== undefined && changed.has('drawing')) {
      paint(this.renderRoot.querySelector('.map') as HTMLCanvasElement, this.drawing);
    }
    const picture = this.renderRoot.querySelector<HTMLCanvasElement>('.picture');
    if (picture === null) this.#painted = undefined;
    else if (this.input !== undefined && (this.input !== this.#painted || changed.has('preprocessing'))) {
      const { data, width, height } = tensorToPicture(
        this.input,
        this.preprocessing ?? stretchedPreprocessing(this.input),
      );
      paint(picture, { pixels: data, width, height });
      this.#painted = this.input;
    }
  }

  override render(): TemplateResult {
    if (this.failure !== undefined) return html`<p class="failure" role="alert">${this.failure}</p>`;
    const { drawing, explanation, probe } = this;
    if (drawing === undefined || explanation === undefined) return html`<slot></slot>`;
    return html`
      <div
        class="stage"
        part="stage"
        role="img"
        aria-label=${`${this.label}. Arrow keys read its values.`}
        tabindex="0"
        .style=${`--opacity: ${this.opacity}`}
        @pointermove=${this.#onPointerMove}
        @pointerleave=${() => this.#point(undefined)}
        @keydown=${this.#onKeyDown}
        @blur=${() => this.#point(undefined)}
      >
        ${this.input === undefined ? nothing : html`<canvas class=${this.explanation?.sign === 'signed' ? 'picture grey' : 'picture'}></canvas>`}
        <canvas class=${this.input === undefined ? 'map alone' : 'map'}></canvas>
        ${
          probe === undefined || this.isPointing
            ? nothing
            : html`<span class="probe" .style=${`--y: ${probe[0]}; --x: ${probe[1]}`}></span>`
        }
      </div>
      ${this.compact ? this.#caption(drawing, explanation) : this.#foot(drawing, explanation)}
    `;
  }

  #caption({ scale }: MapDrawing, { sign }: HeatmapSource): TemplateResult {
    const extreme = `${sign === 'signed' ? '±' : 'max '}${numberText(scale.max)}`;
    return html`<p class="value number muted">${this.pointed ?? extreme}</p>`;
  }

  #foot({ scale }: MapDrawing, { sign }: HeatmapSource): TemplateResult {
    return html`${colorLegend(this.colormap ?? sign, scale)}
      <p class="value number muted" aria-live=${this.probe === undefined || this.isPointing ? 'off' : 'polite'}>
        ${this.pointed ?? 'point at the picture to read values'}
      </p>`;
  }

  async #draw(source: HeatmapSource): Promise<void> {
    const { colormap, interpolation, scale } = this;
    const isCurrent = (): boolean =>
      this.explanation === source &&
      this.colormap === colormap &&
      this.interpolation === interpolation &&
      this.scale === scale;
    emit<HeatmapEventMap, 'progress'>(this, 'progress', { done: 0 });
    try {
      const { tensor, sign } = source;
      const [height, width] = this.#outputSize(tensor);
      const style = { sign, colorMap: colormap ?? sign, ...(scale === undefined ? {} : { scale }) };
      const drawing = await drawOverlay(tensor, { ...style, interpolation, width, height });
      if (!isCurrent()) return;
      this.drawing = drawing;
      this.failure = undefined;
      this.status = 'ready';
      await this.updateComplete;
      emit<HeatmapEventMap, 'progress'>(this, 'progress', { done: 1 });
      emit<HeatmapEventMap, 'load'>(this, 'load', undefined);
    } catch (error) {
      if (!isCurrent()) return;
      this.failure = messageOf(error);
      this.status = 'error';
      emit<HeatmapEventMap, 'error'>(this, 'error', { error, message: this.failure });
    }
  }

  /** Whole screen pixels to each of the picture's, or of the map's where there is no picture. */
  #outputSize(tensor: Tensor): readonly [number, number] {
    const [, , height = 1, width = 1] = (this.input ?? tensor).shape;
    const factor = Math.ceil(LEAST_SIDE / Math.max(height, width));
    return [height * factor, width * factor];
  }

  readonly #onPointerMove = (event: PointerEvent): void => {
    const { left, top, width, height } = (event.currentTarget as HTMLElement).getBoundingClientRect();
    this.#point([(event.clientY - top) / height, (event.clientX - left) / width], false);
  };

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    const step = ARROWS.get(event.key);
    const [, , height = 1, width = 1] = this.explanation?.tensor.shape ?? [];
    if (step === undefined) return;
    event.preventDefault();
    const [y, x] = this.probe ?? [0.5, 0.5];
    const row = Math.min(Math.max(Math.floor(y * height) + step[0], 0), height - 1);
    const column = Math.min(Math.max(Math.floor(x * width) + step[1], 0), width - 1);
    this.#point([(row + 0.5) / height, (column + 0.5) / width]);
  };

  #point(place: Place | undefined, isMarked = true): void {
    this.isPointing = !isMarked;
    this.probe = place;
    emit<HeatmapEventMap, 'probe'>(this, 'probe', { place });
  }

  async #readAt([down, right]: Place): Promise<void> {
    const values = this.#values;
    const [, , height = 1, width = 1] = this.explanation?.tensor.shape ?? [];
    const y = Math.min(Math.max(Math.floor(down * height), 0), height - 1);
    const x = Math.min(Math.max(Math.floor(right * width), 0), width - 1);
    const value = await values?.strongestAt(y, x).catch(() => undefined);
    if (value === undefined || values !== this.#values || this.probe?.[0] !== down || this.probe[1] !== right) return;
    this.pointed = this.compact ? `${y}, ${x}: ${numberText(value)}` : `row ${y}, column ${x}: ${numberText(value)}`;
  }
}

/** Rows down and columns to the right. */
const ARROWS: ReadonlyMap<string, readonly [number, number]> = /* @__PURE__ */ new Map([
  ['ArrowLeft', [0, -1]],
  ['ArrowRight', [0, 1]],
  ['ArrowUp', [-1, 0]],
  ['ArrowDown', [1, 0]],
]);

declare global {
  interface HTMLElementTagNameMap {
    'cs-heatmap': CsHeatmap;
  }
}
