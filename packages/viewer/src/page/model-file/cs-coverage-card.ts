import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { Applicability, Coverage } from '@convscope/xai';
import { tokens } from '../../shared/tokens.styles.ts';
import { styles } from './cs-coverage-card.styles.ts';

/** Detail of `layer`. */
export interface LayerDetail {
  readonly layer: string;
}

const MOST_LAYERS = 60;

/**
 * What a model is and what can be done with it: nodes, parameters, memory, the methods that apply and why others do
 * not, and the layers worth looking at. `coverageOf` of `@convscope/xai` gives the data.
 *
 * @element cs-coverage-card
 * @property {Coverage | undefined} coverage - nothing is shown without it
 * @fires {CustomEvent<LayerDetail>} layer - the user chose a layer; bubbles
 */
export class CsCoverageCard extends LitElement {
  static override properties = { coverage: { attribute: false } };
  static override styles = [tokens, styles];

  declare coverage: Coverage | undefined;

  constructor() {
    super();
    this.coverage = undefined;
  }

  override render(): TemplateResult | typeof nothing {
    const { coverage } = this;
    if (coverage === undefined) return nothing;
    const { nodes, operators, parameters, memory, methods, stripped } = coverage;
    const refused = methods.filter(({ applies }) => !applies);
    const remarked = methods.filter(({ remark }) => remark !== undefined);
    const count = methods.length - refused.length;
    return html`<details>
      <summary>
        <strong
          >${count === methods.length ? `All ${count} methods work` : `${count} of ${methods.length} methods work`}</strong
        >
        <span class="muted"
          >${nodes} nodes · ${parameters.toLocaleString('en')} parameters · about
          ${bytesText(memory.parameters + memory.forward)} to run</span
        >
      </summary>
      ${stripped === undefined ? nothing : html`<p>Its output: ${stripped}.</p>`}
      <dl>
        <dt>Nodes</dt>
        <dd>${operators.map(({ op, count: times }) => html`<span class="op">${times} ${op}</span> `)}</dd>
        <dt>Memory</dt>
        <dd>
          ${bytesText(memory.parameters)} of parameters; at least ${bytesText(memory.forward)} more to run one picture,
          and about ${bytesText(memory.gradient)} for a gradient
        </dd>
        ${
          refused.length === 0
            ? nothing
            : html`<dt>Not on this network</dt>
                <dd>${reasons(refused)}</dd>`
        }
        ${
          remarked.length === 0
            ? nothing
            : html`<dt>To know</dt>
                <dd>${reasons(remarked)}</dd>`
        }
        <dt>Layers to look at</dt>
        <dd>${this.#layers(coverage)}</dd>
      </dl>
    </details>`;
  }

  #layers({ layers, defaults }: Coverage): TemplateResult {
    if (layers.length === 0) return html`none: the network has no stages`;
    const shown = layers.slice(0, MOST_LAYERS);
    const rest = layers.length - shown.length;
    return html`<ul>
        ${shown.map(
          ({ name, shape }) =>
            html`<li>
              <button type="button" @click=${() => this.#choose(name)}>${name}</button>
              <span class="muted">${shape.join(' × ')}</span>
              ${name === defaults?.classActivation ? html`<span class="mark">class activation maps</span>` : nothing}
            </li>`,
        )}
      </ul>
      ${rest > 0 ? html`<p class="muted">and ${rest} more</p>` : nothing}`;
  }

  #choose(layer: string): void {
    this.dispatchEvent(new CustomEvent<LayerDetail>('layer', { detail: { layer }, bubbles: true, composed: true }));
  }
}

/** One line for methods that share a reason. */
function reasons(methods: readonly Applicability[]): TemplateResult {
  const groups = new Map<string, string[]>();
  for (const { title, reason, remark } of methods) {
    const why = reason ?? remark ?? '';
    groups.set(why, [...(groups.get(why) ?? []), title]);
  }
  return html`<ul class="reasons">
    ${[...groups].map(([why, titles]) => html`<li><strong>${titles.join(', ')}</strong>: ${why}</li>`)}
  </ul>`;
}

/** `4.94 MB`, in decimal units. */
function bytesText(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB'];
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(bytes, 1)) / 3));
  return `${power === 0 ? bytes : Number((bytes / 1000 ** power).toPrecision(3))} ${units[power] as string}`;
}

declare global {
  interface HTMLElementTagNameMap {
    'cs-coverage-card': CsCoverageCard;
  }
}
