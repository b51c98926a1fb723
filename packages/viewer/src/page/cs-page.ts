import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { Model } from '@convscope/formats';
import { layersOf, defaultLayer, methods, type Layer, type Method, type Unit } from '@convscope/xai';
import { loadModel, sampleDigits } from '@convscope/zoo';
import type { TargetDetail } from '../elements/class-scores/cs-class-scores.ts';
import type { InputDetail, InputSample } from '../elements/image-input/cs-image-input.ts';
import { failureWords } from '../shared/failure-words.ts';
import { numberText, percentText } from '../shared/number-text.ts';
import { sharedDevice } from '../shared/shared-device.ts';
import { Explorer } from './explorer.ts';

const SAMPLES = 10;
const classMethods: readonly Method[] = Object.values<Method>(methods).filter(({ explains }) =>
  explains.includes('class'),
);

/** The page: one network, one input, and what each part of the network makes of it. Renders into the light DOM. */
export class CsPage extends LitElement {
  static override properties = {
    explorer: { state: true },
    failure: { state: true },
    opacity: { state: true },
    isNearest: { state: true },
  };

  declare private explorer: Explorer | undefined;
  declare private failure: unknown;
  declare private opacity: number;
  declare private isNearest: boolean;
  #model: Model | undefined;
  #samples: readonly InputSample[] = [];

  constructor() {
    super();
    this.explorer = undefined;
    this.failure = undefined;
    this.opacity = 0.85;
    this.isNearest = false;
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

  async #open(): Promise<void> {
    this.explorer?.dispose();
    this.explorer = undefined;
    this.failure = undefined;
    try {
      // Before the weights are loaded: without a device they would be of no use.
      await sharedDevice();
      this.#model ??= await loadModel('digits');
      this.#samples = samplesFor(this.#model);
      const [first] = this.#samples;
      if (first === undefined) return;
      const { graph } = this.#model;
      this.explorer = await Explorer.open(
        this.#model,
        {
          input: first.tensor,
          target: undefined,
          method: methods.guidedBackprop.name,
          layer: defaultLayer(graph, 'first-features'),
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
  }

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
      ${this.#layersCard(explorer)}`;
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
      <p class="working muted">${working === undefined ? '' : `${working} …`}</p>
    </section>`;
  }

  #whyCard({ wishes, findings, session }: Explorer): TemplateResult {
    const { explanation } = findings;
    const chosen = classMethods.find(({ name }) => name === wishes.method);
    const label = explanation?.targets?.[0]?.label;
    return html`<section class="card why-card" aria-labelledby="why-title">
      <h2 id="why-title">${label === undefined ? 'Why?' : html`Why <em>${label}</em>?`}</h2>
      <div class="switch" role="radiogroup" aria-label="Explanation method">
        ${classMethods.map(
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
      </div>
      <div class="why">
        <cs-heatmap
          .explanation=${explanation}
          .input=${findings.input}
          .preprocessing=${session.model.preprocessing}
          .opacity=${this.opacity}
          interpolation=${this.isNearest ? 'nearest' : 'bilinear'}
          label=${`${chosen?.title ?? ''} over the input`}
        ></cs-heatmap>
        <div class="about">
          <p>${chosen?.summary}</p>
          ${chosen === undefined ? nothing : citation(chosen)}
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
              .checked=${this.isNearest}
              @change=${(event: Event) => (this.isNearest = (event.target as HTMLInputElement).checked)}
            />
            show the map’s own pixels
          </label>
          ${remarks(explanation?.remarks)}
        </div>
      </div>
    </section>`;
  }

  #layersCard({ wishes, findings, session }: Explorer): TemplateResult {
    const layers = layersOf(session.model.graph).filter(({ kind }) => kind === 'features');
    const { maps, unitPicture, unitValue } = findings;
    const unit = unitPicture?.layer === wishes.layer ? unitPicture.units?.[0] : undefined;
    return html`<section class="card layers-card" aria-labelledby="layers-title">
      <div class="layers-head">
        <h2 id="layers-title">What a layer sees</h2>
        <label
          >Layer
          <select name="layer" @change=${(event: Event) => this.#onLayer((event.target as HTMLSelectElement).value)}>
            ${layers.map((layer) => html`<option value=${layer.name} ?selected=${layer.name === wishes.layer}>${layerText(layer)}</option>`)}
          </select>
        </label>
      </div>
      <div class="layers">
        <div>
          <p class="muted">
            One map a channel, all on one scale. Click a map for the unit that fired most in it; click again inside it
            for an exact position.
          </p>
          <cs-feature-maps .explanation=${maps} .unit=${wishes.unit ?? unit} @unit=${this.#onUnit}></cs-feature-maps>
        </div>
        <div class="unit" aria-live="polite">
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
    const { scores, explanation } = this.explorer?.findings ?? {};
    const [best] = scores ?? [];
    if (best === undefined || this.explorer?.working !== undefined) return '';
    const target = explanation?.targets?.[0]?.label ?? best.label;
    return `The network says ${best.label}, ${percentText(best.probability)}. Shown: ${explanation?.method ?? ''} for ${target}.`;
  }

  #onInput({ detail }: CustomEvent<InputDetail>): void {
    const channel = this.explorer?.wishes.unit?.channel;
    const unit = channel === undefined ? undefined : { channel };
    this.explorer?.wish({ input: detail.tensor, target: undefined, unit });
  }

  #onTarget({ detail }: CustomEvent<TargetDetail>): void {
    this.explorer?.wish({ target: detail.index });
  }

  #onLayer(layer: string): void {
    this.explorer?.wish({ layer, unit: undefined });
  }

  #onUnit({ detail }: CustomEvent<Unit>): void {
    this.explorer?.wish({ unit: detail });
  }
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

function layerText({ name, shape, suggested }: Layer): string {
  return `${name} · ${shape.join(' × ')}${suggested ? ' ·  stage' : ''}`;
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
