import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { Model } from '@convscope/formats';
import { layersOf, defaultLayer, methodNamed, methods, type Layer, type Method, type Unit } from '@convscope/xai';
import { loadModel, sampleDigits } from '@convscope/zoo';
import type { TargetDetail } from '../elements/class-scores/cs-class-scores.ts';
import type { InputDetail, InputSample } from '../elements/image-input/cs-image-input.ts';
import { failureWords } from '../shared/failure-words.ts';
import { numberText, percentText } from '../shared/number-text.ts';
import { sharedDevice } from '../shared/shared-device.ts';
import { Explorer } from './explorer.ts';

const SAMPLES = 10;
/** The methods that are one click away; all others that explain classes are in a list. */
const mainMethods: readonly Method[] = [methods.gradient, methods.guidedBackprop, methods.deconvnet, methods.gradCam];
const otherMethods = Object.values<Method>(methods).filter(
  (method) => method.explains.includes('class') && !mainMethods.includes(method),
);

/** The page: one network, one input, and what each part of the network makes of it. Renders into the light DOM. */
export class CsPage extends LitElement {
  static override properties = {
    explorer: { state: true },
    failure: { state: true },
    opacity: { state: true },
    isSmooth: { state: true },
  };

  declare private explorer: Explorer | undefined;
  declare private failure: unknown;
  declare private opacity: number;
  /** Undefined: smooth where the map is coarser than the picture. */
  declare private isSmooth: boolean | undefined;
  #model: Model | undefined;
  #samples: readonly InputSample[] = [];

  constructor() {
    super();
    this.explorer = undefined;
    this.failure = undefined;
    this.opacity = 0.85;
    this.isSmooth = undefined;
  }

