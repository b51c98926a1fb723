import { html, nothing, type TemplateResult } from 'lit';
import { methodNamed } from '@convscope/xai';
import type { Unit } from '@convscope/xai';
import { numberText } from '../../shared/number-text.ts';
import { slotState } from '../lab/fragments.ts';
import { LabElement } from '../lab/lab-element.ts';
import { Slot } from '../lab/slot.ts';

/** One unit: its map, and what in the input it saw by a method. */
export class LabUnitPicture extends LabElement {
  static override properties = {
    ...LabElement.properties,
    layer: { attribute: false },
    unit: { attribute: false },
    value: { attribute: false },
    method: { attribute: false },
    hasMap: { attribute: false },
  };

  declare layer: string;
  declare unit: Unit;
  /** The activation at the unit. */
  declare value: number | undefined;
  declare method: string;
  /** Whether the channel's map stands beside the picture. */
  declare hasMap: boolean;
  readonly #map = new Slot(this);
  readonly #picture = new Slot(this);

  constructor() {
    super();
    this.value = undefined;
    this.method = 'deconvnet';
    this.hasMap = false;
  }

  override render(): TemplateResult {
    const { lab, layer, unit, value, method } = this;
    this.#map.show(lab, this.hasMap ? { method: 'feature-maps', layer, unit: { channel: unit.channel } } : undefined);
    this.#picture.show(lab, { method, layer, unit });
    const isChosen = lab.state.layer === layer && lab.state.unit?.channel === unit.channel;
    const name = `${layer}, channel ${unit.channel}`;
    return html`<figure class="unit-figure ${isChosen ? 'chosen' : ''}">
      <figcaption>
        <button
          type="button"
          class="quiet"
          aria-pressed=${isChosen}
          title="Look at this unit in the other views"
          @click=${() => lab.change({ layer, unit })}
        >
          channel ${unit.channel}</button
        >${value === undefined || this.hasMap ? nothing : html` <span class="muted number">${numberText(value)}</span>`}
      </figcaption>
      ${slotState(this.#picture)}
      ${
        this.hasMap
          ? html`<cs-heatmap
              class="unit-map"
              compact
              .explanation=${this.#map.explanation}
              interpolation="nearest"
              label=${`Map of ${name}`}
            ></cs-heatmap>`
          : nothing
      }
      <cs-heatmap
        compact
        .explanation=${this.#picture.explanation}
        .input=${this.#picture.input}
        .preprocessing=${lab.model.preprocessing}
        .opacity=${lab.opacity}
        interpolation="nearest"
        label=${`${methodNamed(method).title} of ${name}`}
      ></cs-heatmap>
    </figure>`;
  }
}
