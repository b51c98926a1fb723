import { html, nothing, type TemplateResult } from 'lit';
import { float32Tensor, valueOf, type TensorData } from '@convscope/gpu-engine/graph';
import { LabElement } from '../lab/lab-element.ts';
import type { Lab } from '../lab/lab.ts';

interface Filters {
  /** The convolution's output, and its weights [O, I, h, w]. */
  readonly layer: string;
  readonly weights: TensorData<'float32'>;
}

/** Slices of one filter that are drawn at most. */
const MOST_SLICES = 512;

/** The weights of the convolutions: the first layer's as pictures or maps, deeper ones' slices of a chosen filter. */
export class LabFilters extends LabElement {
  #slices: { readonly of: Filters; readonly filter: number; readonly weights: TensorData } | undefined;

  override render(): TemplateResult {
    const { lab } = this;
    const all = filtersOf(lab);
    const current = all.find(({ layer }) => layer === lab.state.convolution) ?? all[0];
    if (current === undefined) {
      return html`<section class="card">
        <p>This network has no convolution, so there are no filters to show.</p>
      </section>`;
    }
    const [count = 0, inputs = 0] = current.weights.shape;
    const isWhole = inputs === 1 || inputs === 3;
    const filter = Math.min(lab.state.filter ?? 0, count - 1);
    return html`<section class="card" aria-labelledby="filters-title">
      <div class="card-head">
        <h2 id="filters-title">What <em>${current.layer}</em> looks for</h2>
        ${this.#convolutionField(all, current)} ${isWhole ? nothing : this.#filterField(filter, count)}
      </div>
      <p class="muted">${wordsFor(current)}</p>
      <cs-filters
        class="filters"
        .weights=${isWhole ? current.weights : this.#slicesOf(current, filter)}
        .preprocessing=${lab.model.preprocessing}
        .selected=${isWhole ? this.#chosenChannel(current) : undefined}
        @filter=${(event: CustomEvent<{ readonly channel: number }>) => this.#onFilter(event, current, isWhole)}
      ></cs-filters>
    </section>`;
  }

  #convolutionField(all: readonly Filters[], current: Filters): TemplateResult {
    const { lab } = this;
    return html`<label class="field inline"
      >Convolution
      <select
        name="convolution"
        @change=${(event: Event) =>
          lab.change({ convolution: (event.target as HTMLSelectElement).value, filter: undefined })}
      >
        ${all.map(
          ({ layer, weights: { shape } }) =>
            html`<option value=${layer} ?selected=${layer === current.layer}>
              ${layer}: ${shape[0]} filters of ${shape[1]} × ${shape[2]} × ${shape[3]}
            </option>`,
        )}
      </select></label
    >`;
  }

  #filterField(filter: number, count: number): TemplateResult {
    return html`<label class="field inline"
      >Filter
      <input
        type="number"
        name="filter"
        min="0"
        max=${count - 1}
        step="1"
        .value=${String(filter)}
        @change=${(event: Event) => {
          const field = event.target as HTMLInputElement;
          if (field.checkValidity() && field.value !== '') this.lab.change({ filter: field.valueAsNumber });
          else field.reportValidity();
        }}
      />
      <span class="muted">of ${count}, counted from 0</span></label
    >`;
  }

  /** The slices of one filter as filters over one channel [I, 1, h, w]; the same object for the same filter. */
  #slicesOf(of: Filters, filter: number): TensorData {
    if (this.#slices?.of.weights !== of.weights || this.#slices.filter !== filter) {
      const [, inputs = 0, height = 0, width = 0] = of.weights.shape;
      const size = inputs * height * width;
      const shown = Math.min(inputs, MOST_SLICES);
      const start = filter * size;
      const data = of.weights.data.slice(start, start + shown * height * width);
      this.#slices = { of, filter, weights: float32Tensor([shown, 1, height, width], data) };
    }
    return this.#slices.weights;
  }

  #chosenChannel({ layer }: Filters): number | undefined {
    const { state } = this.lab;
    return state.layer === stageAfter(this.lab, layer) ? state.unit?.channel : undefined;
  }

  /** A filter is a channel of the stage after it; a slice leads nowhere. */
  #onFilter(
    { detail: { channel } }: CustomEvent<{ readonly channel: number }>,
    { layer }: Filters,
    isWhole: boolean,
  ): void {
    const stage = stageAfter(this.lab, layer);
    if (isWhole && stage !== undefined) this.lab.change({ layer: stage, unit: { channel }, view: 'activations' });
  }
}

function wordsFor({ weights }: Filters): string {
  const [count = 0, inputs = 0, height = 0, width = 0] = weights.shape;
  const size = `${height} × ${width}`;
  if (inputs === 3)
    return `${count} filters of ${size} over red, green and blue. Click one to see its map of the input.`;
  if (inputs === 1) {
    return `${count} filters of ${size}: red weights count for a pixel, blue ones against it. Click one to see its map of the input.`;
  }
  const cut = inputs > MOST_SLICES ? ` (the first ${MOST_SLICES} are shown)` : '';
  return `One filter: ${inputs} slices of ${size}${cut}, one for each channel before it, numbered by that channel. Red weights count for the channel, blue ones against it. What deeper filters look for is easier to see in what makes them fire: the Deconvnet view.`;
}

/** The first stage at or after a layer that has as many channels as it. */
function stageAfter({ model, stages, layers }: Lab, layer: string): string | undefined {
  const order = [...model.graph.producers.keys()];
  const at = order.indexOf(layer);
  const after = (name: string): boolean => order.indexOf(name) >= at;
  return (stages.find(({ name }) => after(name)) ?? layers.find(({ name }) => after(name)))?.name;
}

function filtersOf({ model }: Lab): readonly Filters[] {
  return model.graph.nodes.flatMap(({ op, inputs, outputs }) => {
    const weights = op === 'conv2d' ? model.parameters.get(inputs[1] ?? '') : undefined;
    const [layer] = outputs;
    return weights === undefined || layer === undefined || weights.dtype !== 'float32'
      ? []
      : [{ layer: layerNameOf(model, layer), weights: weights as TensorData<'float32'> }];
  });
}

/** As the network's author calls the layer: with its bias, where that is a node of its own. */
function layerNameOf({ graph }: Lab['model'], output: string): string {
  const { name } = valueOf(graph, output);
  const bias = graph.nodes.find(({ op, inputs }) => op === 'bias' && inputs[0] === name);
  return bias?.outputs[0] ?? name;
}
