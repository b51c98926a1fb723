import { html, nothing, type TemplateResult } from 'lit';
import type { TensorData } from '@convscope/gpu-engine/graph';
import { methodNamed, type Box, type Explanation, type Unit } from '@convscope/xai';
import type { HeatmapSource } from '../../elements/heatmap/cs-heatmap.ts';
import { numberText } from '../../shared/number-text.ts';
import { cropped, windowOf } from '../lab/crop.ts';
import { slotState } from '../lab/fragments.ts';
import { LabElement } from '../lab/lab-element.ts';
import { Slot } from '../lab/slot.ts';

/** The part of an explanation and its input that a unit can see. */
interface Patch {
  readonly explanation: HeatmapSource;
  readonly input: TensorData<'float32'>;
}

/** One unit: its map, and what in the input it saw by a method; of photos, only the part that it can see. */
export class LabUnitPicture extends LabElement {
  static override properties = {
    ...LabElement.properties,
    layer: { attribute: false },
    unit: { attribute: false },
    value: { attribute: false },
    method: { attribute: false },
    hasMap: { attribute: false },
    patch: { state: true },
  };

  declare layer: string;
  declare unit: Unit;
  /** The activation at the unit. */
  declare value: number | undefined;
  declare method: string;
  /** Whether the channel's map stands beside the picture. */
  declare hasMap: boolean;
  declare private patch: Patch | undefined;
  #cutting: Explanation | undefined;
  #framed: Explanation | undefined;
  #frame: Box | undefined;
  readonly #map = new Slot(this);
  readonly #picture = new Slot(this);

  constructor() {
    super();
    this.value = undefined;
    this.method = 'deconvnet';
    this.hasMap = false;
    this.patch = undefined;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#cutting = undefined;
    this.#framed = undefined;
    this.#frame = undefined;
    this.patch?.explanation.tensor.dispose();
    this.patch = undefined;
  }

  override render(): TemplateResult {
    const { lab, layer, unit, value, method } = this;
    this.#map.show(lab, this.hasMap ? { method: 'feature-maps', layer, unit: { channel: unit.channel } } : undefined);
    this.#picture.show(lab, { method, layer, unit });
    const isChosen = lab.state.layer === layer && lab.state.unit?.channel === unit.channel;
    const name = `${layer}, channel ${unit.channel}`;
    const { explanation, input } = this.#picture;
    const box = this.#windowOf(explanation);
    if (box !== undefined && explanation !== undefined && input !== undefined) void this.#cut(explanation, input, box);
    const shown = box === undefined ? { explanation, input } : this.patch;
    const isBusy = explanation !== undefined && shown?.explanation === undefined;
    return html`<figure class="unit-figure ${isChosen ? 'chosen' : ''}" aria-busy=${isBusy}>
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
        .explanation=${shown?.explanation}
        .input=${shown?.input}
        title=${box === undefined ? nothing : `what it can see: ${box.height} × ${box.width} pixels of the picture`}
        .preprocessing=${lab.model.preprocessing}
        .opacity=${lab.opacity}
        interpolation="nearest"
        label=${`${methodNamed(method).title} of ${name}`}
      ></cs-heatmap>
    </figure>`;
  }

  /** What the explained unit can see; undefined where the whole picture is shown. */
  #windowOf(explanation: Explanation | undefined): Box | undefined {
    if (explanation === this.#framed) return this.#frame;
    const { y, x } = { ...this.unit, ...explanation?.units?.[0] };
    const isPlaced = explanation !== undefined && y !== undefined && x !== undefined;
    this.#frame = isPlaced ? windowOf(this.lab, this.layer, { ...this.unit, y, x }) : undefined;
    this.#framed = explanation;
    return this.#frame;
  }

  async #cut(explanation: Explanation, input: TensorData<'float32'>, box: Box): Promise<void> {
    if (explanation === this.#cutting) return;
    this.#cutting = explanation;
    const tensor = await explanation.tensor
      .read()
      .then(async (values) => this.lab.device.upload(cropped(values, box)))
      .catch(() => undefined);
    if (tensor === undefined) return;
    if (this.#cutting !== explanation) {
      tensor.dispose();
      return;
    }
    const old = this.patch;
    this.patch = { explanation: { tensor, sign: explanation.sign }, input: cropped(input, box) };
    await this.updateComplete;
    old?.explanation.tensor.dispose();
  }
}
