import { html, nothing, type TemplateResult } from 'lit';
import { methodApplies, methodNamed, type Explanation } from '@convscope/xai';
import { scaleOf, strongestOverChannels, type Scale } from '@convscope/xai/render';
import type { Place, ProbeDetail } from '../../elements/heatmap/cs-heatmap.ts';
import { messageOf } from '../../shared/failure-words.ts';
import { unitText } from '../state/wish-text.ts';
import type { Wish } from '../state/lab-state.ts';
import { measuresText, methodOptions, remarks, slotState } from '../lab/fragments.ts';
import { isMap } from '../lab/kind.ts';
import type { Lab } from '../lab/lab.ts';
import { LabElement } from '../lab/lab-element.ts';
import { methodsOf } from '../lab/method-families.ts';
import { requestFields } from '../lab/request-fields.ts';
import { Slot } from '../lab/slot.ts';
import { isSmoothFor } from '../lab/view-settings.ts';
import { figureOf } from '../share/figure.ts';
import { fileNameOf, npyOf, save } from '../share/save.ts';

/** One tile of the wall: a method on the page's input, with everything that is needed to read its map. */
export class LabTile extends LabElement {
  static override properties = {
    ...LabElement.properties,
    wish: { attribute: false },
    scale: { attribute: false },
    probe: { attribute: false },
    percentile: { state: true },
    problem: { state: true },
  };

  declare wish: Wish;
  /** What all tiles are drawn on, centred on zero; undefined: this one's own values. */
  declare scale: Scale | undefined;
  declare probe: Place | undefined;
  declare onChange: (wish: Wish) => void;
  declare onRemove: () => void;
  declare onProbe: (place: Place | undefined) => void;
  /** Tells the largest magnitude of the tile's map, for a common scale. */
  declare onExtreme: (largest: number | undefined) => void;
  /** The scale of the map without its strongest hundredth. */
  declare private percentile: Scale | undefined;
  declare private problem: string | undefined;
  readonly work = new Slot(this);
  #measured: Explanation | undefined;
  #upperHalf: Scale | undefined;

  constructor() {
    super();
    this.scale = undefined;
    this.probe = undefined;
    this.percentile = undefined;
    this.problem = undefined;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#measured = undefined;
  }

