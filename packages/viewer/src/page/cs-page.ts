import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { writeCheckpoint, type Model } from '@convscope/formats';
import { loadModel, modelNames } from '@convscope/zoo';
import type { CsImageInput } from '../elements/image-input/cs-image-input.ts';
import { failureWords, messageOf } from '../shared/failure-words.ts';
import { sharedDevice } from '../shared/shared-device.ts';
import { AddressBar } from './address-bar.ts';
import { readLabels, withLabelsFrom } from './class-names.ts';
import { DropTarget } from './drop-target.ts';
import { fetchBeside, fetchFile, isOwnServer } from './fetch-file.ts';
import { fileHash } from './file-hash.ts';
import { inputCard, scoresCard } from './input-cards.ts';
import { chooseInput } from './lab-input.ts';
import { isCancelled, Lab } from './lab/lab.ts';
import { modelBar } from './model-bar.ts';
import { sortFiles } from './model-file/dropped-files.ts';
import { openModelFile } from './model-file/open-model-file.ts';
import { chooseLabels, choosePreset, type OpenedModel } from './opened-model.ts';
import type { CsTrainingView } from './training/training-view.ts';
import { announcement, askedCard, failureCard } from './page-parts.ts';
import { samplesFor } from './samples.ts';
import { readAddress } from './state/address.ts';
import {
  firstState,
  type InputReference,
  type LabState,
  type ModelReference,
  type ViewName,
} from './state/lab-state.ts';
import { tabs } from './tabs.ts';
import { applyTheme, storedTheme, themeAfter } from './theme.ts';

/** The page: one network, one input, and views of what each part of the network makes of it. In the light DOM. */
export class CsPage extends LitElement {
  static override properties = {
    lab: { state: true },
    opening: { state: true },
    problem: { state: true },
    failure: { state: true },
    isTouring: { state: true },
    asked: { state: true },
  };

  declare private lab: Lab | undefined;
  /** The name of what is being opened. */
  declare private opening: string | undefined;
  /** Why the last file could not be used; what was there before stays. */
  declare private problem: string | undefined;
  /** Why nothing can be shown at all. */
  declare private failure: unknown;
  declare private isTouring: boolean;
  /** Files that a link was made with and that are not here. */
  declare private asked: { readonly model?: ModelReference | undefined; readonly input?: InputReference | undefined };
  readonly #address = new AddressBar();
  readonly #drop = new DropTarget(this, (files) => void this.#takeFiles(files));
  #wanted: LabState = firstState;
  /** The user's picture: every network that is opened gets it in its own size. */
  #picture: File | undefined;
  /** Once it was opened, the training goes on behind the other views, and when the device was lost. */
  #training: CsTrainingView | undefined;
  #tab: HTMLElement | undefined;
  #change = new AbortController();

  constructor() {
    super();
    this.lab = undefined;
    this.opening = undefined;
    this.problem = undefined;
    this.failure = undefined;
    this.isTouring = false;
    this.asked = {};
  }

  override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    globalThis.addEventListener('hashchange', this.#onAddress);
    void this.#start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    globalThis.removeEventListener('hashchange', this.#onAddress);
    this.#change.abort();
    this.lab?.dispose();
    this.lab = undefined;
  }

