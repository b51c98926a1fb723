import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { pictureToTensor, tensorToPicture, type Preprocessing } from '@convscope/formats';
import { ConvscopeError, type TensorData } from '@convscope/gpu-engine/graph';
import { paint } from '../../drawing/paint.ts';
import { emit, type ElementStatus, type EventListening, type StatusEventMap } from '../../shared/events.ts';
import { messageOf } from '../../shared/failure-words.ts';
import { tokens } from '../../shared/tokens.styles.ts';
import { styles } from './cs-image-input.styles.ts';
import { CameraShot, hasCamera } from './camera-shot.ts';
import { decodeFile } from './decode-file.ts';
import { DrawPad } from './draw-pad.ts';

/** A picture that can be picked. */
export interface InputSample {
  readonly label: string;
  /** [1, C, H, W], normalised. */
  readonly tensor: TensorData<'float32'>;
}

/** Detail of `input`. */
export interface InputDetail {
  /** [1, C, H, W], normalised as the preprocessing says. */
  readonly tensor: TensorData<'float32'>;
  readonly origin: 'drawing' | 'sample' | 'file';
  /** The sample's label, the file's name, or `drawing`. */
  readonly label: string;
  /** Where it comes from a file: that file, to be decoded anew for another network. */
  readonly file?: File;
}

export interface ImageInputEventMap extends StatusEventMap {
  input: CustomEvent<InputDetail>;
}

const GREY_28: Preprocessing = {
  channels: 1,
  height: 28,
  width: 28,
  mean: [0],
  standardDeviation: [1],
  scale: 1 / 255,
  order: 'rgb',
  resize: 'contain',
  background: [0, 0, 0],
};

/**
 * A network's input: draw it with mouse, finger or pen, pick a sample, or choose or drop a PNG, JPEG or .npy file.
 * Drawings are centred and scaled as drawn data sets are. Files are decoded in a worker. Networks of colour pictures
 * are not drawn for: there the surface only takes files. A drop that a listener further out has already claimed
 * (`preventDefault` while capturing) is left alone.
 *
 * @element cs-image-input
 * @property {Preprocessing} preprocessing - how pictures become tensors; 28 x 28 grey, white ink on black, unless told
 * @property {readonly InputSample[]} samples - pictures to pick, the keyboard's way to an input
 * @property {TensorData} value - the input [1, C, H, W]; setting it shows it, without an event;
 *   setting it to undefined empties the surface
 * @attr {boolean} camera - offer the camera, where there is one
 * @attr {'idle' | 'loading' | 'ready' | 'error'} status - reflected, read only
 * @fires {CustomEvent<InputDetail>} input - another input; bubbles
 * @fires load - a file was decoded
 * @fires {CustomEvent<ProgressDetail>} progress - a file was read, and decoded
 * @fires {CustomEvent<ErrorDetail>} error - a file could not be used
 * @slot - shown below the surface
 * @csspart surface - the drawing surface
 * @csspart samples - the row of samples
 */
export class CsImageInput extends LitElement {
  static override properties = {
    preprocessing: { attribute: false },
    samples: { attribute: false },
    value: { attribute: false },
    camera: { type: Boolean },
    status: { reflect: true },
    shot: { state: true },
    failure: { state: true },
    isOver: { state: true },
    isEmpty: { state: true },
  };
  static override styles = [tokens, styles];

  declare addEventListener: EventListening<CsImageInput, ImageInputEventMap>;
  declare removeEventListener: EventListening<CsImageInput, ImageInputEventMap>;
  declare preprocessing: Preprocessing;
  declare samples: readonly InputSample[];
  declare value: TensorData<'float32'> | undefined;
  declare camera: boolean;
  declare status: ElementStatus;
  /** The camera while it is on. */
  declare private shot: CameraShot | undefined;
  declare private failure: string | undefined;
  declare private isOver: boolean;
  declare private isEmpty: boolean;
  #pad: DrawPad | undefined;
  #shown: TensorData<'float32'> | undefined;
  #decoding: AbortController | undefined;

  constructor() {
    super();
    this.preprocessing = GREY_28;
    this.samples = [];
    this.value = undefined;
    this.camera = false;
    this.status = 'idle';
    this.shot = undefined;
    this.failure = undefined;
    this.isOver = false;
    this.isEmpty = true;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#decoding?.abort();
    this.#endShot();
  }

