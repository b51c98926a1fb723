import { presetNames, withLabels, withPreprocessing, type Model, type PresetName } from '@convscope/formats';
import { valueOf } from '@convscope/gpu-engine/graph';
import type { ModelReference } from './state/lab-state.ts';

/** The network that the page shows, and what the user chose about it. */
export interface OpenedModel {
  /** With the chosen preprocessing and labels. */
  readonly model: Model;
  /** As the file has it. */
  readonly original: Model;
  /** Where it comes from. */
  readonly reference: ModelReference;
  /** None for the networks that come with the page. */
  readonly fileName?: string;
  /** A preset that the user chose in place of what the file says. */
  readonly preset?: PresetName;
  /** Where the class names come from, if not from the file. */
  readonly labelsName?: string;
}

/** What a file's network takes pictures by, unless told: a preset's name, or nothing where the file says it itself. */
export function presetOf({ original }: OpenedModel): PresetName | undefined {
  const note = original.notes.get('preprocessing')?.split(' (')[0];
  return presetNames.find((name) => name === note);
}

export function isPresetGuessed({ original, preset }: OpenedModel): boolean {
  return preset === undefined && original.notes.get('preprocessing')?.includes('guess') === true;
}

/** With another preset; an unknown name stands for what the file says. */
export function choosePreset(opened: OpenedModel, name: string): OpenedModel {
  const { original, model, preset: _, ...rest } = opened;
  const preset = presetNames.find((known) => known === name);
  const base = { ...model, preprocessing: original.preprocessing, notes: original.notes };
  if (preset === undefined) return { ...rest, original, model: base };
  return { ...rest, original, model: withPreprocessing(base, preset), preset };
}

/** With other class names. Throws `invalid-parameter` where there is not one a class. */
export function chooseLabels(opened: OpenedModel, labels: readonly string[], labelsName: string): OpenedModel {
  return { ...opened, model: withLabels(opened.model, labels), labelsName };
}

function parameterCount({ parameters }: Model): number {
  return [...parameters.values()].reduce((sum, { data }) => sum + data.length, 0);
}

export function classCount({ graph, logits }: Model): number | undefined {
  const [, classes] = valueOf(graph, logits).shape;
  return typeof classes === 'number' ? classes : undefined;
}

/** What people call the network. */
export function nameOf({ fileName, model }: OpenedModel): string {
  return fileName?.replace(/\.[a-z0-9]+$/i, '') ?? model.name;
}

export function modelFacts(model: Model): string {
  return `${parameterCount(model).toLocaleString('en')} parameters · ${sizeText(model)}`;
}

export function sizeText({ preprocessing: { channels, height, width } }: Model): string {
  return `takes ${channels} × ${height} × ${width}`;
}
