import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Preprocessing } from '@convscope/formats';
import { float32Tensor, type TensorData } from '@convscope/gpu-engine/graph';
import { topActivations, type TopActivation } from '@convscope/xai';
import { decodeFile } from '../../elements/image-input/decode-file.ts';
import { messageOf } from '../../shared/failure-words.ts';
import { numberText } from '../../shared/number-text.ts';
import { cropped, patchOf } from '../lab/crop.ts';
import { isCancelled } from '../lab/lab.ts';
import { LabElement } from '../lab/lab-element.ts';
import { drawingsFor } from '../samples.ts';

/** How many drawings are looked through, and how many of the user's pictures at most. */
const DRAWINGS = 500;
const MOST_FILES = 200;
const SHOWN = 9;
/** Pictures that are handed over at once. */
const PART = 50;

interface Candidate {
  readonly label: string;
  readonly tensor: TensorData<'float32'>;
}

interface Found {
  readonly channel: number;
  readonly looked: number;
  readonly top: readonly Shown[];
}

/** A picture, or the part of it that the unit can see, and what the unit saw there. */
interface Shown {
  readonly label: string;
  readonly activation: number;
  readonly picture: TensorData<'float32'>;
  readonly seen: TensorData<'float32'>;
  /** How what was seen is shown: zero is grey, as in the paper's figures. */
  readonly signal: Preprocessing;
}

/** The pictures of a data set that excite a channel most, each with what its strongest unit saw in it. */
export class LabTopPictures extends LabElement {
  static override properties = {
    ...LabElement.properties,
    layer: { attribute: false },
    files: { state: true },
    found: { state: true },
    progress: { state: true },
    problem: { state: true },
  };

  declare layer: string;
  /** The user's pictures, for networks whose data set is not drawn here. */
  declare private files: readonly File[];
  declare private found: Found | undefined;
  declare private progress: number | undefined;
  declare private problem: string | undefined;
  #cancel = new AbortController();
  /** Whether the network's data set is drawn here; of the lab that was asked about last. */
  #hasDrawings = false;
  /** The channel that was chosen when this was drawn last. */
  #channel: number | undefined;

  constructor() {
    super();
    this.files = [];
    this.#clear();
  }

