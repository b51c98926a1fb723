import { html, nothing, type TemplateResult } from 'lit';
import { methodApplies, type Layer, type Method } from '@convscope/xai';
import { numberText } from '../../shared/number-text.ts';
import type { Lab } from './lab.ts';
import type { Slot } from './slot.ts';

/** What a method says about its own result. */
export function remarks(lines: readonly string[] | undefined): TemplateResult | typeof nothing {
  if (lines === undefined || lines.length === 0) return nothing;
  return html`<ul class="remarks">
    ${lines.map((line) => html`<li>${line}</li>`)}
  </ul>`;
}

/** How far a slot's work is, or why it ended. */
export function slotState(slot: Slot): TemplateResult | typeof nothing {
  if (slot.problem !== undefined) return html`<p class="problem" role="alert">${slot.problem}</p>`;
  if (slot.status !== 'working') return nothing;
  return html`<progress class="thin" max="1" .value=${slot.progress} aria-label="computing"></progress>`;
}

export function citation({ paper: { authors, year, title, arxiv } }: Method): TemplateResult {
  const text = `${authors.split(',')[0]}${authors.includes(',') ? ' et al.' : ''} ${year}`;
  return html`<p class="citation muted" title=${title}>
    ${arxiv === undefined ? text : html`<a href=${`https://arxiv.org/abs/${arxiv}`} rel="noreferrer">${text}</a>`}
  </p>`;
}

/** Figures by which a result can be judged: `completeness gap: 0.0012`. */
export function measuresText(measures: object | undefined): string {
  return Object.entries(measures ?? {})
    .map(([name, value]) => {
      const figure: unknown = Array.isArray(value) ? value[0] : value;
      return `${name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()} ${numberText(Number(figure))}`;
    })
    .join(' · ');
}

/** The choice of the layer that the views look at. */
export function layerSelect(lab: Lab, id: string): TemplateResult {
  return html`<label class="field inline" for=${id}
    >Layer
    <select
      id=${id}
      name="layer"
      @change=${(event: Event) => lab.change({ layer: (event.target as HTMLSelectElement).value, unit: undefined })}
    >
      ${layerOptions(lab, lab.state.layer)}
    </select>
  </label>`;
}

/** Stages first, then the steps on the way. */
export function layerOptions(lab: Lab, chosen: string | undefined): TemplateResult {
  const stages = lab.layers.filter(({ suggested }) => suggested);
  const steps = lab.layers.filter(({ suggested }) => !suggested);
  const option = (layer: Layer): TemplateResult =>
    html`<option value=${layer.name} ?selected=${layer.name === chosen}>${layerText(layer)}</option>`;
  return html`
    ${stages.length === 0 ? nothing : html`<optgroup label="Stages">${stages.map(option)}</optgroup>`}
    ${steps.length === 0 ? nothing : html`<optgroup label="Steps on the way">${steps.map(option)}</optgroup>`}
  `;
}

/** Methods to choose from; those that do not fit the network are disabled and say so. */
export function methodOptions(
  lab: Lab,
  methods: readonly Method[],
  chosen: string | undefined,
): readonly TemplateResult[] {
  return methods.map((method) => {
    const reason = methodApplies(method, lab.model);
    const text = reason === undefined ? method.title : `${method.title}: not for this network`;
    return html`<option value=${method.name} ?selected=${method.name === chosen} ?disabled=${reason !== undefined}>
      ${text}
    </option>`;
  });
}

function layerText({ name, shape: [channels, height, width] }: Layer): string {
  return `${name}: ${channels} maps of ${height} × ${width}`;
}

export function noLayers(): TemplateResult {
  return html`<section class="card">
    <p>This network has no feature maps, so there is nothing to show here.</p>
  </section>`;
}

export function noInput(): TemplateResult {
  return html`<section class="card waiting-card" aria-labelledby="waiting-title">
    <h2 id="waiting-title">The network is ready. Now it needs a picture.</h2>
    <p>
      Drop one anywhere on the page, or open one: you see what the network says, why, and what its layers make of it.
    </p>
  </section>`;
}