  /** Empties the surface. The value stays until something else is drawn or picked. */
  clear(): void {
    this.#decoding?.abort();
    this.#pad?.clear(this.#colors);
    this.#shown = undefined;
    this.isEmpty = true;
    this.failure = undefined;
  }

  /** Takes a file as if it had been dropped here. */
  async openFile(file: File): Promise<void> {
    return this.#takeFile(file);
  }

  override firstUpdated(): void {
    this.#pad = new DrawPad(this.renderRoot.querySelector('.pad') as HTMLCanvasElement);
    this.clear();
  }

  override updated(changed: PropertyValues<this>): void {
    if (changed.has('samples') || changed.has('preprocessing')) this.#paintSamples();
    if (!changed.has('value')) return;
    if (this.value === undefined) this.clear();
    else if (this.value !== this.#shown) this.#show(this.value);
  }

  override render(): TemplateResult {
    const { width, height } = this.preprocessing;
    const classes = [this.isOver ? 'over' : '', this.#isDrawn ? 'drawn' : '', this.isEmpty ? 'empty' : ''];
    return html`
      <div
        class="surface ${classes.join(' ')}"
        part="surface"
        .style=${`--hint: ${this.#isDrawn ? this.#colors.ink : 'inherit'}; --ratio: ${width / height}`}
        @dragover=${this.#onDragOver}
        @dragleave=${() => (this.isOver = false)}
        @drop=${this.#onDrop}
      >
        <canvas
          class="pad"
          role="img"
          aria-label=${
            this.#isDrawn ? 'Drawing surface. With a keyboard, pick a sample or open a file.' : 'The picture'
          }
          @pointerdown=${this.#onPointerDown}
          @pointermove=${(event: PointerEvent) => this.#pad?.continue(event)}
          @pointerup=${this.#onPointerEnd}
          @pointercancel=${this.#onPointerEnd}
        ></canvas>
        ${this.shot === undefined ? nothing : html`<video class="live" muted playsinline .srcObject=${this.shot.stream}></video>`}
        ${this.isEmpty ? html`<p class="hint">${this.#isDrawn ? 'draw here, or drop a picture' : 'drop a picture here'}</p>` : nothing}
      </div>
      <div class="actions">
        ${this.#isDrawn ? html`<button type="button" @click=${() => this.clear()}>Clear</button>` : nothing}
        ${this.camera && hasCamera() ? this.#cameraButtons() : nothing}
        <button type="button" @click=${this.#chooseFile}>${this.#isDrawn ? 'Open a file' : 'Open a picture'}</button>
        <input
          class="visually-hidden"
          type="file"
          tabindex="-1"
          aria-hidden="true"
          accept=".png,.jpg,.jpeg,.npy"
          @change=${this.#onFile}
          @input=${stop}
        />
      </div>
      ${this.failure === undefined ? nothing : html`<p class="failure" role="alert">${this.failure}</p>`}
      ${
        this.samples.length === 0
          ? nothing
          : html`<div class="samples" part="samples" role="group" aria-label="Samples to pick">
              ${this.samples.map(
                (sample) =>
                  html`<button
                    type="button"
                    aria-label=${`Sample: ${sample.label}`}
                    aria-pressed=${sample.tensor === this.value}
                    @click=${() => this.#take(sample.tensor, 'sample', sample.label)}
                  >
                    <canvas></canvas>
                  </button>`,
              )}
            </div>`
      }
      <slot></slot>
    `;
  }

  #cameraButtons(): TemplateResult {
    if (this.shot === undefined) {
      return html`<button type="button" @click=${this.#openCamera}>Camera</button>`;
    }
    return html`<button type="button" class="primary" @click=${this.#takeShot}>Take it</button>
      <button type="button" @click=${() => this.#endShot()}>Cancel</button>`;
  }

  get #isDrawn(): boolean {
    return this.preprocessing.channels === 1;
  }

  get #colors(): { readonly ink: string; readonly ground: string } {
    return this.preprocessing.invert === true
      ? { ink: '#000000', ground: '#ffffff' }
      : { ink: '#ffffff', ground: '#000000' };
  }

  #paintSamples(): void {
    this.renderRoot.querySelectorAll<HTMLCanvasElement>('.samples canvas').forEach((canvas, index) => {
      const sample = this.samples[index];
      if (sample === undefined) return;
      const { data, width, height } = tensorToPicture(sample.tensor, this.preprocessing);
      paint(canvas, { pixels: data, width, height });
    });
  }

  #show(tensor: TensorData<'float32'>): void {
    this.#pad?.clear(this.#colors);
    this.#pad?.show(tensorToPicture(tensor, this.preprocessing));
    this.#shown = tensor;
    this.isEmpty = false;
  }

  #take(tensor: TensorData<'float32'>, origin: InputDetail['origin'], label: string, file?: File): void {
    this.#decoding?.abort();
    this.failure = undefined;
    this.status = 'ready';
    if (origin === 'drawing') this.#shown = tensor;
    else this.#show(tensor);
    this.value = tensor;
    const detail = { tensor, origin, label, ...(file === undefined ? {} : { file }) };
    emit<ImageInputEventMap, 'input'>(this, 'input', detail, { bubbles: true });
  }

  readonly #onPointerDown = (event: PointerEvent): void => {
    if (event.button !== 0 || this.#pad === undefined || !this.#isDrawn) return;
    event.preventDefault();
    if (!this.#pad.hasInk && !this.#pad.isDrawing) this.clear();
    this.isEmpty = false;
    this.#pad.begin(event);
  };

  readonly #onPointerEnd = (event: PointerEvent): void => {
    if (this.#pad?.isDrawing !== true) return;
    this.#pad.end(event);
    if (!this.#pad.isDrawing)
      this.#take(pictureToTensor(this.#pad.centred(), this.preprocessing), 'drawing', 'drawing');
  };

  readonly #openCamera = async (): Promise<void> => {
    this.failure = undefined;
    try {
      this.shot = await CameraShot.open();
      await this.updateComplete;
      await this.renderRoot.querySelector('video')?.play();
    } catch (error) {
      this.#endShot();
      this.failure = `The camera cannot be used: ${messageOf(error)}`;
    }
  };

  readonly #takeShot = async (): Promise<void> => {
    const video = this.renderRoot.querySelector('video');
    const file = video === null ? undefined : await this.shot?.take(video);
    this.#endShot();
    if (file !== undefined) await this.#takeFile(file);
  };

  #endShot(): void {
    this.shot?.end();
    this.shot = undefined;
  }

  readonly #chooseFile = (): void => {
    this.renderRoot.querySelector<HTMLInputElement>('input[type=file]')?.click();
  };

  readonly #onFile = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    const [file] = input.files ?? [];
    if (file !== undefined) void this.#takeFile(file);
    input.value = '';
  };

  readonly #onDragOver = (event: DragEvent): void => {
    event.preventDefault();
    this.isOver = true;
  };

  readonly #onDrop = (event: DragEvent): void => {
    this.isOver = false;
    if (event.defaultPrevented) return;
    event.preventDefault();
    const [file] = event.dataTransfer?.files ?? [];
    if (file !== undefined) void this.#takeFile(file);
  };

  async #takeFile(file: File): Promise<void> {
    this.#decoding?.abort();
    const decoding = new AbortController();
    this.#decoding = decoding;
    this.status = 'loading';
    this.failure = undefined;
    try {
      const tensor = await decodeFile(file, this.preprocessing, {
        signal: decoding.signal,
        onProgress: (done) => emit<ImageInputEventMap, 'progress'>(this, 'progress', { done }),
      });
      this.#decoding = undefined;
      this.#take(tensor, 'file', file.name, file);
      emit<ImageInputEventMap, 'load'>(this, 'load', undefined);
    } catch (error) {
      if (error instanceof ConvscopeError && error.code === 'cancelled') return;
      this.status = 'error';
      this.failure = messageOf(error);
      emit<ImageInputEventMap, 'error'>(this, 'error', { error, message: this.failure });
    }
  }
}

/** The file field's own event would leave the shadow root as if it were the element's. */
function stop(event: Event): void {
  event.stopPropagation();
}

declare global {
  interface HTMLElementTagNameMap {
    'cs-image-input': CsImageInput;
  }
}
