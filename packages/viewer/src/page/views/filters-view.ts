import { html, nothing, type TemplateResult } from 'lit';
import { valueOf, type TensorData } from '@convscope/gpu-engine/graph';
import type { Explanation, Unit } from '@convscope/xai';
import { messageOf } from '../../shared/failure-words.ts';
import { LabElement } from '../lab/lab-element.ts';
import type { Lab } from '../lab/lab.ts';

interface Filters {
  /** The convolution's output, and its weights [O, I, h, w]. */
  readonly layer: string;
  readonly weights: TensorData;
}

/** The weights of the convolutions: the first layer's as pictures or maps, deeper ones' slices of a chosen filter. */
export class LabFilters extends LabElement {
  static override properties = {
    ...LabElement.properties,
    chosen: { state: true },
    filter: { state: true },
    maps: { state: true },
    problem: { state: true },
  };

  declare private chosen: string | undefined;
  declare private filter: number;
  declare private maps: Explanation | undefined;
  declare private problem: string | undefined;
  #shown = '';
  #shownLab: Lab | undefined;

  constructor() {
    super();
    this.chosen = undefined;
    this.filter = 0;
    this.maps = undefined;
    this.problem = undefined;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.maps?.dispose();
    this.maps = undefined;
    this.#shown = '';
  }

  override render(): TemplateResult {
    const all = filtersOf(this.lab);
    const current = all.find(({ layer }) => layer === this.chosen) ?? all[0];
    if (current === undefined) {
      return html`<section class="card">
        <p>This network has no convolution, so there are no filters to show.</p>
      </section>`;
    }
    const [count = 0, inputs = 0, height = 0, width = 0] = current.weights.shape;
    const isColor = inputs === 3;
    const isSingle = inputs === 1;
    if (!isColor) void this.#show(current, isSingle ? undefined : Math.min(this.filter, count - 1));
    return html`<section class="card" aria-labelledby="filters-title">
      <div class="card-head">
        <h2 id="filters-title">What <em>${current.layer}</em> looks for</h2>
        <label class="field inline"
          >Convolution
          <select
            name="convolution"
            @change=${(event: Event) => {
              this.chosen = (event.target as HTMLSelectElement).value;
              this.filter = 0;
            }}
          >
            ${all.map(
              ({ layer, weights: { shape } }) =>
                html`<option value=${layer} ?selected=${layer === current.layer}>
                  ${layer}: ${shape[0]} filters of ${shape[1]} × ${shape[2]} × ${shape[3]}
                </option>`,
            )}
          </select></label
        >
        ${isColor || isSingle ? nothing : this.#filterField(count)}
      </div>
      <p class="muted">${this.#words(isColor, isSingle, count, inputs, height, width)}</p>
      ${this.problem === undefined ? nothing : html`<p class="problem" role="alert">${this.problem}</p>`}
      ${
        isColor
          ? html`<cs-picture
              class="filters"
              .source=${current.weights}
              label=${`Filters of ${current.layer}`}
            ></cs-picture>`
          : html`<cs-feature-maps
              class="filters"
              .explanation=${this.maps}
              @unit=${(event: CustomEvent<Unit>) => this.#onUnit(event, isSingle)}
            ></cs-feature-maps>`
      }
    </section>`;
  }

  #words(isColor: boolean, isSingle: boolean, count: number, inputs: number, height: number, width: number): string {
    const size = `${height} × ${width}`;
    if (isColor)
      return `${count} filters of ${size}, red, green and blue as they are weighted: the smallest weight of the layer is black, the largest full.`;
    if (isSingle)
      return `${count} filters of ${size} on one scale: red weights count for a pixel, blue ones against it. Click one to see its map.`;
    return `One filter of ${inputs} slices of ${size}: one for each channel before it, on one scale. What deeper filters look for is easier to see in what makes them fire: the Deconvnet view.`;
  }

  #filterField(count: number): TemplateResult {
    return html`<label class="field inline"
      >Filter
      <input
        type="number"
        name="filter"
        min="0"
        max=${count - 1}
        step="1"
        .value=${String(Math.min(this.filter, count - 1))}
        @change=${(event: Event) => {
          const field = event.target as HTMLInputElement;
          if (field.checkValidity() && field.value !== '') this.filter = field.valueAsNumber;
        }}
      />
      <span class="muted">of ${count}</span></label
    >`;
  }

  /** A filter of the first layer is a channel of what follows it. */
  #onUnit({ detail }: CustomEvent<Unit>, isSingle: boolean): void {
    const { lab } = this;
    const [first] = lab.stages;
    if (isSingle && first !== undefined) {
      lab.change({ layer: first.name, unit: { channel: detail.channel }, view: 'activations' });
    }
  }

  /** Puts the filters [O, 1, h, w], or one filter's slices, on the device as maps [1, C, h, w]. */
  async #show({ layer, weights }: Filters, filter: number | undefined): Promise<void> {
    const { lab } = this;
    const key = `${layer} ${filter}`;
    if (key === this.#shown && lab === this.#shownLab) return;
    this.#shown = key;
    this.#shownLab = lab;
    const [count = 0, inputs = 0, height = 0, width = 0] = weights.shape;
    const size = inputs * height * width;
    const data = Float32Array.from(
      filter === undefined ? weights.data : weights.data.subarray(filter * size, (filter + 1) * size),
    );
    const shape = [1, filter === undefined ? count : inputs, height, width];
    try {
      const tensor = await lab.device.upload({ dtype: 'float32', shape, data });
      const old = this.maps;
      this.maps = { method: 'filters', tensor, sign: 'signed', layer, remarks: [], dispose: () => tensor.dispose() };
      await this.updateComplete;
      old?.dispose();
    } catch (error) {
      this.problem = messageOf(error);
    }
  }
}

function filtersOf({ model }: Lab): readonly Filters[] {
  return model.graph.nodes.flatMap(({ op, inputs, outputs }) => {
    const weights = op === 'conv2d' ? model.parameters.get(inputs[1] ?? '') : undefined;
    const [layer] = outputs;
    return weights === undefined || layer === undefined || weights.dtype !== 'float32'
      ? []
      : [{ layer: valueOf(model.graph, layer).name, weights }];
  });
}
