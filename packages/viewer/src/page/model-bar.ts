import { html, nothing, type TemplateResult } from 'lit';
import { presetNames } from '@convscope/formats';
import type { GpuDevice } from '@convscope/gpu-engine';
import { modelNames } from '@convscope/zoo';
import type { Lab } from './lab/lab.ts';
import type { LayerDetail } from './model-file/cs-coverage-card.ts';
import { classCount, isPresetGuessed, nameOf, presetOf, sizeText, type OpenedModel } from './opened-model.ts';

export interface ModelBarState {
  readonly lab: Lab | undefined;
  /** What is being opened, with how much of it is here. */
  readonly opening: string | undefined;
  /** Why the last file could not be used. */
  readonly problem: string | undefined;
}

export interface ModelBarActions {
  /** A model with the files of its weights, or a list of class names. */
  readonly openFiles: (files: readonly File[]) => void;
  readonly openAddress: (address: string) => void;
  readonly cancel: () => void;
  readonly openOwn: (name: string) => void;
  readonly choosePreset: (name: string) => void;
}

/** The network's name, what it takes, and the ways to another one. */
export function modelBar(state: ModelBarState, actions: ModelBarActions): TemplateResult {
  const { lab, opening, problem } = state;
  const opened = lab?.opened;
  return html`<div class="model">
      <p class="model-name" data-name=${opened === undefined ? '' : nameOf(opened)}>
        <label class="field inline"
          >Network
          <select name="model" @change=${(event: Event) => actions.openOwn((event.target as HTMLSelectElement).value)}>
            ${
              opened?.fileName === undefined
                ? nothing
                : html`<option value="" selected disabled>${nameOf(opened)}</option>`
            }
            ${modelNames.map(
              (name) =>
                html`<option value=${name} ?selected=${opened?.fileName === undefined && opened?.model.name === name}>
                  ${name}
                </option>`,
            )}
          </select>
        </label>
        ${fileButton('model', 'Open a model file', undefined, actions.openFiles)} ${addressMenu(actions)}
      </p>
      <p class="facts muted">
        ${opened === undefined ? 'an .onnx file, or a Convscope checkpoint' : `${sizeText(opened.model)}${adapterText(lab?.device)}`}
      </p>
    </div>
    ${
      opening === undefined
        ? nothing
        : html`<p class="opening-file" role="status">
            Opening <strong>${opening}</strong> …
            <button type="button" class="quiet" @click=${actions.cancel}>Cancel</button>
          </p>`
    }
    ${problem === undefined ? nothing : html`<p class="problem model-problem" role="alert">${problem}</p>`}
    ${opened?.fileName === undefined ? nothing : settings(opened, actions)}
    ${
      lab === undefined
        ? nothing
        : html`<cs-coverage-card
              .coverage=${lab.coverage}
              @layer=${({ detail }: CustomEvent<LayerDetail>) => showLayer(lab, detail.layer)}
            ></cs-coverage-card>
            <cs-kernel-card
              .lab=${lab}
              @change=${() => actions.choosePreset(lab.opened.preset ?? '')}
            ></cs-kernel-card>`
    }`;
}

function showLayer(lab: Lab, layer: string): void {
  const isShown = lab.layers.some(({ name }) => name === layer);
  if (isShown) lab.change({ layer, unit: undefined, view: 'activations' });
}

function addressMenu(actions: ModelBarActions): TemplateResult {
  return html`<details class="menu">
    <summary class="quiet">from an address</summary>
    <form
      class="menu-panel card"
      @submit=${(event: SubmitEvent) => {
        event.preventDefault();
        const form = event.currentTarget as HTMLFormElement;
        const field = form.elements.namedItem('address');
        if (field instanceof HTMLInputElement) actions.openAddress(field.value);
        form.closest('details')?.removeAttribute('open');
      }}
    >
      <label class="field"
        >Address of a model file
        <input type="url" name="address" required placeholder="https://" pattern="https?://.+" />
        <small class="muted">its server is asked for the file, and for nothing else</small>
      </label>
      <button class="primary">Open</button>
    </form>
  </details>`;
}

function adapterText(device: GpuDevice | undefined): string {
  if (device === undefined) return '';
  const { vendor, architecture, description } = device.adapter;
  return ` · on ${description || [vendor, architecture].filter(Boolean).join(' ') || 'WebGPU'}`;
}

function settings(opened: OpenedModel, actions: ModelBarActions): TemplateResult {
  const { model, original } = opened;
  const given = presetOf(opened);
  const chosen = opened.preset ?? given;
  const classes = classCount(model);
  // The note begins with the name of the value that is read in its place.
  const stripped = original.notes.get('logits')?.replace(/^.*: /, '');
  return html`<div class="settings">
    <label
      >Preprocessing
      <select
        name="preset"
        @change=${(event: Event) => actions.choosePreset((event.target as HTMLSelectElement).value)}
      >
        ${
          given === undefined
            ? html`<option value="" ?selected=${chosen === undefined}>as the file says</option>`
            : nothing
        }
        ${presetNames.map((name) => html`<option value=${name} ?selected=${name === chosen}>${name}</option>`)}
      </select>
      ${isPresetGuessed(opened) ? html`<span class="muted">a guess; change it if the answers look wrong</span>` : nothing}
    </label>
    <span class="labels"
      >Class names
      ${fileButton('labels', model.labels.length > 0 ? 'Change' : 'Open a list', '.txt,.labels,.names', actions.openFiles)}
      <span class="muted">${labelsText(opened, classes)}</span>
    </span>
    ${stripped === undefined ? nothing : html`<p class="stripped muted">${stripped}.</p>`} ${notes(original.notes)}
  </div>`;
}

function labelsText({ model, labelsName }: OpenedModel, classes: number | undefined): string {
  if (model.labels.length === 0)
    return `none: classes are numbered${classes === undefined ? '' : `, 0 to ${classes - 1}`}`;
  return `${model.labels.length} from ${labelsName ?? 'the file'}`;
}

const MOST_NOTES = 30;
const LONGEST_NOTE = 300;

function notes(all: ReadonlyMap<string, string>): TemplateResult {
  return html`<details>
    <summary>About this file</summary>
    <dl>
      ${[...all].slice(0, MOST_NOTES).map(
        ([name, text]) =>
          html`<dt>${name}</dt>
            <dd>${text.length > LONGEST_NOTE ? `${text.slice(0, LONGEST_NOTE)} …` : text}</dd>`,
      )}
    </dl>
  </details>`;
}

function fileButton(
  name: string,
  text: string,
  accept: string | undefined,
  open: (files: readonly File[]) => void,
): TemplateResult {
  const choose = (event: Event): void => {
    const field = (event.currentTarget as HTMLElement).nextElementSibling;
    if (field instanceof HTMLInputElement) field.click();
  };
  const take = (event: Event): void => {
    const field = event.target as HTMLInputElement;
    open([...(field.files ?? [])]);
    field.value = '';
  };
  return html`<button type="button" class="secondary" @click=${choose}>${text}</button
    ><input
      class="visually-hidden"
      type="file"
      name=${name}
      tabindex="-1"
      aria-hidden="true"
      accept=${accept ?? nothing}
      multiple
      @change=${take}
    />`;
}
