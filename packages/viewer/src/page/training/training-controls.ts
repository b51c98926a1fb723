import { html, nothing, type TemplateResult } from 'lit';
import { percentText } from '../../shared/number-text.ts';
import type { FolderFile } from './dropped-files.ts';
import type { KeptTraining } from './kept-training.ts';
import type { TrainingRun } from './training-run.ts';

export type SourceName = 'digits' | 'shapes' | 'files';

/** What the controls show. */
export interface ControlsView {
  readonly run: TrainingRun | undefined;
  readonly source: SourceName;
  readonly files: readonly FolderFile[];
  readonly recipe: string;
  readonly recipes: readonly string[];
  readonly epochs: number;
  readonly kept: KeptTraining | undefined;
}

export interface ControlsActions {
  readonly chooseSource: (source: SourceName) => void;
  readonly chooseFolder: (files: FileList) => void;
  readonly chooseRecipe: (name: string) => void;
  readonly chooseEpochs: (epochs: number) => void;
  readonly start: () => void;
  readonly goOn: () => void;
  readonly forget: () => void;
}

const SOURCES: readonly (readonly [SourceName, string])[] = [
  ['digits', 'digits, drawn by code'],
  ['shapes', 'shapes in colour, drawn by code'],
  ['files', 'a folder of your own'],
];

/** Data, recipe and the buttons of a training. */
export function trainingControls(view: ControlsView, actions: ControlsActions): TemplateResult {
  const { run, source, files, kept } = view;
  const isRunning = run !== undefined && ['preparing', 'training', 'paused'].includes(run.status);
  return html`
    ${
      kept === undefined || isRunning
        ? nothing
        : html`<div class="offer" role="status">
            <p>
              A training by the recipe <strong>${kept.checkpoint.training.recipe.name}</strong> was left at step
              <span class="number">${kept.checkpoint.training.step}</span>.
            </p>
            <button type="button" class="primary" name="go-on" @click=${actions.goOn}>Go on</button>
            <button type="button" name="forget" @click=${actions.forget}>Forget it</button>
          </div>`
    }
    <div class="fields">
      <label
        >Data set
        <select
          name="source"
          ?disabled=${isRunning}
          @change=${(event: Event) => actions.chooseSource((event.target as HTMLSelectElement).value as SourceName)}
        >
          ${SOURCES.map(([name, title]) => html`<option value=${name} .selected=${name === source}>${title}</option>`)}
        </select>
      </label>
      <label
        >Recipe
        <select
          name="recipe"
          ?disabled=${isRunning}
          @change=${(event: Event) => actions.chooseRecipe((event.target as HTMLSelectElement).value)}
        >
          ${view.recipes.map((name) => html`<option .selected=${name === view.recipe}>${name}</option>`)}
        </select>
      </label>
      <label
        >Epochs
        <input
          type="number"
          name="epochs"
          min="1"
          max="1000"
          .value=${String(view.epochs)}
          ?disabled=${isRunning}
          @change=${(event: Event) => actions.chooseEpochs(Number((event.target as HTMLInputElement).value))}
        />
      </label>
    </div>
    ${source === 'files' && !isRunning ? folderField(files, actions) : nothing}
    <div class="buttons">${buttons(view, actions, isRunning)}</div>
    ${run === undefined ? nothing : progress(run)}
  `;
}

function folderField(files: readonly FolderFile[], actions: ControlsActions): TemplateResult {
  return html`<div class="folder">
    <p>
      Drop a folder here or choose one: MNIST’s or Fashion-MNIST’s four IDX files (with <code>labels.txt</code>, where
      the classes have names), CIFAR-10’s binary files, or PNG and JPEG files in one sub-folder a class.
    </p>
    <label class="file"
      >Choose a folder
      <input
        type="file"
        name="folder"
        webkitdirectory
        multiple
        @change=${(event: Event) => {
          const { files: chosen } = event.target as HTMLInputElement;
          if (chosen !== null) actions.chooseFolder(chosen);
        }}
      />
    </label>
    ${files.length === 0 ? nothing : html`<span class="number">${files.length} files</span>`}
  </div>`;
}

function buttons({ run, source, files }: ControlsView, actions: ControlsActions, isRunning: boolean): TemplateResult {
  if (!isRunning || run === undefined) {
    const lacksFiles = source === 'files' && files.length === 0;
    return html`<button type="button" class="primary" name="start" ?disabled=${lacksFiles} @click=${actions.start}>
      Start training
    </button>`;
  }
  return html`${
      run.status === 'paused'
        ? html`<button type="button" class="primary" name="resume" @click=${() => run.resume()}>Resume</button>`
        : html`<button
            type="button"
            class="primary"
            name="pause"
            ?disabled=${run.status === 'preparing'}
            @click=${() => run.pause()}
          >
            Pause
          </button>`
    } <button type="button" name="cancel" @click=${() => run.cancel()}>Cancel</button>`;
}

function progress(run: TrainingRun): TemplateResult {
  const accuracy = run.curves.accuracies.at(-1)?.value;
  return html`<div class="progress">
      <progress max=${run.steps} .value=${run.step} aria-label="Steps of the training"></progress>
      <p class="number" role="status">
        ${STATUS[run.status]}, step ${run.step} of
        ${run.steps}${
          accuracy === undefined ? nothing : html`, held-out accuracy <strong>${percentText(accuracy)}</strong>`
        }
      </p>
    </div>
    ${run.problem === undefined ? nothing : html`<p class="failure" role="alert">${run.problem}</p>`}
    ${run.remark === undefined ? nothing : html`<p class="muted" role="status">${run.remark}</p>`}`;
}

const STATUS = {
  preparing: 'Making the pictures',
  training: 'Training',
  paused: 'Paused',
  done: 'Done',
  cancelled: 'Cancelled',
  failed: 'Stopped',
} as const;
