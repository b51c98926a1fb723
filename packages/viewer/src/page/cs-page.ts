import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { parseLabels, pictureToTensor, tensorToPicture, type Model } from '@convscope/formats';
import { ConvscopeError, type TensorData } from '@convscope/gpu-engine/graph';
import { methods, type Unit } from '@convscope/xai';
import { loadModel } from '@convscope/zoo';
import type { TargetDetail } from '../elements/class-scores/cs-class-scores.ts';
import type { CsImageInput, InputDetail, InputSample } from '../elements/image-input/cs-image-input.ts';
import { decodeFile } from '../elements/image-input/decode-file.ts';
import { failureWords, messageOf } from '../shared/failure-words.ts';
import { percentText } from '../shared/number-text.ts';
import { sharedDevice } from '../shared/shared-device.ts';
import { Explorer, type Wishes } from './explorer.ts';
import { layersCard } from './layers-card.ts';
import { modelBar } from './model-bar.ts';
import { fileKind } from './model-file/file-kind.ts';
import { openModelFile } from './model-file/open-model-file.ts';
import { chooseLabels, choosePreset, type OpenedModel } from './opened-model.ts';
import { samplesFor } from './samples.ts';
import { whyCard } from './why-card.ts';

/** More classes than this are listed best first. */
const MOST_IN_ORDER = 10;
const MOST_LABEL_BYTES = 16 * 2 ** 20;

/** The page: one network, one input, and what each part of the network makes of it. Renders into the light DOM. */
export class CsPage extends LitElement {
  static override properties = {
    explorer: { state: true },
    opened: { state: true },
    opening: { state: true },
    problem: { state: true },
    failure: { state: true },
    isOver: { state: true },
    opacity: { state: true },
    isSmooth: { state: true },
  };

  declare private explorer: Explorer | undefined;
  declare private opened: OpenedModel | undefined;
  /** The name of the file that is being opened. */
  declare private opening: string | undefined;
  /** Why the last file could not be used; what was there before stays. */
  declare private problem: string | undefined;
  /** Why nothing can be shown at all. */
  declare private failure: unknown;
  declare private isOver: boolean;
  /** Undefined: strong over drawings, weaker over photos, which are to be recognised below. */
  declare private opacity: number | undefined;
  /** Undefined: smooth where the map is coarser than the picture. */
  declare private isSmooth: boolean | undefined;
  #samples: readonly InputSample[] = [];
  /** The user's picture: every network that is opened gets it in its own size. */
  #picture: File | undefined;
  #change = new AbortController();

  constructor() {
    super();
    this.explorer = undefined;
    this.opened = undefined;
    this.opening = undefined;
    this.problem = undefined;
    this.failure = undefined;
    this.isOver = false;
    this.opacity = undefined;
    this.isSmooth = undefined;
  }

  override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    globalThis.addEventListener('dragover', this.#onDragOver);
    globalThis.addEventListener('dragleave', this.#onDragLeave);
    // Models are claimed before the input takes them for pictures; pictures are left to it where it is hit.
    globalThis.addEventListener('drop', this.#onDropFirst, { capture: true });
    globalThis.addEventListener('drop', this.#onDropLast);
    void this.#start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    globalThis.removeEventListener('dragover', this.#onDragOver);
    globalThis.removeEventListener('dragleave', this.#onDragLeave);
    globalThis.removeEventListener('drop', this.#onDropFirst, { capture: true });
    globalThis.removeEventListener('drop', this.#onDropLast);
    this.#change.abort();
    this.explorer?.dispose();
    this.explorer = undefined;
  }

  override render(): TemplateResult {
    const { opened, opening, problem, explorer } = this;
    return html`
      <header>
        <h1>Convscope</h1>
        ${modelBar(
          { opened: explorer && opened, device: explorer?.device, opening, problem },
          {
            openFile: (file) => void this.#takeFile(file),
            cancel: () => this.#change.abort(),
            openOwn: () => void this.#openOwn(),
            choosePreset: (name) => void this.#choosePreset(name),
          },
        )}
        <p class="lead">
          See what a convolutional network looks at, layer by layer, computed live on your own machine.
        </p>
      </header>
      <main>${this.failure === undefined ? this.#content() : this.#failure(this.failure)}</main>
      ${this.isOver ? html`<p class="drop-here">Drop a model, a picture or a list of class names</p>` : nothing}
      <p class="visually-hidden" role="status" aria-live="polite">${this.#announcement()}</p>
    `;
  }

  readonly #start = async (): Promise<void> => {
    this.explorer?.dispose();
    this.explorer = undefined;
    this.failure = undefined;
    try {
      // Before the weights are loaded: without a device they would be of no use.
      await sharedDevice();
      await this.#use(this.opened ?? (await ownModel()), this.#begin());
    } catch (error) {
      if (!isCancelled(error)) this.failure = error;
    }
  };

  /** Ends what was being opened before. */
  #begin(): AbortSignal {
    this.#change.abort();
    this.#change = new AbortController();
    return this.#change.signal;
  }

  /** Does what changes the network; where that fails, says why and leaves everything as it is. */
  async #attempt(what: string, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const signal = this.#begin();
    this.opening = what;
    this.problem = undefined;
    try {
      await work(signal);
    } catch (error) {
      if (!isCancelled(error) && !signal.aborted) this.problem = messageOf(error);
    }
    if (signal === this.#change.signal) this.opening = undefined;
  }

  async #takeFile(file: File): Promise<void> {
    const kind = fileKind(file.name);
    if (kind === 'picture') {
      await this.querySelector<CsImageInput>('cs-image-input')?.openFile(file);
      return;
    }
    await this.#attempt(file.name, async (signal) => {
      if (kind === 'model') {
        const model = await openModelFile(file, signal);
        await this.#use({ model, original: model, fileName: file.name }, signal);
      } else if (this.opened !== undefined) {
        await this.#use(chooseLabels(this.opened, await readLabels(file), file.name), signal);
      }
    });
  }

  async #openOwn(): Promise<void> {
    this.#picture = undefined;
    await this.#attempt('digits', async (signal) => this.#use(await ownModel(), signal));
  }