  override updated(): void {
    const list = this.querySelector<HTMLElement>('.tabs');
    const tab = list?.querySelector<HTMLElement>('[aria-selected=true]');
    if (!list || !tab || tab === this.#tab) return;
    // Not `scrollIntoView`: the page itself must stay where it is.
    this.#tab = tab;
    const [start, end] = [tab.offsetLeft - list.offsetLeft, tab.offsetLeft - list.offsetLeft + tab.offsetWidth];
    if (start < list.scrollLeft) list.scrollLeft = start;
    else if (end > list.scrollLeft + list.clientWidth) list.scrollLeft = end - list.clientWidth;
  }

  override render(): TemplateResult {
    const { lab, opening, problem } = this;
    const theme = storedTheme();
    return html`
      <header class="top">
        <div class="brand">
          <h1>Convscope</h1>
          <p class="lead">See what a convolutional network looks at, computed live on your own machine.</p>
        </div>
        <div class="tools">
          <button type="button" class="quiet" @click=${() => (this.isTouring = true)}>Tour</button>
          <button
            type="button"
            class="quiet"
            name="theme"
            @click=${() => {
              applyTheme(themeAfter(theme));
              this.requestUpdate();
            }}
          >
            Theme: ${theme}
          </button>
          ${lab === undefined ? nothing : html`<lab-share .lab=${lab}></lab-share>`}
        </div>
        ${modelBar(
          { lab, opening, problem },
          {
            openFiles: (files) => void this.#takeFiles(files),
            openAddress: (url) => void this.#openReference({ kind: 'url', url }),
            cancel: () => this.#change.abort(),
            openOwn: (name) => void this.#openReference({ kind: 'zoo', name }),
            choosePreset: (name) => void this.#choosePreset(name),
          },
        )}
      </header>
      <main>
        ${
          this.failure === undefined
            ? this.#content()
            : html`${failureCard(failureWords(this.failure), () => void this.#start())} ${this.#training ?? nothing}`
        }
      </main>
      <footer class="muted">
        Everything on this page is computed by your own machine; your pictures and models are sent nowhere.
      </footer>
      ${this.isTouring && lab !== undefined ? this.#tour(lab) : nothing}
      ${this.#drop.isOver ? html`<p class="drop-here">Drop a model, a picture or a list of class names</p>` : nothing}
      <p class="visually-hidden" role="status" aria-live="polite">${lab === undefined ? '' : announcement(lab)}</p>
    `;
  }

  #content(): TemplateResult {
    const { lab, asked } = this;
    const question = askedCard(asked, {
      openFiles: (files) => void this.#takeFiles(files),
      openAddress: (reference) => void this.#openReference(reference),
      goOn: () => this.#goOn(),
    });
    if (lab === undefined) {
      return html`${question}${asked.model === undefined ? html`<p class="opening muted">Loading the network …</p>` : nothing}`;
    }
    if (lab.state.view === 'training') this.#training ??= document.createElement('cs-training-view');
    if (this.#training !== undefined) this.#training.input = lab.input;
    const setInput = (input: InputReference | undefined, file: File | undefined): void => {
      this.#picture = file;
      if (this.asked.input !== undefined) this.asked = { ...this.asked, input: undefined };
      if (input !== undefined) lab.change({ input });
    };
    return html`${question}
      <div class="lab">
        <div class="side">${inputCard(lab, setInput)} ${lab.hasClasses ? scoresCard(lab) : nothing}</div>
        <div class="views" @checkpoint=${this.#useTrained}>${tabs(lab, this.#training)}</div>
      </div>`;
  }

  #tour(lab: Lab): TemplateResult {
    return html`<lab-tour
      .onView=${(view: ViewName) => lab.change({ view })}
      .onEnd=${() => {
        this.isTouring = false;
        this.querySelector<HTMLElement>('.tools button')?.focus();
      }}
    ></lab-tour>`;
  }

  readonly #start = async (): Promise<void> => {
    const before = this.lab;
    this.#wanted = before?.state ?? { ...firstState, ...readAddress(location.hash) };
    this.lab = undefined;
    before?.dispose();
    this.failure = undefined;
    const signal = this.#begin();
    try {
      // Before the weights are loaded: without a device they would be of no use.
      await sharedDevice();
      if (before !== undefined) await this.#use(before.opened, signal);
      else await this.#openWanted(signal);
    } catch (error) {
      if (!isCancelled(error)) this.failure = error;
    }
  };

  /** Opens what the address asks for. What only the user has is asked for. */
  async #openWanted(signal: AbortSignal): Promise<void> {
    const { model, input } = this.#wanted;
    const isKnown = model.kind !== 'zoo' || modelNames.includes(model.name);
    if (!isKnown) this.problem = `There is no network ${model.kind === 'zoo' ? model.name : ''} here; this is digits.`;
    const needsInput = input?.kind === 'file' ? input : undefined;
    const needsModel = model.kind === 'file' || (model.kind === 'url' && !isOwnServer(model.url)) ? model : undefined;
    this.asked = { model: needsModel, input: needsInput };
    if (needsModel !== undefined) return;
    const lacking = input?.kind === 'url' ? await this.#fetchPicture(input.url, signal) : undefined;
    if (model.kind === 'url') await this.#openReference(model);
    else await this.#use(await ownModel(isKnown && model.kind === 'zoo' ? model.name : 'digits'), signal);
    this.problem ??= lacking;
  }

  /**
   * Takes a picture of this page's own server; those of others are not fetched, since a link is a stranger's text.
   * Gives what went wrong, in words.
   */
  async #fetchPicture(address: string, signal: AbortSignal): Promise<string | undefined> {
    if (!isOwnServer(address)) return 'The link’s picture is on another server: save it and drop it here.';
    try {
      this.#picture = await fetchFile(address, { signal });
      return undefined;
    } catch (error) {
      if (isCancelled(error)) throw error;
      return messageOf(error);
    }
  }

  #goOn(): void {
    this.asked = {};
    if (this.lab !== undefined) return;
    this.#wanted = { ...firstState, view: this.#wanted.view };
    void this.#openReference(firstState.model);
  }

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

  /** A model with the files of its weights, class names and a picture may come together. */
  async #takeFiles(files: readonly File[]): Promise<void> {
    const { model, beside, labels, picture = model === undefined ? files[0] : undefined } = sortFiles(files);
    const main = model ?? labels;
    if (main !== undefined) {
      await this.#attempt(main.name, async (signal) => {
        if (model !== undefined) await this.#openFile(model, signal, { beside });
        const { lab } = this;
        if (labels === undefined || lab === undefined || signal.aborted) return;
        await this.#use(chooseLabels(lab.opened, await readLabels(labels), labels.name), signal);
        this.lab?.change({ labels: undefined });
      });
    }
    if (picture === undefined || picture === main) return;
    this.#picture = picture;
    await this.updateComplete;
    await this.querySelector<CsImageInput>('cs-image-input')?.openFile(picture);
  }

  async #openFile(
    file: File,
    signal: AbortSignal,
    { from, beside = [] }: { readonly from?: ModelReference; readonly beside?: readonly File[] },
  ): Promise<void> {
    const reference = from ?? { kind: 'file', name: file.name, hash: await fileHash(file) };
    const besideIt = from?.kind === 'url' ? fetchBeside(from.url, signal) : undefined;
    const model = await openModelFile(file, signal, beside, besideIt);
    const { model: asked } = this.asked;
    await this.#use({ model, original: model, fileName: file.name, reference }, signal);
    if (signal.aborted || asked?.kind !== 'file') return;
    this.asked = { input: this.asked.input };
    if (reference.kind === 'file' && reference.hash !== asked.hash) {
      this.problem = `${file.name} is another file than the link was made with (${asked.name}): what you see may differ.`;
    }
  }

  /** A checkpoint of a training in the page, in place of the network that was shown. */
  readonly #useTrained = async ({ detail: { model } }: CustomEvent<{ readonly model: Model }>): Promise<void> => {
    await this.#attempt(model.name, async (signal) => {
      const fileName = `${model.name}.safetensors`;
      const hash = await fileHash(new Blob([writeCheckpoint(model) as Uint8Array<ArrayBuffer>]));
      const reference: ModelReference = { kind: 'file', name: fileName, hash };
      await this.#use({ model, original: model, fileName, reference }, signal);
      this.lab?.change({ view: 'overview' });
    });
  };

  async #openReference(reference: ModelReference): Promise<void> {
    if (reference.kind === 'zoo') {
      this.#picture = undefined;
      await this.#attempt(reference.name, async (signal) => this.#use(await ownModel(reference.name), signal));
    } else if (reference.kind === 'url') {
      await this.#attempt(reference.url, async (signal) => {
        const onProgress = (bytes: number, of: number | undefined): void => {
          const megabytes = (size: number): string => (size / 1e6).toFixed(1);
          this.opening = `${reference.url}: ${megabytes(bytes)}${of === undefined ? '' : ` of ${megabytes(of)}`} MB`;
        };
        await this.#openFile(await fetchFile(reference.url, { signal, onProgress }), signal, { from: reference });
        if (!signal.aborted) this.asked = { input: this.asked.input };
      });
    }
  }

  async #choosePreset(name: string): Promise<void> {
    const opened = this.lab?.opened;
    if (opened === undefined) return;
    await this.#attempt(opened.model.name, async (signal) => this.#use(choosePreset(opened, name), signal));
  }

  /** Shows this network in place of the one before, which is there until the new one stands. */
  async #use(given: OpenedModel, signal: AbortSignal): Promise<void> {
    const before = this.lab;
    const wanted = before?.state ?? this.#wanted;
    let opened = before === undefined && wanted.preset !== undefined ? choosePreset(given, wanted.preset) : given;
    if (before === undefined && wanted.labels !== undefined) {
      const labelled = await withLabelsFrom(wanted.labels, opened, signal);
      opened = labelled.opened;
      this.problem ??= labelled.problem;
    }
    const samples = await samplesFor(opened.model);
    const isSame = before === undefined || opened.original === before.opened.original;
    const { tensor, reference } = await chooseInput({
      model: opened.model,
      samples,
      wanted: wanted.input,
      picture: this.#picture,
      before,
      signal,
    });
    if (signal.aborted) return;
    const kept = isSame ? wanted : { ...firstState, ...wayOfLooking(wanted) };
    const lab = await Lab.open({
      opened,
      samples,
      input: tensor,
      state: { ...kept, model: opened.reference, preset: opened.preset, input: this.asked.input ?? reference },
      onFailure: (error) => (this.failure = error),
    });
    if (signal.aborted) {
      lab.dispose();
      return;
    }
    lab.subscribe(() => {
      this.requestUpdate();
      this.#address.show(lab.state);
    });
    this.#address.show(lab.state);
    this.lab = lab;
    await this.updateComplete;
    before?.dispose();
  }

  readonly #onAddress = (): void => {
    if (this.#address.isOwn(location.hash)) return;
    this.lab?.dispose();
    this.lab = undefined;
    this.#picture = undefined;
    void this.#start();
  };
}

async function ownModel(name: string): Promise<OpenedModel> {
  const model = await loadModel(name);
  return { model, original: model, reference: { kind: 'zoo', name } };
}

/** What stays when another network comes: the view and how maps are drawn, not layers and classes. */
function wayOfLooking({ view, method, wallScale, opacity, isSmooth, tiles }: LabState): Partial<LabState> {
  return { view, method, wallScale, opacity, isSmooth, tiles: tiles.map(({ method: name }) => ({ method: name })) };
}

declare global {
  interface HTMLElementTagNameMap {
    'cs-page': CsPage;
  }
}