  override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has('lab')) this.#hasDrawings = drawingsFor(this.lab.model, 1).length > 0;
    const channel = this.lab.state.unit?.channel;
    if (changed.has('lab') || changed.has('layer') || channel !== this.#channel) this.#clear();
    this.#channel = channel;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#clear();
  }

  override render(): TemplateResult {
    const { lab, layer, found, progress, problem, files } = this;
    const [count = 1] = lab.layers.find(({ name }) => name === layer)?.shape ?? [];
    const channel = Math.min(lab.state.unit?.channel ?? 0, Number(count) - 1);
    const isReady = this.#hasDrawings || files.length > 0;
    return html`<section class="card" aria-labelledby="top-title" aria-busy=${progress !== undefined}>
      <div class="card-head">
        <h2 id="top-title">What excites a channel of <em>${layer}</em> most</h2>
        <label class="field inline"
          >Channel
          <input
            type="number"
            name="top-channel"
            min="0"
            max=${Number(count) - 1}
            step="1"
            .value=${String(channel)}
            @change=${this.#onChannel}
          />
          <span class="muted">of ${count}</span></label
        >
        ${this.#hasDrawings ? nothing : this.#filesField()}
        ${
          progress === undefined
            ? html`<button
                type="button"
                class="secondary top-search"
                ?disabled=${!isReady}
                @click=${() => void this.#search(channel)}
              >
                Look through ${this.#hasDrawings ? `${DRAWINGS} drawings` : `${files.length} pictures`}
              </button>`
            : html`<button type="button" class="quiet" @click=${() => this.#clear()}>Cancel</button>`
        }
      </div>
      <p class="muted">
        The ${SHOWN} pictures in which the channel fires most, with what its strongest unit saw in each by deconvnet; of
        larger pictures, the part that this unit can see.
        ${this.#hasDrawings ? nothing : 'The network’s own pictures are not here, so choose some of yours.'}
      </p>
      ${progress === undefined ? nothing : html`<progress class="thin" max="1" .value=${progress} aria-label="looking through pictures"></progress>`}
      ${problem === undefined ? nothing : html`<p class="problem" role="alert">${problem}</p>`}
      ${found === undefined ? nothing : this.#results(found)}
    </section>`;
  }

  #filesField(): TemplateResult {
    return html`<label class="file-label secondary"
      >Choose pictures
      <input
        type="file"
        name="top-files"
        class="visually-hidden"
        multiple
        accept=".png,.jpg,.jpeg"
        @change=${this.#onFiles}
    /></label>`;
  }

  #results({ channel, looked, top }: Found): TemplateResult {
    if (top.every(({ activation }) => activation <= 0)) {
      return html`<p>Channel ${channel} fires in none of ${looked} pictures.</p>`;
    }
    return html`<div class="top-pictures" aria-label=${`Channel ${channel}`}>
      ${top.map((one, rank) => this.#result(one, rank, channel))}
    </div>`;
  }

  #result({ picture, seen, signal, activation, label }: Shown, rank: number, channel: number): TemplateResult {
    const name = `${label}, rank ${rank + 1} for channel ${channel}`;
    return html`<figure>
      <div class="pair">
        <cs-picture .source=${picture} .preprocessing=${this.lab.model.preprocessing} label=${name}></cs-picture>
        <cs-picture .source=${seen} .preprocessing=${signal} label=${`What the unit saw: ${name}`}></cs-picture>
      </div>
      <figcaption class="muted"><span>${label}</span> <span class="number">${numberText(activation)}</span></figcaption>
    </figure>`;
  }

  async #search(channel: number): Promise<void> {
    this.#clear();
    const { signal } = this.#cancel;
    const { lab, layer } = this;
    this.progress = 0;
    try {
      const all = this.#hasDrawings ? drawingsFor(lab.model, DRAWINGS) : await this.#decoded(signal);
      const onProgress = (looked: number): void => {
        if (!signal.aborted) this.progress = looked / all.length;
      };
      const options = { layer, channels: [channel], count: SHOWN, signal, onProgress };
      const [first] = await lab.run('Looking through pictures …', signal, async () =>
        topActivations(lab.session, partsOf(all), options),
      );
      if (signal.aborted) return;
      const top = (first?.top ?? []).map((one) => shownOf(one, all[one.picture]?.label ?? '', lab.model.preprocessing));
      this.found = { channel, looked: all.length, top };
    } catch (error) {
      if (signal.aborted || isCancelled(error)) return;
      this.problem = messageOf(error);
    }
    this.progress = undefined;
  }

  async #decoded(signal: AbortSignal): Promise<readonly Candidate[]> {
    const { preprocessing } = this.lab.model;
    const candidates: Candidate[] = [];
    for (const file of this.files.slice(0, MOST_FILES)) {
      const tensor = await decodeFile(file, preprocessing, { signal, onProgress: () => undefined });
      candidates.push({ label: file.name, tensor });
    }
    return candidates;
  }

  #clear(): void {
    this.#cancel.abort();
    this.#cancel = new AbortController();
    this.found = undefined;
    this.progress = undefined;
    this.problem = undefined;
  }

  readonly #onChannel = (event: Event): void => {
    const field = event.target as HTMLInputElement;
    if (field.checkValidity() && field.value !== '') void this.#choose(field.valueAsNumber);
    else field.reportValidity();
  };

  /** Another channel is looked for at once where one already was. */
  async #choose(channel: number): Promise<void> {
    const wasSearched = this.found !== undefined || this.progress !== undefined;
    this.lab.change({ layer: this.layer, unit: { channel } });
    if (!wasSearched) return;
    await this.updateComplete;
    await this.#search(channel);
  }

  readonly #onFiles = (event: Event): void => {
    this.#clear();
    this.files = [...((event.target as HTMLInputElement).files ?? [])].slice(0, MOST_FILES);
  };
}

function shownOf(one: TopActivation, label: string, preprocessing: Preprocessing): Shown {
  const { image, reconstruction, crop, activation } = one;
  const [, , height = 0, width = 0] = image.shape;
  const box = patchOf(crop, height, width);
  const [picture, seen] =
    box === undefined ? [image, reconstruction] : [cropped(image, box), cropped(reconstruction, box)];
  const largest = seen.data.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  const signal = {
    ...preprocessing,
    scale: 1 / 255,
    invert: false,
    mean: preprocessing.mean.map(() => 0.5),
    standardDeviation: preprocessing.mean.map(() => 0.5 / largest),
  };
  return { label, activation, picture, seen, signal };
}

/** Pictures [n, C, H, W] of one size, a few at a time. */
function* partsOf(all: readonly Candidate[]): Generator<TensorData<'float32'>> {
  for (let start = 0; start < all.length; start += PART) {
    const some = all.slice(start, start + PART);
    const [first] = some;
    if (first === undefined) return;
    const part = float32Tensor([some.length, ...first.tensor.shape.slice(1)]);
    some.forEach(({ tensor }, index) => part.data.set(tensor.data, index * tensor.data.length));
    yield part;
  }
}
