import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Preprocessing } from '@convscope/formats';
import { ConvscopeError, type TensorData } from '@convscope/gpu-engine/graph';
import { blankInput, methodNamed, type ClassScore, type Explanation, type ParameterValues } from '@convscope/xai';
import type { ColorMapName } from '@convscope/xai/render';
import {
  emit,
  type ElementStatus,
  type ErrorDetail,
  type EventListening,
  type ProgressDetail,
} from '../../shared/events.ts';
import type { FailureWords } from '../../shared/failure-words.ts';
import { percentText } from '../../shared/number-text.ts';
import { tokens } from '../../shared/tokens.styles.ts';
import { explanationFailure, STAGE_WORDS, type ExplanationStage } from './failure.ts';
import { loadNetwork } from './load-network.ts';
import { loadPicture } from './load-picture.ts';
import { requestFor } from './request.ts';
import { leaseSession, type SessionLease } from './shared-session.ts';
import { styles } from './cs-explanation.styles.ts';

/** Detail of `load`. */
export interface ExplanationLoadDetail {
  readonly explanation: Explanation;
  /** All classes, best first; empty for methods that look at no picture. */
  readonly prediction: readonly ClassScore[];
}

/** Detail of `progress`: `done` is the part of the stage. */
export interface ExplanationProgressDetail extends ProgressDetail {
  readonly stage: ExplanationStage;
  /** While something is fetched: bytes so far, and all of them where the server says it. */
  readonly bytes?: number;
  readonly of?: number;
}

/** Detail of `error`. */
export interface ExplanationErrorDetail extends ErrorDetail, FailureWords {
  readonly stage: ExplanationStage;
}

export interface ExplanationEventMap {
  load: CustomEvent<ExplanationLoadDetail>;
  progress: CustomEvent<ExplanationProgressDetail>;
  error: CustomEvent<ExplanationErrorDetail>;
}

/** Of these, a change means another result. */
const CAUSES = [
  'model',
  'src',
  'method',
  'layer',
  'unit',
  'target',
  'seed',
  'parameters',
  'preprocess',
  'labels',
  'loading',
] as const;

/**
 * A network's explanation of a picture, from addresses alone: it loads both, computes the explanation on the reader's
 * GPU and shows it with what the network says. Elements of one page share the device, and those of one network its
 * weights. Nothing is loaded before the element comes into sight. Where there is no WebGPU, or anything else goes
 * wrong, the poster or else the slot stays, with the reason in plain words below.
 *
 * @element cs-explanation
 * @attr {string} model - a network of the zoo (`digits`), or the address of an .onnx or .safetensors file
 * @attr {string} src - the picture's address: PNG, JPEG, WebP, AVIF, GIF, or a .npy tensor; not needed by methods that
 *   look at no picture
 * @attr {string} method - a method's name, as `convscope methods` lists them; `grad-cam` unless told
 * @attr {string} layer - the layer that is looked at; the method's own choice unless told
 * @attr {number} unit - a channel of the layer, for methods that explain units
 * @attr {number} target - the class that is explained, by its number; the top class unless told
 * @attr {number} seed - for methods that draw random numbers; 0 unless told
 * @attr {string | ParameterValues} parameters - the method's parameters: `steps=20, baseline=0`
 * @attr {string} preprocess - a preset (`imagenet-torch`, `0..1`, …) for files that do not say how pictures become input
 * @attr {string} labels - the address of a text file with the class names, one a line
 * @attr {string} poster - the address of a picture made beforehand, shown until the result is there and where there is
 *   no WebGPU
 * @attr {'lazy' | 'eager'} loading - whether it waits until it comes into sight; lazy unless told
 * @attr {string} label - what is shown, for those who cannot see it
 * @attr {number} opacity - of the map, 0 to 1; 0.85 unless told
 * @attr {ColorMapName} colormap - `signed` or `positive` by the map's sign unless told
 * @attr {'idle' | 'loading' | 'ready' | 'error'} status - reflected, read only
 * @property {Explanation} explanation - the result; read only, and the element's to dispose of
 * @property {readonly ClassScore[]} prediction - what the network says of the picture, best first; read only
 * @fires {CustomEvent<ExplanationLoadDetail>} load - the explanation is drawn
 * @fires {CustomEvent<ExplanationProgressDetail>} progress - bytes came, or a part of the work is done
 * @fires {CustomEvent<ExplanationErrorDetail>} error - with the reason as a code and in plain words
 * @slot - shown until the result is there, and where it cannot be made; the poster comes before it
 * @csspart poster - the picture made beforehand
 * @csspart caption - what was explained by what
 * @csspart failure - the reason why there is no result
 * @csspart retry - the button that tries again
 */
export class CsExplanation extends LitElement {
  static override properties = {
    model: {},
    src: {},
    method: {},
    layer: {},
    unit: { type: Number },
    target: { type: Number },
    seed: { type: Number },
    parameters: {},
    preprocess: {},
    labels: {},
    poster: {},
    loading: {},
    label: {},
    opacity: { type: Number },
    colormap: {},
    status: { reflect: true },
    working: { state: true },
    failure: { state: true },
  };
  static override styles = [tokens, styles];

