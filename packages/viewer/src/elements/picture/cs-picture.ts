import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { tensorToPicture, type Preprocessing } from '@convscope/formats';
import type { Tensor } from '@convscope/gpu-engine';
import type { TensorData } from '@convscope/gpu-engine/graph';
import { paint } from '../../drawing/paint.ts';
import { emit, type ElementStatus, type EventListening, type StatusEventMap } from '../../shared/events.ts';
import { messageOf } from '../../shared/failure-words.ts';
import { tokens } from '../../shared/tokens.styles.ts';
import { stretchedPreprocessing } from '../heatmap/stretched-preprocessing.ts';
import { styles } from './cs-picture.styles.ts';

export type PictureEventMap = StatusEventMap;

/** Smaller pictures are shown pixel by pixel, larger ones smoothly. */
const LEAST_SMOOTH = 160;
const MOST_PICTURES = 64;

/**
 * Pictures in a network's input space, as the network's preprocessing was undone: inputs, dreams, reconstructions.
 * Small ones keep sharp pixels.
 *
 * @element cs-picture
 * @property {Tensor | TensorData} source - [N, C, H, W] with 1 or 3 channels, on the GPU or not; at most 64 pictures
 *   of it are shown; it stays the caller's to dispose of
 * @property {Preprocessing} preprocessing - how pictures were normalised; without it, values are stretched
 * @property {readonly string[]} captions - one below each picture
 * @attr {string} label - what is shown, for those who cannot see it
 * @attr {'idle' | 'loading' | 'ready' | 'error'} status - reflected, read only
 * @fires load - the pictures are drawn
 * @fires {CustomEvent<ErrorDetail>} error - they could not be drawn
 * @slot - shown while there is nothing to draw
 * @csspart picture - one of the pictures
 * @cssproperty --cs-picture-size - the least width of each of several pictures
 */
export class CsPicture extends LitElement {
  static override properties = {
    source: { attribute: false },
    preprocessing: { attribute: false },
    captions: { attribute: false },
    label: {},
    status: { reflect: true },
    values: { state: true },
    failure: { state: true },
  };
  static override styles = [tokens, styles];

  declare addEventListener: EventListening<CsPicture, PictureEventMap>;
  declare removeEventListener: EventListening<CsPicture, PictureEventMap>;
  declare source: Tensor | TensorData<'float32'> | undefined;
  declare preprocessing: Preprocessing | undefined;
  declare captions: readonly string[] | undefined;
  declare label: string;
  declare status: ElementStatus;
  declare private values: TensorData<'float32'> | undefined;
  declare private failure: string | undefined;

  constructor() {
    super();
    this.source = undefined;
    this.preprocessing = undefined;
    this.captions = undefined;
    this.label = 'Picture';
    this.status = 'idle';
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('source')) return;
    if (this.source === undefined) {
      this.values = undefined;
      this.status = 'idle';
    } else {
      this.status = 'loading';
      void this.#read(this.source);
    }
  }

  override updated(changed: Map<PropertyKey, unknown>): void {
    const { values } = this;
    if (values === undefined || !(changed.has('values') || changed.has('preprocessing'))) return;
    try {
      const preprocessing = this.preprocessing ?? stretchedPreprocessing(values);
      this.renderRoot.querySelectorAll('canvas').forEach((canvas, index) => {
        const { data, width, height } = tensorToPicture(values, preprocessing, index);
        paint(canvas, { pixels: data, width, height });
      });
      this.failure = undefined;
      this.status = 'ready';
      emit<PictureEventMap, 'load'>(this, 'load', undefined);
    } catch (error) {
      this.#fail(error);
    }
  }

  override render(): TemplateResult {
    if (this.failure !== undefined) return html`<p class="failure" role="alert">${this.failure}</p>`;
    const [count = 0, , height = 1, width = 1] = this.values?.shape ?? [];
    if (count === 0) return html`<slot></slot>`;
    const kind = Math.max(height, width) < LEAST_SMOOTH ? 'small' : 'large';
    return html`<div class="pictures">
      ${Array.from(
        { length: Math.min(count, MOST_PICTURES) },
        (_, index) =>
          html`<figure>
            <canvas
              class=${kind}
              part="picture"
              role="img"
              aria-label=${count === 1 ? this.label : `${this.label}, ${this.captions?.[index] ?? index + 1}`}
            ></canvas>
            ${
              this.captions?.[index] === undefined
                ? nothing
                : html`<figcaption class="muted">${this.captions[index]}</figcaption>`
            }
          </figure>`,
      )}
    </div>`;
  }

  async #read(source: Tensor | TensorData<'float32'>): Promise<void> {
    try {
      const values = 'read' in source ? ((await source.read()) as TensorData<'float32'>) : source;
      if (source === this.source) this.values = values;
    } catch (error) {
      if (source === this.source) this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    this.failure = messageOf(error);
    this.status = 'error';
    emit<PictureEventMap, 'error'>(this, 'error', { error, message: this.failure });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cs-picture': CsPicture;
  }
}