  async #choosePreset(name: string): Promise<void> {
    const { opened } = this;
    if (opened === undefined) return;
    await this.#attempt(opened.model.name, async (signal) => this.#use(choosePreset(opened, name), signal));
  }

  /** Shows this network in place of the one before, which is there until the new one stands. */
  async #use(opened: OpenedModel, signal: AbortSignal): Promise<void> {
    const { model } = opened;
    const samples = await samplesFor(model);
    const input = await this.#inputFor(model, samples, signal);
    if (signal.aborted) return;
    const isSame = opened.original === this.opened?.original;
    const explorer = await Explorer.open(model, wishesFor(model, input, isSame ? this.explorer?.wishes : undefined), {
      change: async () => {
        this.requestUpdate();
        await this.updateComplete;
      },
      failure: (error) => (this.failure = error),
    });
    if (signal.aborted) {
      explorer.dispose();
      return;
    }
    const old = this.explorer;
    this.#samples = samples;
    this.opened = opened;
    this.explorer = explorer;
    await this.updateComplete;
    old?.dispose();
  }

  /** The user's picture as this network takes it; where there is none, a drawing or a sample. */
  async #inputFor(
    { preprocessing }: Model,
    samples: readonly InputSample[],
    signal: AbortSignal,
  ): Promise<TensorData<'float32'> | undefined> {
    if (this.#picture !== undefined) {
      try {
        return await decodeFile(this.#picture, preprocessing, { signal, onProgress: () => undefined });
      } catch (error) {
        // A tensor for another network fits this one no more.
        if (!isCancelled(error)) this.#picture = undefined;
      }
    }
    const before = this.explorer?.session.model.preprocessing;
    const shown = this.explorer?.wishes.input;
    if (before !== undefined && shown !== undefined && before.channels === preprocessing.channels) {
      const number = this.#samples.findIndex(({ tensor }) => tensor === shown);
      return samples[number]?.tensor ?? pictureToTensor(tensorToPicture(shown, before), preprocessing);
    }
    return (samples.find(({ label }) => label === '2') ?? samples[0])?.tensor;
  }

  #failure(error: unknown): TemplateResult {
    const { code, title, advice, canRetry } = failureWords(error);
    return html`<section class="card failure" role="alert" data-code=${code}>
      <h2>${title}</h2>
      <p>${advice}</p>
      ${canRetry ? html`<button type="button" class="primary" @click=${this.#start}>Try again</button>` : nothing}
    </section>`;
  }

  #content(): TemplateResult {
    const { explorer, isSmooth } = this;
    if (explorer === undefined) return html`<p class="opening muted">Loading the network …</p>`;
    const { wishes, session } = explorer;
    if (wishes.input === undefined) {
      return html`<div class="columns">${this.#inputCard(explorer)} ${this.#waitingCard(explorer)}</div>`;
    }
    const opacity = this.opacity ?? (session.model.preprocessing.channels === 3 ? 0.6 : 0.85);
    const change = (view: { readonly opacity?: number; readonly isSmooth?: boolean }): void => {
      Object.assign(this, view);
    };
    return html`<div class="columns">
        ${this.#inputCard(explorer)} ${this.#scoresCard(explorer)} ${whyCard(explorer, { opacity, isSmooth, change })}
      </div>
      ${wishes.layer === undefined ? nothing : layersCard(explorer, { opacity, onUnit: this.#onUnit })}
      <footer class="muted">
        Everything on this page is computed by your own machine; nothing is sent anywhere.
      </footer>`;
  }

  #waitingCard({ session }: Explorer): TemplateResult {
    const { labels } = session.model;
    return html`<section class="card waiting-card" aria-labelledby="waiting-title">
      <h2 id="waiting-title">The network is ready. Now it needs a picture.</h2>
      <p>
        Drop one anywhere on the page, or open one: you see what the network says, why, and what its layers make of it.
      </p>
      ${labels.length > 0 ? nothing : html`<p class="muted">The file has no class names; a text file with one name a line gives them.</p>`}
    </section>`;
  }

  #inputCard({ wishes, session }: Explorer): TemplateResult {
    const isColor = session.model.preprocessing.channels === 3;
    const isDigits = this.#samples.length > 0;
    const title = isColor ? 'Your picture' : isDigits ? 'Draw a digit' : 'Draw something';
    const other = isDigits ? 'or pick one, or bring a picture of your own.' : 'or bring a picture of your own.';
    return html`<section class="card input-card" aria-labelledby="input-title">
      <h2 id="input-title">${title}</h2>
      <p class="muted">${isColor ? 'PNG or JPEG, as large as you like.' : other}</p>
      <cs-image-input
        .preprocessing=${session.model.preprocessing}
        .samples=${this.#samples}
        .value=${wishes.input}
        @input=${this.#onInput}
      ></cs-image-input>
    </section>`;
  }

  #scoresCard({ wishes, findings, working, hasClasses }: Explorer): TemplateResult {
    const [best] = findings.scores ?? [];
    const waiting = hasClasses ? '' : 'This network gives no class scores; its layers are shown below.';
    const answer = best === undefined ? '' : `with ${percentText(best.probability)}. Click a class to ask about it.`;
    const isLong = (findings.scores?.length ?? 0) > MOST_IN_ORDER;
    return html`<section class="card scores-card" aria-labelledby="scores-title" aria-busy=${working !== undefined}>
      <h2 id="scores-title">${best === undefined ? 'What it says' : html`It says <em>${best.label}</em>`}</h2>
      <p class="muted">${best === undefined && working === undefined ? waiting : answer}</p>
      <cs-class-scores
        order=${isLong ? 'score' : 'class'}
        .scores=${findings.scores ?? []}
        .target=${wishes.target ?? best?.index}
        @target=${this.#onTarget}
      ></cs-class-scores>
    </section>`;
  }

  #announcement(): string {
    const { scores, explanation, unitPicture } = this.explorer?.findings ?? {};
    const [best] = scores ?? [];
    if (best === undefined || this.explorer?.working !== undefined) return '';
    const target = explanation?.targets?.[0]?.label ?? best.label;
    const unit = unitPicture?.units?.[0];
    return `The network says ${best.label}, ${percentText(best.probability)}. Shown: ${explanation?.method ?? ''} for ${target}, and what ${unitPicture?.layer ?? ''}, channel ${unit?.channel ?? ''} saw.`;
  }

  readonly #onInput = ({ detail }: CustomEvent<InputDetail>): void => {
    this.#picture = detail.file;
    const channel = this.explorer?.wishes.unit?.channel;
    const unit = channel === undefined ? undefined : { channel };
    this.explorer?.wish({ input: detail.tensor, target: undefined, unit });
  };

  readonly #onTarget = ({ detail }: CustomEvent<TargetDetail>): void => {
    this.explorer?.wish({ target: detail.index });
  };

  readonly #onUnit = ({ detail }: CustomEvent<Unit>): void => {
    this.explorer?.wish({ unit: detail });
    // On narrow screens what the unit saw is below the maps.
    this.querySelector('.unit')?.scrollIntoView({ block: 'nearest' });
  };

  readonly #onDragOver = (event: DragEvent): void => {
    if (event.dataTransfer?.types.includes('Files') !== true) return;
    event.preventDefault();
    this.isOver = true;
  };

  readonly #onDragLeave = (event: DragEvent): void => {
    if (event.relatedTarget === null) this.isOver = false;
  };

  readonly #onDropFirst = (event: DragEvent): void => {
    this.isOver = false;
    const [file] = event.dataTransfer?.files ?? [];
    if (file === undefined || fileKind(file.name) === 'picture') return;
    event.preventDefault();
    void this.#takeFile(file);
  };

  readonly #onDropLast = (event: DragEvent): void => {
    const [file] = event.dataTransfer?.files ?? [];
    if (file === undefined || event.defaultPrevented) return;
    event.preventDefault();
    void this.#takeFile(file);
  };
}

async function ownModel(): Promise<OpenedModel> {
  const model = await loadModel('digits');
  return { model, original: model };
}

async function readLabels(file: File): Promise<readonly string[]> {
  if (file.size > MOST_LABEL_BYTES) {
    const detail = { got: `${file.size} bytes`, wanted: `at most ${MOST_LABEL_BYTES}` };
    throw new ConvscopeError('invalid-file', `${file.name} is too large`, detail);
  }
  return parseLabels(await file.text(), file.name);
}

/** What is shown first; of the same network with other settings, what was shown before. */
function wishesFor(
  { preprocessing }: Model,
  input: TensorData<'float32'> | undefined,
  before: Wishes | undefined,
): Wishes {
  if (before !== undefined) return { ...before, input };
  // Small grey pictures are explained best stroke by stroke, photos place by place.
  const method = preprocessing.channels === 1 ? methods.guidedBackprop : methods.gradCam;
  return { input, target: undefined, method: method.name, layer: undefined, unit: undefined };
}

function isCancelled(error: unknown): boolean {
  return error instanceof ConvscopeError && error.code === 'cancelled';
}

declare global {
  interface HTMLElementTagNameMap {
    'cs-page': CsPage;
  }
}
