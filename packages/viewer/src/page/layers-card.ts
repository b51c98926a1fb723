import { html, nothing, type TemplateResult } from 'lit';
import type { Layer, Unit } from '@convscope/xai';
import { numberText } from '../shared/number-text.ts';
import type { Explorer } from './explorer.ts';
import { remarks } from './remarks.ts';

/** The feature maps of a layer, and what one of its units saw. */
export function layersCard(
  explorer: Explorer,
  { opacity, onUnit }: { readonly opacity: number; readonly onUnit: (event: CustomEvent<Unit>) => void },
): TemplateResult {
  const { wishes, findings, session, layers } = explorer;
  const stages = layers.filter(({ suggested }) => suggested);
  const steps = layers.filter(({ suggested }) => !suggested);
  const { maps, unitPicture, unitValue } = findings;
  const unit = unitPicture !== undefined && unitPicture.layer === wishes.layer ? unitPicture.units?.[0] : undefined;
  const option = (layer: Layer): TemplateResult =>
    html`<option value=${layer.name} ?selected=${layer.name === wishes.layer}>${layerText(layer)}</option>`;
  const marked = wishes.unit === undefined || wishes.unit.channel === unit?.channel ? unit : wishes.unit;
  return html`<section class="card layers-card" aria-labelledby="layers-title">
    <div class="layers-head">
      <h2 id="layers-title">What a layer sees</h2>
      <label
        >Layer
        <select
          name="layer"
          @change=${(event: Event) => explorer.wish({ layer: (event.target as HTMLSelectElement).value, unit: undefined })}
        >
          ${stages.length === 0 ? nothing : html`<optgroup label="Stages">${stages.map(option)}</optgroup>`}
          ${steps.length === 0 ? nothing : html`<optgroup label="Steps on the way">${steps.map(option)}</optgroup>`}
        </select>
      </label>
    </div>
    <div class="layers">
      <div>
        <p class="muted">
          One map a channel, all on one scale. Click a map for the unit that fired most in it; click again inside it for
          an exact position.
        </p>
        <cs-feature-maps .explanation=${maps} .unit=${marked} @unit=${onUnit}></cs-feature-maps>
      </div>
      <div class="unit">
        <h3>
          ${unit === undefined ? 'What a unit saw' : html`What <em>${wishes.layer}, channel ${unit.channel}</em> saw`}
        </h3>
        <cs-heatmap
          class="unit-picture"
          .explanation=${unitPicture}
          .input=${findings.input}
          .preprocessing=${session.model.preprocessing}
          .opacity=${opacity}
          interpolation="nearest"
          label=${`Deconvnet reconstruction of ${wishes.layer}, channel ${unit?.channel ?? ''}`}
        ></cs-heatmap>
        ${unit === undefined ? nothing : unitText(unit, unitValue)} ${remarks(unitPicture?.remarks)}
      </div>
    </div>
  </section>`;
}

function layerText({ name, shape: [channels, height, width] }: Layer): string {
  return `${name}: ${channels} maps of ${height} × ${width}`;
}

function unitText({ channel, y, x }: Unit, value: number | undefined): TemplateResult {
  return html`<p class="unit-text">
    channel
    ${channel}${y === undefined ? '' : `, row ${y}, column ${x}`}${value === undefined ? '' : html`: value <strong>${numberText(value)}</strong>`}
  </p>`;
}
