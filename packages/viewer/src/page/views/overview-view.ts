import { html, nothing, type TemplateResult } from 'lit';
import { methodNamed, type Unit } from '@convscope/xai';
import { citation, layerSelect, measuresText, methodOptions, noInput, remarks, slotState } from '../lab/fragments.ts';
import { LabElement } from '../lab/lab-element.ts';
import { methodsOf } from '../lab/method-families.ts';
import { Slot } from '../lab/slot.ts';
import { isSmoothFor, viewSettings } from '../lab/view-settings.ts';
import { numberText } from '../../shared/number-text.ts';
import { MapValues } from '../../drawing/map-values.ts';

/** The methods that are one click away; all others are in a list. */
const MAIN = ['grad-cam', 'guided-backprop', 'gradient', 'deconvnet'];

/** The first view: why the network says what it says, and what a layer in its middle sees. */
export class LabOverview extends LabElement {
  readonly #why = new Slot(this);
  readonly #maps = new Slot(this);
  readonly #unit = new Slot(this);
  #unitValue: number | undefined;
  #valued: unknown;

  override render(): TemplateResult {
    const { lab } = this;
    if (lab.input === undefined) return noInput();
    const { method, layer, unit } = lab.state;
    if (lab.hasClasses) this.#why.show(lab, { method, target: lab.state.target });
    if (layer !== undefined) {
      this.#maps.show(lab, { method: 'feature-maps', layer });
      this.#unit.show(lab, { method: 'deconvnet', layer, unit });
    }
    return html`${lab.hasClasses ? this.#whyCard() : nothing} ${layer === undefined ? nothing : this.#layersCard(layer)}`;
  }

  #whyCard(): TemplateResult {
    const { lab } = this;
    const slot = this.#why;
    const { explanation } = slot;
    const chosen = methodNamed(lab.state.method);
    const label = explanation?.targets?.[0]?.label;
    const measures = measuresText(explanation?.measures);
    return html`<section class="card why-card" aria-labelledby="why-title" aria-busy=${slot.status === 'working'}>
      <h2 id="why-title">${label === undefined ? 'Why?' : html`Why <em>${label}</em>?`}</h2>
      ${this.#methodSwitch()} ${slotState(slot)}
      <div class="why">
        <cs-heatmap
          .explanation=${explanation}
          .input=${slot.input}
          .preprocessing=${lab.model.preprocessing}
          .opacity=${lab.opacity}
          interpolation=${isSmoothFor(lab, explanation) ? 'bilinear' : 'nearest'}
          label=${`${chosen.title} over the input`}
        ></cs-heatmap>
        <div class="about">
          <p>${chosen.summary}</p>
          ${citation(chosen)}
          ${explanation?.layer === undefined ? nothing : html`<p>Computed at layer <strong>${explanation.layer}</strong>.</p>`}
          ${measures === '' ? nothing : html`<p class="muted number">${measures}</p>`} ${viewSettings(lab, explanation)}
          ${remarks(explanation?.remarks)}
        </div>
      </div>
    </section>`;
  }

  #methodSwitch(): TemplateResult {
    const { lab } = this;
    const usable = methodsOf('attribution').filter(({ explains }) => explains.includes('class'));
    const main = usable.filter(({ name }) => MAIN.includes(name));
    main.sort((a, b) => MAIN.indexOf(a.name) - MAIN.indexOf(b.name));
    const others = usable.filter(({ name }) => !MAIN.includes(name));
    const isOther = others.some(({ name }) => name === lab.state.method);
    return html`<div class="switch" role="radiogroup" aria-label="Explanation method">
      ${main.map(
        ({ name, title }) =>
          html`<label
            ><input
              type="radio"
              name="method"
              value=${name}
              .checked=${name === lab.state.method}
              @change=${() => lab.change({ method: name })}
            /><span>${title}</span></label
          >`,
      )}
      <select
        class=${isOther ? 'chosen' : ''}
        aria-label="Other methods"
        @change=${(event: Event) => lab.change({ method: (event.target as HTMLSelectElement).value })}
      >
        <option disabled ?selected=${!isOther}>more</option>
        ${methodOptions(lab, others, lab.state.method)}
      </select>
    </div>`;
  }

  #layersCard(layer: string): TemplateResult {
    const { lab } = this;
    const { explanation: maps } = this.#maps;
    const { explanation: picture } = this.#unit;
    const found = picture?.layer === layer ? picture.units?.[0] : undefined;
    const wished = lab.state.unit;
    const marked = wished === undefined || wished.channel === found?.channel ? found : wished;
    void this.#readUnit(found);
    return html`<section class="card layers-card" aria-labelledby="layers-title">
      <div class="card-head">
        <h2 id="layers-title">What a layer sees</h2>
        ${layerSelect(lab, 'overview-layer')}
      </div>
      ${slotState(this.#maps)}
      <div class="layers">
        <div>
          <p class="muted">
            One map a channel, all on one scale. Click a map for the unit that fired most in it; click again inside it
            for an exact position.
          </p>
          <cs-feature-maps .explanation=${maps} .unit=${marked} @unit=${this.#onUnit}></cs-feature-maps>
        </div>
        <div class="unit">
          <h3>
            ${found === undefined ? 'What a unit saw' : html`What <em>${layer}, channel ${found.channel}</em> saw`}
          </h3>
          ${slotState(this.#unit)}
          <cs-heatmap
            class="unit-picture"
            .explanation=${picture}
            .input=${this.#unit.input}
            .preprocessing=${lab.model.preprocessing}
            .opacity=${lab.opacity}
            interpolation="nearest"
            label=${`Deconvnet reconstruction of ${layer}, channel ${found?.channel ?? ''}`}
          ></cs-heatmap>
          ${found === undefined ? nothing : this.#unitText(found)} ${remarks(picture?.remarks)}
        </div>
      </div>
    </section>`;
  }

  #unitText({ channel, y, x }: Unit): TemplateResult {
    const value = this.#unitValue;
    return html`<p class="unit-text">
      channel
      ${channel}${y === undefined ? '' : `, row ${y}, column ${x}`}${value === undefined ? '' : html`: value <strong>${numberText(value)}</strong>`}
    </p>`;
  }

  /** The activation that the unit's picture starts from. */
  async #readUnit(unit: Unit | undefined): Promise<void> {
    const maps = this.#maps.explanation;
    if (maps === undefined || unit === undefined || maps.layer !== this.lab.state.layer) return;
    const key = `${JSON.stringify(unit)} ${maps.layer}`;
    if (this.#valued === maps && this.#unitKey === key) return;
    this.#valued = maps;
    this.#unitKey = key;
    this.#unitValue = undefined;
    const value = await new MapValues(maps.tensor).at(unit.channel, unit.y ?? 0, unit.x ?? 0).catch(() => undefined);
    if (this.#unitKey !== key) return;
    this.#unitValue = value;
    this.requestUpdate();
  }
  #unitKey = '';

  readonly #onUnit = ({ detail }: CustomEvent<Unit>): void => {
    this.lab.change({ unit: detail });
    // On narrow screens what the unit saw is below the maps.
    this.querySelector('.unit')?.scrollIntoView({ block: 'nearest' });
  };
}