  declare addEventListener: EventListening<CsExplanation, ExplanationEventMap>;
  declare removeEventListener: EventListening<CsExplanation, ExplanationEventMap>;
  declare model: string | undefined;
  declare src: string | undefined;
  declare method: string;
  declare layer: string | undefined;
  declare unit: number | undefined;
  declare target: number | undefined;
  declare seed: number | undefined;
  declare parameters: string | ParameterValues | undefined;
  declare preprocess: string | undefined;
  declare labels: string | undefined;
  declare poster: string | undefined;
  declare loading: 'lazy' | 'eager';
  declare label: string | undefined;
  declare opacity: number;
  declare colormap: ColorMapName | undefined;
  declare status: ElementStatus;
  declare private working: ExplanationProgressDetail | undefined;
  declare private failure: FailureWords | undefined;
  #shown: Shown | undefined;
  #lease: SessionLease | undefined;
  #cancel = new AbortController();
  #observer: IntersectionObserver | undefined;
  #hasBeenSeen = false;

  constructor() {
    super();
    this.method = 'grad-cam';
    this.loading = 'lazy';
    this.opacity = 0.85;
    this.status = 'idle';
  }

  get explanation(): Explanation | undefined {
    return this.#shown?.explanation;
  }

  get prediction(): readonly ClassScore[] {
    return this.#shown?.prediction ?? [];
  }

  /** Tries again, after a failure or a lost device. */
  reload(): void {
    this.#hasBeenSeen = true;
    this.#begin();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#observer = new IntersectionObserver((entries) => this.#onSeen(entries), { rootMargin: '200px' });
    this.#observer.observe(this);
    if (this.hasUpdated) this.#begin();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer?.disconnect();
    this.#cancel.abort();
    this.#lease?.release();
    this.#lease = undefined;
    this.#show(undefined);
    this.status = 'idle';
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (CAUSES.some((name) => changed.has(name))) this.#begin();
  }

  override render(): TemplateResult {
    const before = this.poster
      ? html`<img class="poster" part="poster" src=${this.poster} alt=${this.#words()} loading="lazy" />`
      : html`<slot></slot>`;
    return html`<figure aria-busy=${this.status === 'loading'}>
      ${this.#shown === undefined ? before : this.#result(this.#shown, before)} ${this.#progress()}
      ${this.failure === undefined ? nothing : this.#failed(this.failure)}
    </figure>`;
  }

