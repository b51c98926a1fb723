import { html, nothing, type TemplateResult } from 'lit';
import type { Explanation, Unit } from '@convscope/xai';
import { numberText, percentText } from '../../shared/number-text.ts';
import { layerSelect, noInput, noLayers, slotState } from '../lab/fragments.ts';
import { LabElement } from '../lab/lab-element.ts';
import { Slot } from '../lab/slot.ts';
import { isSmoothFor, viewSettings } from '../lab/view-settings.ts';

interface Statistics {
  readonly largest: number;
  /** The share of channels that are zero everywhere. */
  readonly silent: number;
  /** The share of values above zero. */
  readonly active: number;
}

/** All maps of a layer, and all or one of them laid over the picture. */
export class LabActivations extends LabElement {
  static override properties = { ...LabElement.properties, statistics: { state: true } };

  declare private statistics: Statistics | undefined;
  readonly #maps = new Slot(this);
  readonly #one = new Slot(this);
  #measured: Explanation | undefined;

  constructor() {
    super();
    this.statistics = undefined;
  }

  override updated(): void {
    const { explanation } = this.#maps;
    if (explanation !== undefined && explanation !== this.#measured) void this.#measure(explanation);
  }

  override render(): TemplateResult {
    const { lab } = this;
    const { layer, unit } = lab.state;
    if (lab.input === undefined) return noInput();
    if (layer === undefined) return noLayers();
    this.#maps.show(lab, { method: 'feature-maps', layer });
    this.#one.show(
      lab,
      unit === undefined ? undefined : { method: 'feature-maps', layer, unit: { channel: unit.channel } },
    );
    const shown = unit === undefined ? this.#maps : this.#one;
    const what = unit === undefined ? 'All channels' : `Channel ${unit.channel}`;
    return html`<section class="card" aria-labelledby="activations-title">
      <div class="card-head">
        <h2 id="activations-title">What <em>${layer}</em> gives</h2>
        ${layerSelect(lab, 'activations-layer')}
      </div>
      <p class="muted number">${this.#statisticsText()}</p>
      ${slotState(this.#maps)}
      <div class="layers">
        <cs-feature-maps
          .explanation=${this.#maps.explanation}
          .unit=${unit}
          @unit=${({ detail }: CustomEvent<Unit>) => lab.change({ unit: detail })}
        ></cs-feature-maps>
        <div class="overlay">
          <h3>${what} over the picture</h3>
          <cs-heatmap
            .explanation=${shown.explanation}
            .input=${shown.input}
            .preprocessing=${lab.model.preprocessing}
            .opacity=${lab.opacity}
            interpolation=${isSmoothFor(lab, shown.explanation) ? 'bilinear' : 'nearest'}
            label=${`${what} of ${layer} over the input`}
          ></cs-heatmap>
          <p class="muted">
            ${unit === undefined ? 'In each place the channel that is strongest there.' : nothing}
            ${
              unit === undefined
                ? nothing
                : html`<button type="button" class="quiet" @click=${() => lab.change({ unit: undefined })}>
                    Show all channels together
                  </button>`
            }
          </p>
          ${viewSettings(lab, shown.explanation)}
        </div>
      </div>
    </section>`;
  }

  #statisticsText(): string {
    const { statistics } = this;
    const [channels, height, width] = this.lab.layer?.shape ?? [];
    const size = `${channels} maps of ${height} × ${width}`;
    if (statistics === undefined) return size;
    const { largest, active, silent } = statistics;
    const quiet = silent === 0 ? '' : ` · ${Math.round(silent * Number(channels))} channels are zero everywhere`;
    return `${size} · largest value ${numberText(largest)} · ${percentText(active)} of all values above zero${quiet}`;
  }

  async #measure(explanation: Explanation): Promise<void> {
    this.#measured = explanation;
    const values = await explanation.tensor.read().catch(() => undefined);
    if (values === undefined || this.#measured !== explanation) return;
    const [, channels = 1] = values.shape;
    const plane = values.data.length / channels;
    let [largest, silent, active] = [-Infinity, 0, 0];
    for (let channel = 0; channel < channels; channel++) {
      let isSilent = true;
      for (const value of values.data.subarray(channel * plane, (channel + 1) * plane)) {
        if (value !== 0) isSilent = false;
        if (value > 0) active += 1;
        if (value > largest) largest = value;
      }
      if (isSilent) silent += 1;
    }
    this.statistics = { largest, silent: silent / channels, active: active / values.data.length };
  }
}
