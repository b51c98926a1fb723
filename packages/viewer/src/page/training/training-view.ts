import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { Model } from '@convscope/formats';
import type { TensorData } from '@convscope/gpu-engine/graph';
import { layersOf, methodNamed, methods, type Method } from '@convscope/xai';
import { parseRecipe, recipeNamed, recipeNames, type DataSet, type Recipe } from '@convscope/zoo';
import type { InputSample } from '../../elements/image-input/cs-image-input.ts';
import type { CheckpointDetail } from '../../elements/timeline/cs-timeline.ts';
import { emit } from '../../shared/events.ts';
import { messageOf } from '../../shared/failure-words.ts';
import { tokens } from '../../shared/tokens.styles.ts';
import { CheckpointStore } from './checkpoint-store.ts';
import { saveButtons, saveEvolution, type EvolutionFile } from './download.ts';
import { canMakeVideo } from '../share/video-support.ts';
import type { FolderFile } from './dropped-files.ts';
import { evolutionControls } from './evolution-controls.ts';
import { Evolver } from './evolver.ts';
import { filtersCard } from './filters-card.ts';
import { filterTargets } from './filter-targets.ts';
import { allowFileDrop, chosenFiles, filesDropped } from './folder-files.ts';
import { goingOn, kindOfData, LATEST, unfinishedTraining, type KeptTraining } from './kept-training.ts';
import { opfsFiles } from './opfs-files.ts';
import { examplesOf, withOwnInput } from './examples.ts';
import { trainingControls, type SourceName } from './training-controls.ts';
import { loadTrainingData, type DataRequest } from './training-data.ts';
import { shippedTraining, type ShownTraining } from './shown-training.ts';
import { TrainingRun, type RunStart } from './training-run.ts';
import { styles } from './training-view.styles.ts';

export interface TrainingViewEventMap {
  checkpoint: CustomEvent<{ readonly model: Model; readonly parameters: ReadonlyMap<string, TensorData> }>;
}

const OPFS_FOLDER = 'convscope-training';
const EXAMPLES = 120;

/**
 * Trains a network in the page and replays everything that it learned: curves, the filters as they become, and a timeline
 * over the checkpoints with one explanation at each. Until a training has begun it shows that of a shipped network.
 *
 * @element cs-training-view
 * @property {TensorData<'float32'>} input - the page's own input, the first to be explained where the network takes it
 * @fires {CustomEvent<{model: Model, parameters: ReadonlyMap<string, TensorData>}>} checkpoint - to be shown in the page
 */
export class CsTrainingView extends LitElement {
  static override properties = { input: { attribute: false } };
  static override styles = [tokens, styles];

  declare input: TensorData<'float32'> | undefined;
  #source: SourceName = 'digits';
  #files: readonly FolderFile[] = [];
  #recipe: Recipe = recipeNamed('digits');
  #epochs = this.#recipe.epochs;
  #store: CheckpointStore | undefined;
  #kept: KeptTraining | undefined;
  #run: TrainingRun | undefined;
  #shipped: ShownTraining | undefined;
  #isOwnShown = false;
  #index = 0;
  /** The newest checkpoint is shown as it comes, until the user goes back to another. */
  #follows = true;
  #method: Method = methods.gradCam;
  #layer: string | undefined;
  #sample = 0;
  #target: number | undefined;
  #filterLayer: string | undefined;
  #examples: { readonly key: unknown; readonly set: DataSet; readonly samples: readonly InputSample[] } | undefined;
  #problem: string | undefined;
  #hasVideo = false;
  #evolver: Evolver | undefined;
  /** What the search for exciting pictures was last about. */
  #topsKey: readonly unknown[] = [];

  override connectedCallback(): void {
    super.connectedCallback();
    this.#evolver = new Evolver(() => this.requestUpdate());
    // The page's input tells which of the shipped trainings is meant.
    if (this.#run === undefined && this.input?.shape[1] === 3) {
      this.#source = 'shapes';
      this.#take({ recipe: recipeNamed('shapes') });
    }
    void this.#open();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#evolver?.dispose();
    this.#evolver = undefined;
  }

