import { html, nothing, type TemplateResult } from 'lit';
import {
  allowedValues,
  methodNamed,
  type Method,
  type ParameterSpecification,
  type ParameterValue,
} from '@convscope/xai';
import { readUnit, unitText } from '../state/wish-text.ts';
import type { Wish } from '../state/lab-state.ts';
import { layerOptions } from './fragments.ts';
import type { Lab } from './lab.ts';

/** Longer lists of classes are typed by number rather than picked. */
const MOST_CLASSES = 200;
/** More parameters than this are folded away: the defaults are the papers’. */
const MOST_OPEN = 4;

/** The controls for what a method starts from and for its parameters, all made from the method's own data. */
export function requestFields(lab: Lab, wish: Wish, change: (wish: Wish) => void): TemplateResult {
  const method = methodNamed(wish.method);
  const takesUnit = method.explains.includes('unit');
  const takesClass = method.explains.includes('class') && lab.hasClasses;
  const takesLayer = method.layer !== 'none' || takesUnit;
  const asksUnit = wish.layer !== undefined && takesUnit && method.layer !== 'last-features';
  const parameters = Object.entries(method.parameters).map(([name, specification]) =>
    parameterField(name, specification, wish.parameters?.[name] ?? specification.default, (value) =>
      change({ ...wish, parameters: { ...wish.parameters, [name]: value } }),
    ),
  );
  return html`<div class="fields">
    ${takesLayer && lab.layers.length > 0 ? layerField(lab, method, wish, change) : nothing}
    ${asksUnit ? unitField(method, wish, change) : nothing}
    ${takesClass && !asksUnit ? targetField(lab, method, wish, change) : nothing}
    ${
      parameters.length <= MOST_OPEN
        ? parameters
        : html`<details>
            <summary>${parameters.length} parameters of the method</summary>
            <div class="fields">${parameters}</div>
          </details>`
    }
  </div>`;
}

function layerField(lab: Lab, method: Method, wish: Wish, change: (wish: Wish) => void): TemplateResult {
  const isFree = method.explains.includes('class') && method.layer === 'unit';
  const none = isFree ? 'none: explain the class' : 'the method’s own choice';
  return html`<label class="field"
    >Layer
    <select
      @change=${(event: Event) => {
        const name = (event.target as HTMLSelectElement).value;
        change({ ...wish, layer: name === '' ? undefined : name, unit: undefined });
      }}
    >
      <option value="" ?selected=${wish.layer === undefined}>${none}</option>
      ${layerOptions(lab, wish.layer)}
    </select>
  </label>`;
}

function unitField({ input }: Method, wish: Wish, change: (wish: Wish) => void): TemplateResult {
  return html`<label class="field"
    >Unit
    <input
      type="text"
      inputmode="numeric"
      placeholder=${input === 'none' ? 'all channels' : 'the strongest'}
      .value=${wish.unit === undefined ? '' : unitText(wish.unit)}
      @change=${(event: Event) => change({ ...wish, unit: readUnit((event.target as HTMLInputElement).value) })}
    />
    <small class="muted">a channel, or channel, row, column</small>
  </label>`;
}

function targetField(lab: Lab, { input }: Method, wish: Wish, change: (wish: Wish) => void): TemplateResult {
  const { labels } = lab.model;
  const set = (text: string): void => change({ ...wish, target: text === '' ? undefined : Number(text) });
  const count = Math.max(labels.length, lab.scores.length);
  const unchosen = input === 'none' ? 'all, one picture each' : 'as on the left';
  if (count > MOST_CLASSES || count === 0) {
    return html`<label class="field"
      >Class number
      <input
        type="number"
        min="0"
        max=${Math.max(count - 1, 0)}
        placeholder=${unchosen}
        .value=${wish.target === undefined ? '' : String(wish.target)}
        @change=${(event: Event) => set((event.target as HTMLInputElement).value)}
      />
      ${wish.target === undefined ? nothing : html`<small class="muted">${lab.labelOf(wish.target)}</small>`}
    </label>`;
  }
  return html`<label class="field"
    >Class
    <select @change=${(event: Event) => set((event.target as HTMLSelectElement).value)}>
      <option value="" ?selected=${wish.target === undefined}>${unchosen}</option>
      ${Array.from(
        { length: count },
        (_, index) => html`<option value=${index} ?selected=${index === wish.target}>${lab.labelOf(index)}</option>`,
      )}
    </select>
  </label>`;
}

function parameterField(
  name: string,
  specification: ParameterSpecification,
  value: ParameterValue,
  change: (value: ParameterValue) => void,
): TemplateResult {
  const title = wordsOf(name);
  const help = html`<small class="muted">${specification.description}</small>`;
  if (specification.type === 'boolean') {
    return html`<label class="field check"
      ><span
        ><input
          type="checkbox"
          .checked=${value === true}
          @change=${(event: Event) => change((event.target as HTMLInputElement).checked)}
        />
        ${title}</span
      >${help}</label
    >`;
  }
  if (specification.type === 'choice') {
    return html`<label class="field"
      >${title}
      <select @change=${(event: Event) => change((event.target as HTMLSelectElement).value)}>
        ${specification.choices.map((choice) => html`<option ?selected=${choice === value}>${choice}</option>`)}
      </select>
      ${help}</label
    >`;
  }
  const take = (event: Event): void => {
    const field = event.target as HTMLInputElement;
    if (field.value !== '' && field.checkValidity()) change(field.valueAsNumber);
    else field.reportValidity();
  };
  return html`<label class="field" title=${allowedValues(specification)}
    >${title}
    <input
      type="number"
      min=${specification.min}
      max=${specification.max}
      step=${specification.type === 'integer' ? 1 : 'any'}
      .value=${String(value)}
      @change=${take}
    />
    ${help}</label
  >`;
}

/** `noiseLevel` as `Noise level`. */
function wordsOf(name: string): string {
  const words = name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