  #result({ explanation, input, preprocessing }: Shown, before: TemplateResult): TemplateResult {
    const [, channels = 1] = explanation.tensor.shape;
    if (explanation.kind === 'picture') {
      return html`<cs-picture
          .source=${explanation.tensor}
          .preprocessing=${preprocessing}
          .captions=${explanation.captions}
          label=${this.#words()}
          @load=${this.#onDrawn}
          @error=${this.#onDrawingFailed}
          >${before}</cs-picture
        >${this.#caption(explanation)}`;
    }
    if (methodNamed(explanation.method).explains.length === 0 && channels > 1) {
      return html`<cs-feature-maps
          .explanation=${explanation}
          .colormap=${this.colormap}
          @load=${this.#onDrawn}
          @error=${this.#onDrawingFailed}
          >${before}</cs-feature-maps
        >${this.#caption(explanation)}`;
    }
    return html`<cs-heatmap
        .explanation=${explanation}
        .input=${input}
        .preprocessing=${preprocessing}
        .opacity=${this.opacity}
        .colormap=${this.colormap}
        label=${this.#words()}
        @load=${this.#onDrawn}
        @error=${this.#onDrawingFailed}
        >${before}</cs-heatmap
      >${this.#caption(explanation)}`;
  }

  #caption(explanation: Explanation): TemplateResult {
    const [best] = this.prediction;
    const [target] = explanation.targets ?? [];
    const says =
      best === undefined ? nothing : html` The network says “${best.label}”, ${percentText(best.probability)}.`;
    const [unit] = explanation.units ?? [];
    const of = target === undefined ? '' : ` of “${target.label}”`;
    const about = unit === undefined ? of : ` of channel ${unit.channel}`;
    const layer = explanation.layer === undefined ? '' : ` at ${explanation.layer}`;
    return html`<figcaption part="caption">
      <p><strong>${methodNamed(explanation.method).title}</strong>${about}${layer}.${says}</p>
      ${explanation.remarks.map((remark) => html`<p class="remark muted">${remark}</p>`)}
    </figcaption>`;
  }

  #progress(): TemplateResult {
    const { working } = this;
    // Stays in place, so that what it says is read out.
    return html`${working === undefined ? nothing : html`<progress aria-label="Progress" value=${working.done}></progress>`}
      <p class="working muted" role="status" ?hidden=${working === undefined}>
        ${working === undefined ? nothing : `${STAGE_WORDS[working.stage]} …`}
      </p>`;
  }

  #failed({ title, advice, canRetry }: FailureWords): TemplateResult {
    return html`<div class="failure below" part="failure" role="alert">
      <strong>${title}</strong>${advice}
      ${
        canRetry
          ? html`<div>
              <button class="retry" part="retry" type="button" @click=${() => this.reload()}>Try again</button>
            </div>`
          : nothing
      }
    </div>`;
  }

  #words(): string {
    if (this.label !== undefined) return this.label;
    const [best] = this.prediction;
    return best === undefined ? `Explanation by ${this.method}` : `Explanation by ${this.method}: ${best.label}`;
  }

  #onSeen(entries: readonly IntersectionObserverEntry[]): void {
    if (this.#hasBeenSeen || !entries.some(({ isIntersecting }) => isIntersecting)) return;
    this.#hasBeenSeen = true;
    if (this.loading !== 'eager') this.#begin();
  }

  #begin(): void {
    if (!this.isConnected || this.model === undefined || (this.loading !== 'eager' && !this.#hasBeenSeen)) return;
    this.#cancel.abort();
    this.#cancel = new AbortController();
    this.failure = undefined;
    this.status = 'loading';
    void this.#load(this.model, this.#cancel.signal);
  }

  async #load(model: string, signal: AbortSignal): Promise<void> {
    let stage: ExplanationStage = 'network';
    const report = (detail: Omit<ExplanationProgressDetail, 'stage'>): void => {
      if (!signal.aborted) this.#report({ stage, ...detail });
    };
    const onBytes = (bytes: number, of: number | undefined): void =>
      report(of === undefined ? { done: 0, bytes } : { done: Math.min(bytes / of, 1), bytes, of });
    try {
      report({ done: 0 });
      const method = methodNamed(this.method);
      const lease = this.#leaseNetwork(model, onBytes);
      const session = await lease.session;
      const { preprocessing } = session.model;
      stage = 'picture';
      const looksAtInput = method.input !== 'none';
      const input = looksAtInput
        ? await loadPicture(this.#pictureAddress(), preprocessing, { signal, onProgress: onBytes })
        : blankInput(session.model);
      stage = 'explanation';
      report({ done: 0 });
      const shown = await lease.run(signal, async (): Promise<Shown> => {
        const [prediction = []] = looksAtInput ? await session.predict(input, signal) : [];
        const request = { ...requestFor(method, this), input, signal };
        const explanation = await session.explain(method, { ...request, onProgress: (done) => report({ done }) });
        return { explanation, prediction, preprocessing, input };
      });
      if (signal.aborted) shown.explanation.dispose();
      else this.#show(shown);
    } catch (error) {
      if (!signal.aborted) this.#fail(error, stage);
    }
  }

  /** The new one is taken before the old is given back: of one network the weights stay. */
  #leaseNetwork(model: string, onBytes: (bytes: number, of: number | undefined) => void): SessionLease {
    const { preprocess, labels } = this;
    const base = document.baseURI;
    const key = JSON.stringify([model, preprocess, labels, base]);
    const open = async (signal: AbortSignal, onProgress: typeof onBytes) =>
      loadNetwork({ model, preprocess, labels }, base, { signal, onProgress });
    const old = this.#lease;
    this.#lease = leaseSession(key, open, onBytes);
    old?.release();
    return this.#lease;
  }

  #pictureAddress(): URL {
    if (this.src === undefined) {
      throw new ConvscopeError('invalid-parameter', 'there is no picture', { wanted: 'the attribute src' });
    }
    return new URL(this.src, document.baseURI);
  }

  #show(shown: Shown | undefined): void {
    const old = this.#shown;
    this.#shown = shown;
    this.working = undefined;
    this.requestUpdate();
    if (old !== undefined) void this.updateComplete.then(() => old.explanation.dispose());
  }

  #report(detail: ExplanationProgressDetail): void {
    this.working = detail;
    emit<ExplanationEventMap, 'progress'>(this, 'progress', detail);
  }

  readonly #onDrawn = (): void => {
    const shown = this.#shown;
    if (shown === undefined || this.status !== 'loading') return;
    this.status = 'ready';
    const { explanation, prediction } = shown;
    emit<ExplanationEventMap, 'load'>(this, 'load', { explanation, prediction });
  };

  readonly #onDrawingFailed = ({ detail }: CustomEvent<ErrorDetail>): void => this.#fail(detail.error, 'explanation');

  #fail(error: unknown, stage: ExplanationStage): void {
    this.#show(undefined);
    const words = explanationFailure(error, stage);
    this.failure = words;
    this.status = 'error';
    emit<ExplanationEventMap, 'error'>(this, 'error', {
      ...words,
      stage,
      error,
      message: `${words.title}. ${words.advice}`,
    });
  }
}

/** What is drawn. */
interface Shown {
  readonly explanation: Explanation;
  readonly prediction: readonly ClassScore[];
  readonly input: TensorData<'float32'>;
  readonly preprocessing: Preprocessing;
}

declare global {
  interface HTMLElementTagNameMap {
    'cs-explanation': CsExplanation;
  }
}