  override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#open();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.explorer?.dispose();
    this.explorer = undefined;
  }

  override render(): TemplateResult {
    return html`
      <header>
        <h1>Convscope</h1>
        <p class="lead">
          See what a convolutional network looks at, layer by layer, computed live on your own machine.
        </p>
        ${this.#facts()}
      </header>
      <main>${this.failure === undefined ? this.#content() : this.#failure(this.failure)}</main>
      <p class="visually-hidden" role="status" aria-live="polite">${this.#announcement()}</p>
    `;
  }

  readonly #open = async (): Promise<void> => {
    this.explorer?.dispose();
    this.explorer = undefined;
    this.failure = undefined;
    try {
      // Before the weights are loaded: without a device they would be of no use.
      await sharedDevice();
      this.#model ??= await loadModel('digits');
      this.#samples = samplesFor(this.#model);
      const first = this.#samples.find(({ label }) => label === '2') ?? this.#samples[0];
      if (first === undefined) return;
      this.explorer = await Explorer.open(
        this.#model,
        {
          input: first.tensor,
          target: undefined,
          method: methods.guidedBackprop.name,
          layer: middleStage(this.#model),
          unit: undefined,
        },
        {
          change: async () => {
            this.requestUpdate();
            await this.updateComplete;
          },
          failure: (error) => (this.failure = error),
        },
      );
    } catch (error) {
      this.failure = error;
    }
  };

  #facts(): TemplateResult | typeof nothing {
    const { explorer } = this;
    if (explorer === undefined) return nothing;
    const { model } = explorer.session;
    const count = [...model.parameters.values()].reduce((sum, { data }) => sum + data.length, 0);
    const { vendor, architecture, description } = explorer.device.adapter;
    const adapter = description || [vendor, architecture].filter(Boolean).join(' ') || 'WebGPU';
    return html`<p class="facts muted">
      network <strong>${model.name}</strong>, ${count.toLocaleString('en')} parameters · on ${adapter}
    </p>`;
  }

  #failure(error: unknown): TemplateResult {
    const { code, title, advice, canRetry } = failureWords(error);
    return html`<section class="card failure" role="alert" data-code=${code}>
      <h2>${title}</h2>
      <p>${advice}</p>
      ${canRetry ? html`<button type="button" class="primary" @click=${this.#open}>Try again</button>` : nothing}
    </section>`;
  }

  #content(): TemplateResult {
    const { explorer } = this;
    if (explorer === undefined) return html`<p class="opening muted">Loading the network …</p>`;
    return html`<div class="columns">
        ${this.#inputCard(explorer)} ${this.#scoresCard(explorer)} ${this.#whyCard(explorer)}
      </div>
      ${this.#layersCard(explorer)}
      <footer class="muted">
        Everything on this page is computed by your own machine; nothing is sent anywhere.
      </footer>`;
  }

  #inputCard({ wishes, session }: Explorer): TemplateResult {
    return html`<section class="card input-card" aria-labelledby="input-title">
      <h2 id="input-title">Draw a digit</h2>
      <p class="muted">or pick one, or bring a picture of your own.</p>
      <cs-image-input
        .preprocessing=${session.model.preprocessing}
        .samples=${this.#samples}
        .value=${wishes.input}
        @input=${this.#onInput}
      ></cs-image-input>
    </section>`;
  }

  #scoresCard({ wishes, findings, working }: Explorer): TemplateResult {
    const [best] = findings.scores ?? [];
    return html`<section class="card scores-card" aria-labelledby="scores-title" aria-busy=${working !== undefined}>
      <h2 id="scores-title">${best === undefined ? 'What it says' : html`It says <em>${best.label}</em>`}</h2>
      <p class="muted">
        ${best === undefined ? '' : `with ${percentText(best.probability)}.`} Click a class to ask about it.
      </p>
      <cs-class-scores
        .scores=${findings.scores ?? []}
        .target=${wishes.target ?? best?.index}
        @target=${this.#onTarget}
      ></cs-class-scores>
    </section>`;
  }

  #whyCard({ wishes, findings, session, problem, working }: Explorer): TemplateResult {
    const { explanation } = findings;
    const chosen = methodNamed(wishes.method);
    const label = explanation?.targets?.[0]?.label;
    const isCoarse = (explanation?.tensor.shape[2] ?? 0) < (findings.input?.shape[2] ?? 0);
    const isSmooth = this.isSmooth ?? isCoarse;
    return html`<section class="card why-card" aria-labelledby="why-title">
      <div class="why-head">
        <h2 id="why-title">${label === undefined ? 'Why?' : html`Why <em>${label}</em>?`}</h2>
        <p class="working muted number">${working === undefined ? '' : `${working} …`}</p>
      </div>
      <div class="switch" role="radiogroup" aria-label="Explanation method">
        ${mainMethods.map(
          ({ name, title }) =>
            html`<label
              ><input
                type="radio"
                name="method"
                value=${name}
                .checked=${name === wishes.method}
                @change=${() => this.explorer?.wish({ method: name })}
              /><span>${title}</span></label
            >`,
        )}
        ${otherMethods.length === 0 ? nothing : this.#otherMethods(chosen)}
      </div>
      ${problem === undefined ? nothing : html`<p class="problem" role="alert">${problem}</p>`}
      <div class="why">
        <cs-heatmap
          .explanation=${explanation}
          .input=${findings.input}
          .preprocessing=${session.model.preprocessing}
          .opacity=${this.opacity}
          interpolation=${isSmooth ? 'bilinear' : 'nearest'}
          label=${`${chosen.title} over the input`}
        ></cs-heatmap>
        <div class="about">
          <p>${chosen.summary}</p>
          ${citation(chosen)}
          ${explanation?.layer === undefined ? nothing : html`<p>Computed at layer <strong>${explanation.layer}</strong>.</p>`}
          <label class="slider"
            >Opacity of the map
            <input
              type="range"
              min="0"
              max="1"
              step="0.05"
              .value=${String(this.opacity)}
              @input=${(event: Event) => (this.opacity = Number((event.target as HTMLInputElement).value))}
            />
          </label>
          <label class="check">
            <input
              type="checkbox"
              .checked=${isSmooth}
              @change=${(event: Event) => (this.isSmooth = (event.target as HTMLInputElement).checked)}
            />
            Smooth between the map’s pixels
          </label>
          ${remarks(explanation?.remarks)}
        </div>
      </div>
    </section>`;
  }

  #otherMethods(chosen: Method): TemplateResult {
    const isOther = otherMethods.includes(chosen);
    return html`<select
      class=${isOther ? 'chosen' : ''}
      aria-label="Other methods"
      @change=${(event: Event) => this.explorer?.wish({ method: (event.target as HTMLSelectElement).value })}
    >
      <option disabled ?selected=${!isOther}>more</option>
      ${otherMethods.map((method) => html`<option value=${method.name} ?selected=${method === chosen}>${method.title}</option>`)}
    </select>`;
  }

  #layersCard({ wishes, findings, session }: Explorer): TemplateResult {
    const layers = layersOf(session.model.graph).filter(({ kind }) => kind === 'features');
    const { maps, unitPicture, unitValue } = findings;
    const unit = unitPicture?.layer === wishes.layer ? unitPicture.units?.[0] : undefined;
    const option = (layer: Layer): TemplateResult =>
      html`<option value=${layer.name} ?selected=${layer.name === wishes.layer}>${layerText(layer)}</option>`;
    const marked = wishes.unit === undefined || wishes.unit.channel === unit?.channel ? unit : wishes.unit;
    return html`<section class="card layers-card" aria-labelledby="layers-title">
      <div class="layers-head">
        <h2 id="layers-title">What a layer sees</h2>
        <label
          >Layer
          <select name="layer" @change=${(event: Event) => this.#onLayer((event.target as HTMLSelectElement).value)}>
            <optgroup label="Stages">${layers.filter(({ suggested }) => suggested).map(option)}</optgroup>
            <optgroup label="Steps on the way">${layers.filter(({ suggested }) => !suggested).map(option)}</optgroup>
          </select>
        </label>
      </div>
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
            ${unit === undefined ? 'What a unit saw' : html`What <em>${wishes.layer}, channel ${unit.channel}</em> saw`}
          </h3>
          <cs-heatmap
            class="unit-picture"
            .explanation=${unitPicture}
            .input=${findings.input}
            .preprocessing=${session.model.preprocessing}
            .opacity=${this.opacity}
            interpolation="nearest"
            label=${`Deconvnet reconstruction of ${wishes.layer}, channel ${unit?.channel ?? ''}`}
          ></cs-heatmap>
          ${unit === undefined ? nothing : unitText(unit, unitValue)} ${remarks(unitPicture?.remarks)}
        </div>
      </div>
    </section>`;
  }

  #announcement(): string {
    const { scores, explanation, unitPicture } = this.explorer?.findings ?? {};
    const [best] = scores ?? [];
    if (best === undefined || this.explorer?.working !== undefined) return '';
    const target = explanation?.targets?.[0]?.label ?? best.label;
    const unit = unitPicture?.units?.[0];
    return `The network says ${best.label}, ${percentText(best.probability)}. Shown: ${explanation?.method ?? ''} for ${target}, and what ${unitPicture?.layer ?? ''}, channel ${unit?.channel ?? ''} saw.`;
  }

  readonly #onInput = ({ detail }: CustomEvent<InputDetail>): void => {
    const channel = this.explorer?.wishes.unit?.channel;
    const unit = channel === undefined ? undefined : { channel };
    this.explorer?.wish({ input: detail.tensor, target: undefined, unit });
  };

  readonly #onTarget = ({ detail }: CustomEvent<TargetDetail>): void => {
    this.explorer?.wish({ target: detail.index });
  };

  #onLayer(layer: string): void {
    this.explorer?.wish({ layer, unit: undefined });
  }

  readonly #onUnit = ({ detail }: CustomEvent<Unit>): void => {
    this.explorer?.wish({ unit: detail });
    // On narrow screens what the unit saw is below the maps.
    this.querySelector('.unit')?.scrollIntoView({ block: 'nearest' });
  };
}

function samplesFor({ preprocessing }: Model): readonly InputSample[] {
  const { images, labels, classNames } = sampleDigits(SAMPLES);
  const { channels, height, width } = preprocessing;
  const size = channels * height * width;
  const samples = Array.from({ length: SAMPLES }, (_, n) => ({
    label: classNames[labels.data[n] ?? 0] ?? '',
    tensor: {
      dtype: 'float32' as const,
      shape: [1, channels, height, width],
      data: images.data.slice(n * size, (n + 1) * size),
    },
  }));
  return samples.sort((a, b) => a.label.localeCompare(b.label));
}

function layerText({ name, shape: [channels, height, width] }: Layer): string {
  return `${name}: ${channels} maps of ${height} × ${width}`;
}

/** The stage in the middle: its units see more than strokes, and its maps still look like the picture. */
function middleStage({ graph }: Model): string {
  const stages = layersOf(graph).filter(({ kind, suggested }) => kind === 'features' && suggested);
  return stages[Math.floor((stages.length - 1) / 2)]?.name ?? defaultLayer(graph, 'first-features');
}

function unitText({ channel, y, x }: Unit, value: number | undefined): TemplateResult {
  return html`<p class="unit-text">
    channel
    ${channel}${y === undefined ? '' : `, row ${y}, column ${x}`}${value === undefined ? '' : html`: value <strong>${numberText(value)}</strong>`}
  </p>`;
}

function citation({ paper: { authors, year, title, arxiv } }: Method): TemplateResult {
  const text = `${authors.split(',')[0]}${authors.includes(',') ? ' et al.' : ''} ${year}`;
  return html`<p class="citation muted" title=${title}>
    ${arxiv === undefined ? text : html`<a href=${`https://arxiv.org/abs/${arxiv}`} rel="noreferrer">${text}</a>`}
  </p>`;
}

function remarks(lines: readonly string[] | undefined): TemplateResult | typeof nothing {
  if (lines === undefined || lines.length === 0) return nothing;
  return html`<ul class="remarks">
    ${lines.map((line) => html`<li>${line}</li>`)}
  </ul>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'cs-page': CsPage;
  }
}