  override updated(): void {
    const { explanation } = this.work;
    if (explanation !== undefined && explanation !== this.#measured) void this.#measure(explanation);
  }

  override render(): TemplateResult {
    const { lab, wish, work: slot } = this;
    const method = methodNamed(wish.method);
    const reason = methodApplies(method, lab.model);
    slot.show(lab, reason === undefined ? wish : undefined);
    const { explanation } = slot;
    return html`<article class="card tile" aria-busy=${slot.status === 'working'} aria-label=${method.title}>
      <header class="tile-head">
        <select
          class="tile-method"
          aria-label="Method of this tile"
          @change=${(event: Event) => this.onChange({ method: (event.target as HTMLSelectElement).value })}
        >
          ${methodOptions(lab, methodsOf('attribution'), wish.method)}
        </select>
        <button
          type="button"
          class="icon"
          aria-label=${`Remove ${method.title}`}
          title="Remove"
          @click=${() => this.onRemove()}
        >
          ✕
        </button>
      </header>
      ${
        reason === undefined
          ? html`${slotState(slot)}
              <div class=${slot.status === 'working' ? 'stale' : ''}>${this.#picture()}</div>`
          : html`<p class="problem">Not for this network: ${reason}.</p>`
      }
      <p class="facts muted">${factsText(lab, explanation)}</p>
      <div class="tile-foot">
        <details>
          <summary>Settings</summary>
          ${requestFields(lab, wish, (changed) => this.onChange(changed))}
        </details>
        <details>
          <summary>About</summary>
          <p>${method.summary}</p>
          ${remarks(explanation?.remarks)}
        </details>
        <span class="tile-saves">
          <button type="button" class="quiet" ?disabled=${explanation === undefined} @click=${this.#savePicture}>
            PNG
          </button>
          <button type="button" class="quiet" ?disabled=${explanation === undefined} @click=${this.#saveNumbers}>
            .npy
          </button>
        </span>
      </div>
      <lab-worth
        .lab=${lab}
        .wish=${wish}
        .explanation=${slot.status === 'ready' ? explanation : undefined}
        .input=${slot.input}
      ></lab-worth>
      ${this.problem === undefined ? nothing : html`<p class="problem" role="alert">${this.problem}</p>`}
    </article>`;
  }

  /** The tile as a PNG with its scale. */
  async figure(): Promise<Blob | undefined> {
    const { lab, work: slot } = this;
    if (slot.explanation === undefined || slot.input === undefined) return undefined;
    return figureOf({
      explanation: slot.explanation,
      input: slot.input,
      preprocessing: lab.model.preprocessing,
      opacity: lab.opacity,
      isSmooth: isSmoothFor(lab, slot.explanation),
      scale: this.#ownScale(),
    });
  }

  #picture(): TemplateResult {
    const { lab, work: slot } = this;
    const { explanation } = slot;
    if (explanation !== undefined && !isMap(explanation)) {
      return html`<cs-picture .source=${explanation.tensor} .preprocessing=${lab.model.preprocessing}></cs-picture>`;
    }
    return html`<cs-heatmap
      .explanation=${explanation}
      .input=${slot.input}
      .preprocessing=${lab.model.preprocessing}
      .opacity=${lab.opacity}
      .scale=${this.#ownScale()}
      .probe=${this.probe}
      interpolation=${isSmoothFor(lab, explanation) ? 'bilinear' : 'nearest'}
      label=${`${methodNamed(this.wish.method).title} over the input`}
      @probe=${(event: CustomEvent<ProbeDetail>) => this.onProbe(event.detail.place)}
      ><span class="placeholder" aria-hidden="true"></span
    ></cs-heatmap>`;
  }

  /** Of a scale centred on zero, maps of one sign take the upper half. */
  #ownScale(): Scale | undefined {
    const { scale } = this;
    if (this.lab.wallScale === 'percentile') return this.percentile;
    if (scale === undefined || this.work.explanation?.sign === 'signed') return scale;
    if (this.#upperHalf?.max !== scale.max) this.#upperHalf = { min: 0, max: scale.max };
    return this.#upperHalf;
  }

  async #measure(explanation: Explanation): Promise<void> {
    this.#measured = explanation;
    if (!isMap(explanation)) {
      this.onExtreme(undefined);
      return;
    }
    const values = await explanation.tensor.read().catch(() => undefined);
    if (values === undefined || this.#measured !== explanation) return;
    const { sign } = explanation;
    const { max } = scaleOf(values.data as Float32Array, { sign });
    this.percentile = scaleOf(strongestOverChannels(values).data, { sign, percentile: 99 });
    this.onExtreme(max);
  }

  readonly #savePicture = async (): Promise<void> => {
    await this.#attempt(async () => {
      const figure = await this.figure();
      if (figure !== undefined) save(figure, this.#fileName('png'));
    });
  };

  readonly #saveNumbers = async (): Promise<void> => {
    await this.#attempt(async () => {
      if (this.work.explanation !== undefined) save(await npyOf(this.work.explanation), this.#fileName('npy'));
    });
  };

  #fileName(ending: string): string {
    const { method, layer, targets } = this.work.explanation ?? {};
    return fileNameOf([this.lab.model.name, method, layer, targets?.[0]?.label], ending);
  }

  async #attempt(work: () => Promise<void>): Promise<void> {
    this.problem = undefined;
    try {
      await work();
    } catch (error) {
      this.problem = messageOf(error);
    }
  }
}

/** What a map shows, in one line: layer, class or unit, and figures. */
export function factsText(lab: Lab, explanation: Explanation | undefined): string {
  if (explanation === undefined) return '';
  const { layer, targets, units, measures, tensor } = explanation;
  const target = targets?.[0];
  const unit = units?.[0];
  return [
    target === undefined ? '' : `class ${lab.labelOf(target.index)}`,
    layer === undefined ? '' : `layer ${layer}`,
    unit === undefined ? '' : `unit ${unitText(unit)}`,
    tensor.shape.slice(1).join(' × '),
    measuresText(measures),
  ]
    .filter((text) => text !== '')
    .join(' · ');
}
