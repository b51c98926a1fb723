import { html, nothing, type TemplateResult } from 'lit';
import { methodNamed } from '@convscope/xai';
import { citation, layerSelect, noInput, noLayers, remarks, slotState } from '../lab/fragments.ts';
import { isMap } from '../lab/kind.ts';
import { LabElement } from '../lab/lab-element.ts';
import { methodsOf } from '../lab/method-families.ts';
import { Slot } from '../lab/slot.ts';
import { opacityField } from '../lab/view-settings.ts';

/** What the strongest units of a layer saw, and all of them overlaid where a method does that. */
export class LabDeconvnet extends LabElement {
  readonly #overlay = new Slot(this);

  override render(): TemplateResult {
    const { lab } = this;
    const { layer } = lab.state;
    if (lab.input === undefined) return noInput();
    if (layer === undefined) return noLayers();
    const usable = methodsOf('attribution').filter(({ explains }) => explains.includes('unit'));
    const method = usable.find(({ name }) => name === lab.state.unitMethod) ?? methodNamed('deconvnet');
    const overlay = methodsOf('attribution').find(({ name }) => name === 'deconvnet-overlay');
    this.#overlay.show(lab, overlay && { method: overlay.name, layer });
    return html`<section class="card" aria-labelledby="deconvnet-title">
        <div class="card-head">
          <h2 id="deconvnet-title">What the strongest units of <em>${layer}</em> saw</h2>
          ${layerSelect(lab, 'deconvnet-layer')}
          <label class="field inline"
            >by
            <select
              name="unit-method"
              @change=${(event: Event) => lab.change({ unitMethod: (event.target as HTMLSelectElement).value })}
            >
              ${usable.map(({ name, title }) => html`<option value=${name} ?selected=${name === method.name}>${title}</option>`)}
            </select></label
          >
          ${opacityField(lab)}
        </div>
        <p class="muted">
          ${method.summary} Each starts from the one place where its channel fired most; the number is that activation.
        </p>
        <lab-unit-strip class="large" .lab=${lab} .layer=${layer} .method=${method.name} .count=${12}></lab-unit-strip>
        ${method.caveat === undefined ? nothing : remarks([method.caveat])} ${citation(method)}
      </section>
      <lab-top-pictures .lab=${lab} .layer=${layer}></lab-top-pictures>
      ${overlay === undefined ? nothing : this.#overlayCard(layer)}`;
  }

  #overlayCard(layer: string): TemplateResult {
    const { lab } = this;
    const { explanation, input } = this.#overlay;
    return html`<section class="card" aria-labelledby="overlay-title">
      <h2 id="overlay-title">All units of <em>${layer}</em> together</h2>
      ${slotState(this.#overlay)}
      <div class="why">
        ${
          explanation !== undefined && !isMap(explanation)
            ? html`<cs-picture .source=${explanation.tensor} .preprocessing=${lab.model.preprocessing}></cs-picture>`
            : html`<cs-heatmap
                .explanation=${explanation}
                .input=${input}
                .preprocessing=${lab.model.preprocessing}
                .opacity=${lab.opacity}
                interpolation="nearest"
                label=${`Deconvnet of all units of ${layer}`}
              ></cs-heatmap>`
        }
        <div class="about">
          <p>${methodNamed('deconvnet-overlay').summary}</p>
          ${remarks(explanation?.remarks)}
        </div>
      </div>
    </section>`;
  }
}