  async #open(): Promise<void> {
    try {
      this.#hasVideo = await canMakeVideo();
      const files = await opfsFiles(OPFS_FOLDER);
      this.#store ??= files && new CheckpointStore(files);
      if (this.#run === undefined && this.#store !== undefined) this.#kept = await unfinishedTraining(this.#store);
      await this.#showShipped();
    } catch (error) {
      this.#fail(error);
    }
    this.requestUpdate();
  }

  /** The training of the network that comes with the chosen data. */
  async #showShipped(): Promise<void> {
    this.#shipped = undefined;
    const shipped = await shippedTraining(this.#source === 'files' ? 'digits' : this.#source);
    this.#shipped = shipped;
    if (shipped !== undefined && !this.#isOwnShown) this.#index = shipped.snapshots.length - 1;
    this.requestUpdate();
  }

  get #shown(): ShownTraining | undefined {
    const run = this.#run;
    if (!this.#isOwnShown || run?.model === undefined) return this.#isOwnShown ? undefined : this.#shipped;
    const { model, snapshots, curves, steps } = run;
    return { model, snapshots, curves, steps, title: 'How your network learns' };
  }

  override render(): TemplateResult {
    const shown = this.#shown;
    if (shown !== undefined) {
      const last = shown.snapshots.length - 1;
      this.#index = this.#follows && this.#isOwnShown ? last : Math.min(this.#index, last);
      void this.#look(shown);
    }
    return html`
      <section class="card train" aria-labelledby="train-title" @dragover=${allowFileDrop} @drop=${this.#onDrop}>
        <h2 id="train-title">Train a network</h2>
        ${trainingControls(
          {
            run: this.#run,
            source: this.#source,
            files: this.#files,
            recipe: this.#recipe.name,
            recipes: recipeNames,
            epochs: this.#epochs,
            kept: this.#kept ?? this.#run?.left,
          },
          {
            chooseSource: (source) => void this.#chooseSource(source),
            chooseFolder: (files) => this.#take({ files: chosenFiles(files) }),
            chooseRecipe: (name) => this.#take({ recipe: recipeNamed(name) }),
            chooseEpochs: (epochs) => {
              this.#epochs = Math.min(1000, Math.max(1, Math.round(epochs) || 1));
              this.requestUpdate();
            },
            start: () => this.#start(),
            goOn: () => this.#goOn(),
            forget: () => void this.#forget(),
          },
        )}
        ${this.#problem === undefined ? nothing : html`<p class="failure" role="alert">${this.#problem}</p>`}
      </section>
      ${shown === undefined ? this.#waiting() : this.#replay(shown)}
    `;
  }

  #waiting(): TemplateResult {
    const words =
      this.#isOwnShown || this.#source === 'shapes' ? 'The first checkpoint appears when training begins.' : '';
    return html`<section class="card"><p class="muted">${words || 'Loading the checkpoints …'}</p></section>`;
  }

  #replay(shown: ShownTraining): TemplateResult {
    const { snapshots, curves, steps } = shown;
    const step = snapshots[this.#index]?.step ?? 0;
    const evolver = this.#evolver;
    const content = evolver?.content;
    return html`
      <section class="card time" aria-labelledby="time-title">
        <div class="head">
          <h2 id="time-title">${shown.title}</h2>
          ${
            this.#run === undefined
              ? nothing
              : html`<button type="button" name="other" @click=${this.#swap}>
                  ${this.#isOwnShown ? 'Show the shipped training' : 'Show your training'}
                </button>`
          }
        </div>
        <cs-timeline
          .steps=${snapshots.map((snapshot) => snapshot.step)}
          .index=${this.#index}
          @checkpoint=${({ detail }: CustomEvent<CheckpointDetail>) => this.#scrub(detail.index)}
        ></cs-timeline>
      </section>
      <section class="card evolution" aria-labelledby="evolution-title">
        <h2 id="evolution-title">What it made of one input</h2>
        ${evolutionControls(
          {
            model: shown.model,
            method: this.#method,
            layer: this.#layer,
            samples: withOwnInput(this.input, shown.model, this.#examples?.samples),
            sample: this.#sample,
            target: this.#target,
          },
          (change) => {
            if (change.method !== undefined) this.#method = methodNamed(change.method);
            if ('layer' in change) this.#layer = change.layer;
            if ('target' in change) this.#target = change.target;
            if (change.sample !== undefined) this.#sample = change.sample;
            this.requestUpdate();
          },
        )}
        ${evolver?.problem === undefined ? nothing : html`<p class="failure" role="alert">${evolver.problem}</p>`}
        <cs-evolution
          .content=${content}
          .steps=${snapshots.map((snapshot) => snapshot.step)}
          .step=${step}
          @step=${({ detail }: CustomEvent<{ readonly step: number }>) => this.#scrubTo(detail.step)}
          ><p class="muted">Looking at the checkpoints …</p></cs-evolution
        >
        <div class="buttons">
          ${saveButtons({ isReady: content !== undefined, hasVideo: this.#hasVideo }, (kind) => void this.#save(kind))}
          <button type="button" name="use" @click=${() => this.#use(shown)}>
            Look at step ${step} in the whole page
          </button>
        </div>
      </section>
      <section class="card curves" aria-labelledby="curves-title">
        <h2 id="curves-title">Curves</h2>
        <cs-training-chart
          .losses=${curves.losses}
          .validationLosses=${curves.validationLosses}
          .accuracies=${curves.accuracies}
          .learningRates=${curves.learningRates}
          .steps=${steps}
          .cursor=${step}
          log-loss
          @step=${({ detail }: CustomEvent<{ readonly step: number }>) => this.#scrubTo(detail.step)}
        ></cs-training-chart>
      </section>
      ${filtersCard(
        { model: shown.model, snapshot: snapshots[this.#index], layer: this.#filterLayer, tops: evolver?.tops },
        (layer) => {
          this.#filterLayer = layer;
          this.#evolver?.forgetTops();
          this.#topsKey = [];
          this.requestUpdate();
        },
      )}
    `;
  }

  /** Has the evolver look at what is shown. */
  async #look(shown: ShownTraining): Promise<void> {
    const examples = await this.#examplesFor(shown);
    const samples = withOwnInput(this.input, shown.model, examples?.samples);
    const sample = samples[this.#sample] ?? samples[0];
    const evolver = this.#evolver;
    if (sample === undefined || examples === undefined || evolver === undefined || shown.snapshots.length === 0) return;
    const layers = layersOf(shown.model.graph).map(({ name }) => name);
    const layer = this.#method.layer === 'none' || !layers.includes(this.#layer ?? '') ? undefined : this.#layer;
    const wish = { input: sample.tensor, method: this.#method.name, layer, target: this.#target };
    evolver.show(shown.model, shown.snapshots, wish, this.#index);
    const targets = filterTargets(shown.model);
    const target = targets.find((candidate) => candidate.layer === this.#filterLayer) ?? targets[0];
    const key = [target?.layer, shown.snapshots[this.#index], evolver.content !== undefined];
    if (target === undefined || target.isDrawable || !key[2] || key.every((item, at) => item === this.#topsKey[at])) {
      return;
    }
    this.#topsKey = key;
    if (!(await evolver.findTops(target.output, examples.set.images, target.channels))) this.#topsKey = [];
  }

  /** Pictures to explain and to search, of the kind that the shown network was trained on. */
  async #examplesFor({ model }: ShownTraining) {
    const key = this.#isOwnShown ? (this.#run?.examples ?? this.#run?.recipe.data) : this.#source;
    if (this.#examples !== undefined && this.#examples.key === key) return this.#examples;
    if (this.#loadingExamples === key) return undefined;
    this.#loadingExamples = key;
    try {
      const own = this.#isOwnShown ? this.#run?.examples : undefined;
      const kind = model.preprocessing.channels === 3 ? 'shapes' : 'digits';
      const request: DataRequest = { kind, trainingCount: 1, validationCount: EXAMPLES };
      const set = own ?? (await loadTrainingData(request, new AbortController().signal)).validation;
      this.#examples = { key, set, samples: examplesOf(set) };
      this.requestUpdate();
    } catch (error) {
      this.#fail(error);
    }
    return this.#examples;
  }

  #loadingExamples: unknown;

  #take({ files, recipe }: { readonly files?: readonly FolderFile[]; readonly recipe?: Recipe }): void {
    if (files !== undefined) this.#files = files;
    if (recipe !== undefined) {
      this.#recipe = recipe;
      this.#epochs = recipe.epochs;
    }
    this.requestUpdate();
  }

  async #chooseSource(source: SourceName): Promise<void> {
    this.#source = source;
    this.#take({ recipe: recipeNamed(source === 'files' ? 'digits' : source) });
    if (source !== 'files' && this.#run === undefined)
      await this.#showShipped().catch((error: unknown) => this.#fail(error));
  }

  #start(): void {
    const recipe = parseRecipe({ ...this.#recipe, epochs: this.#epochs });
    const { trainingCount, validationCount } = recipe;
    const data: DataRequest =
      this.#source === 'files'
        ? { kind: 'files', files: this.#files }
        : { kind: this.#source, trainingCount, validationCount };
    this.#begin({ recipe, data });
  }

  #goOn(): void {
    const kept = this.#kept ?? this.#run?.left;
    if (kept === undefined) return;
    const start = goingOn(kept, this.#files);
    if (start !== undefined) {
      this.#begin(start);
      return;
    }
    this.#source = 'files';
    const kind = kindOfData(kept);
    this.#problem = `The training was on pictures of yours (${kind}): choose their folder again, then go on.`;
    this.requestUpdate();
  }

  #begin(start: RunStart): void {
    this.#kept = undefined;
    this.#problem = undefined;
    this.#isOwnShown = true;
    this.#follows = true;
    this.#run = new TrainingRun(start, this.#store, () => this.requestUpdate());
    void this.#run.run();
    this.requestUpdate();
  }

  async #forget(): Promise<void> {
    this.#kept = undefined;
    if (this.#run !== undefined) this.#run.left = undefined;
    await this.#store?.remove(LATEST).catch((error: unknown) => this.#fail(error));
    this.requestUpdate();
  }

  readonly #swap = (): void => {
    this.#isOwnShown = !this.#isOwnShown;
    this.#follows = this.#isOwnShown;
    this.requestUpdate();
  };

  #scrub(index: number): void {
    this.#index = index;
    this.#follows = index === (this.#shown?.snapshots.length ?? 0) - 1;
    this.requestUpdate();
  }

  #scrubTo(step: number): void {
    const away = (this.#shown?.snapshots ?? []).map((snapshot) => Math.abs(snapshot.step - step));
    this.#scrub(Math.max(0, away.indexOf(Math.min(...away))));
  }

  async #save(kind: EvolutionFile): Promise<void> {
    const content = this.#evolver?.content;
    if (content === undefined) return;
    await saveEvolution(content, `${content.model.name}-${this.#method.name}`, kind).catch((error: unknown) =>
      this.#fail(error),
    );
  }

  #use({ model, snapshots }: ShownTraining): void {
    const snapshot = snapshots[this.#index];
    if (snapshot === undefined) return;
    const { step, parameters } = snapshot;
    const detail = { model: { ...model, name: `${model.name}, step ${step}`, parameters }, parameters };
    emit<TrainingViewEventMap, 'checkpoint'>(this, 'checkpoint', detail, { bubbles: true });
  }

  #fail(error: unknown): void {
    this.#problem = messageOf(error);
    this.requestUpdate();
  }

  readonly #onDrop = (event: DragEvent): void => {
    if (event.dataTransfer === null) return;
    event.preventDefault();
    event.stopPropagation();
    this.#source = 'files';
    filesDropped(event.dataTransfer).then(
      (files) => this.#take({ files }),
      (error: unknown) => this.#fail(error),
    );
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'cs-training-view': CsTrainingView;
  }
}
