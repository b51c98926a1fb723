import { html, nothing, type TemplateResult } from 'lit';
import { tensorToPicture, type Model } from '@convscope/formats';
import { layersOf, methods, type Method } from '@convscope/xai';
import type { InputSample } from '../../elements/image-input/cs-image-input.ts';
import { paint } from '../../drawing/paint.ts';
import { ref } from 'lit/directives/ref.js';

/** What is asked of every checkpoint. */
export interface EvolutionControlsView {
  readonly model: Model;
  readonly method: Method;
  readonly layer: string | undefined;
  readonly samples: readonly InputSample[];
  readonly sample: number;
  readonly target: number | undefined;
}

export interface EvolutionChange {
  readonly method?: string;
  readonly layer?: string | undefined;
  readonly sample?: number;
  readonly target?: number | undefined;
}

/** Method, layer, class and input of the evolution figure. */
export function evolutionControls(
  view: EvolutionControlsView,
  change: (change: EvolutionChange) => void,
): TemplateResult {
  const { model, method, samples } = view;
  const value = (event: Event): string => (event.target as HTMLSelectElement).value;
  const layers = layersOf(model.graph).filter(({ kind }) => kind === 'features');
  return html`<div class="fields">
      <label
        >Method
        <select name="method" @change=${(event: Event) => change({ method: value(event) })}>
          ${METHODS.map(({ name, title }) => html`<option value=${name} .selected=${name === method.name}>${title}</option>`)}
        </select>
      </label>
      ${
        method.layer === 'none'
          ? nothing
          : html`<label
              >Layer
              <select name="layer" @change=${(event: Event) => change({ layer: value(event) || undefined })}>
                <option value="" .selected=${view.layer === undefined}>as the method does</option>
                ${layers.map(({ name }) => html`<option .selected=${name === view.layer}>${name}</option>`)}
              </select>
            </label>`
      }
      ${
        method.explains.includes('class')
          ? html`<label
              >Class
              <select
                name="target"
                @change=${(event: Event) => change({ target: value(event) === '' ? undefined : Number(value(event)) })}
              >
                <option value="" .selected=${view.target === undefined}>what the last checkpoint says</option>
                ${model.labels.map((label, index) => html`<option value=${index} .selected=${index === view.target}>${label}</option>`)}
              </select>
            </label>`
          : nothing
      }
    </div>
    <div class="samples" role="radiogroup" aria-label="Input">
      ${samples.map(
        ({ label, tensor }, index) =>
          html`<label title=${label}
            ><input
              type="radio"
              name="sample"
              .checked=${index === view.sample}
              @change=${() => change({ sample: index })} /><canvas
              role="img"
              aria-label=${label}
              ${ref((element) => {
                if (!(element instanceof HTMLCanvasElement)) return;
                const { width, height, data } = tensorToPicture(tensor, model.preprocessing);
                paint(element, { width, height, pixels: data });
              })}
            ></canvas
          ></label>`,
      )}
    </div>`;
}

/** What can be asked of every checkpoint on one input. */
const METHODS: readonly Method[] = Object.values<Method>(methods).filter(
  (method) => method.kind !== 'picture' && (method.explains.length > 0 || method === methods.featureMaps),
);
