import { html, nothing, type TemplateResult } from 'lit';
import { methodApplies, methodNamed, type Explanation, type Method } from '@convscope/xai';
import type { Preprocessing } from '@convscope/formats';
import type { TensorData } from '@convscope/gpu-engine/graph';
import { decodeFile } from '../../elements/image-input/decode-file.ts';
import { messageOf } from '../../shared/failure-words.ts';
import { numberText } from '../../shared/number-text.ts';
import type { ViewName, Wish } from '../state/lab-state.ts';
import { citation, noInput, remarks, slotState } from '../lab/fragments.ts';
import { isMap } from '../lab/kind.ts';
import { LabElement } from '../lab/lab-element.ts';
import { methodsOf } from '../lab/method-families.ts';
import { requestFields } from '../lab/request-fields.ts';
import { Slot } from '../lab/slot.ts';
import { figureOf } from '../share/figure.ts';
import { animationOf, filmOf, sheetOf } from '../share/picture-files.ts';
import { fileNameOf, npyOf, save } from '../share/save.ts';
import { canMakeVideo } from '../share/video-support.ts';
import { drawingReference } from '../state/drawing-text.ts';
import { factsText } from '../wall/lab-tile.ts';

type FileEnding = 'png' | 'gif' | 'mp4' | 'npy';

/** Methods that make pictures: they take long, so they begin when they are told to, and can be stopped. */
export class LabPictures extends LabElement {
  static override properties = {
    ...LabElement.properties,
    view: { attribute: false },
    asked: { state: true },
    guide: { state: true },
    problem: { state: true },
    hasVideo: { state: true },
  };

  declare view: ViewName;
  /** What was started; undefined until then. */
  declare private asked: Wish | undefined;
  /** A second picture, whose features a dream strengthens. */
  declare private guide: { readonly name: string; readonly tensor: TensorData<'float32'> } | undefined;
  declare private problem: string | undefined;
  declare private hasVideo: boolean;
  readonly #slot = new Slot(this);

  constructor() {
    super();
    this.asked = undefined;
    this.guide = undefined;
    this.problem = undefined;
    this.hasVideo = false;
    void canMakeVideo().then((can) => (this.hasVideo = can));
  }

  override render(): TemplateResult {
    const { lab } = this;
    const all = methodsOf(this.view);
    const [first] = all;
    if (first === undefined) return html`<p class="card">No method of this kind is there.</p>`;
    const wish = this.#wish(first);
    const method = methodNamed(wish.method);
    if (lab.input === undefined && method.input !== 'none') return noInput();
    const reason = methodApplies(method, lab.model);
    this.#slot.show(lab, reason === undefined ? this.asked : undefined, this.guide?.tensor);
    const isRunning = this.#slot.status === 'working';
    const hasChanged = JSON.stringify(wish) !== JSON.stringify(this.asked);
    return html`<section class="card pictures" aria-labelledby="pictures-title" aria-busy=${isRunning}>
      <div class="pictures-choice">
        <h2 id="pictures-title">${method.title}</h2>
        ${all.length < 2 ? nothing : this.#methodField(all, wish)}
        <p>${method.summary}</p>
        ${citation(method)} ${quickNote(method, wish, (changed) => this.#remember(changed))}
        ${requestFields(lab, wish, (changed) => this.#remember(changed))}
        ${this.view === 'dream' ? this.#guideField() : nothing}
        <label class="field"
          >Seed
          <input
            type="number"
            min="0"
            max="999999999"
            step="1"
            .value=${String(wish.seed ?? 1)}
            @change=${(event: Event) => this.#onSeed(event, wish)}
          />
          <small class="muted">the same seed gives the same picture</small>
        </label>
        ${reason === undefined ? nothing : html`<p class="problem">Not for this network: ${reason}.</p>`}
        <p class="row">
          <button
            type="button"
            class="primary"
            ?disabled=${reason !== undefined || isRunning}
            @click=${() => this.#start(wish)}
          >
            ${this.#slot.explanation === undefined ? 'Start' : hasChanged ? 'Start with these settings' : 'Start again'}
          </button>
          ${isRunning ? html`<button type="button" class="secondary" @click=${() => this.#stop()}>Stop</button>` : nothing}
        </p>
      </div>
      <div class="pictures-result">
        ${slotState(this.#slot)}
        ${
          isRunning
            ? html`<p class="muted number" role="status">${Math.round(this.#slot.progress * 100)} % done</p>`
            : nothing
        }
        ${isRunning && this.#slot.growing !== undefined ? this.#growing(method, this.#slot.growing) : this.#result()}
      </div>
    </section>`;
  }

  #methodField(all: readonly Method[], wish: Wish): TemplateResult {
    return html`<label class="field"
      >Method
      <select @change=${(event: Event) => this.#remember(beginning((event.target as HTMLSelectElement).value))}>
        ${all.map(({ name, title }) => html`<option value=${name} ?selected=${name === wish.method}>${title}</option>`)}
      </select>
    </label>`;
  }

  #guideField(): TemplateResult {
    return html`<div class="field">
      <label class="file-label secondary"
        >${this.guide === undefined ? 'Choose a guide' : `Guide: ${this.guide.name}`}
        <input type="file" name="guide" class="visually-hidden" accept=".png,.jpg,.jpeg" @change=${this.#onGuide}
      /></label>
      <small class="muted"
        >a second picture: the dream takes what it strengthens from it; none: all that is there</small
      >
    </div>`;
  }

  readonly #onGuide = async (event: Event): Promise<void> => {
    const [file] = (event.target as HTMLInputElement).files ?? [];
    this.problem = undefined;
    this.asked = undefined;
    try {
      const { signal } = new AbortController();
      const { preprocessing } = this.lab.model;
      const decoded = file && (await decodeFile(file, preprocessing, { signal, onProgress: () => undefined }));
      this.guide = decoded && { name: file.name, tensor: decoded };
    } catch (error) {
      this.problem = messageOf(error);
    }
  };

  /** What stands there so far, at the place of the result. */
  #growing(method: Method, source: TensorData<'float32'>): TemplateResult {
    const { lab } = this;
    const count = source.shape[0] ?? 1;
    return html`<div class="side-by-side">
      ${
        method.input === 'none' || lab.input === undefined
          ? nothing
          : html`<figure>
              <cs-picture .source=${lab.input} .preprocessing=${lab.model.preprocessing} label="The input"></cs-picture>
              <figcaption class="muted">input</figcaption>
            </figure>`
      }
      <figure>
        <cs-picture
          class=${count > 1 ? 'growing several' : 'growing'}
          .source=${source}
          .preprocessing=${lab.model.preprocessing}
          label=${`${method.title}, so far`}
        ></cs-picture>
        <figcaption class="muted">so far</figcaption>
      </figure>
    </div>`;
  }

  #result(): TemplateResult {
    const { lab } = this;
    const { explanation, input } = this.#slot;
    if (explanation === undefined) {
      if (
        lab.input === undefined ||
        methodNamed(this.#wish(methodsOf(this.view)[0] as Method).method).input === 'none'
      ) {
        return html`<p class="muted">The picture begins as noise, and will stand here.</p>`;
      }
      return html`<div class="before">
        <cs-picture .source=${lab.input} .preprocessing=${lab.model.preprocessing} label="The input"></cs-picture>
        <p class="muted">This is the input. The result will stand beside it.</p>
      </div>`;
    }
    return html`<div class="side-by-side">
        ${
          input === lab.blank
            ? nothing
            : html`<figure>
                <cs-picture .source=${input} .preprocessing=${lab.model.preprocessing} label="The input"></cs-picture>
                <figcaption class="muted">input</figcaption>
              </figure>`
        }
        <figure>
          ${
            isMap(explanation)
              ? html`<cs-heatmap .explanation=${explanation} label="The result"></cs-heatmap>`
              : html`<cs-picture
                  class=${(explanation.tensor.shape[0] ?? 1) > 1 ? 'result several' : 'result'}
                  .source=${explanation.tensor}
                  .preprocessing=${lab.model.preprocessing}
                  .captions=${captionsOf(explanation)}
                  label=${methodNamed(explanation.method).title}
                ></cs-picture>`
          }
          <figcaption class="muted">
            ${countOf(explanation) > 1 ? severalText(explanation) : factsText(lab, explanation)}
          </figcaption>
        </figure>
      </div>
      <p class="row">
        <button type="button" class="secondary" @click=${() => this.#save(explanation, 'png')}>Download PNG</button>
        ${
          isSequence(explanation)
            ? html`<button type="button" class="secondary" @click=${() => this.#save(explanation, 'gif')}>
                  Download GIF
                </button>
                ${
                  this.hasVideo
                    ? html`<button type="button" class="secondary" @click=${() => this.#save(explanation, 'mp4')}>
                        Download MP4
                      </button>`
                    : nothing
                }`
            : nothing
        }
        <button type="button" class="secondary" @click=${() => this.#save(explanation, 'npy')}>Download .npy</button>
        ${
          fitsInput(explanation, lab.input)
            ? html`<button type="button" class="quiet" @click=${() => this.#useAsInput(explanation)}>
                What does the network say to this?
              </button>`
            : nothing
        }
      </p>
      ${this.problem === undefined ? nothing : html`<p class="problem" role="alert">${this.problem}</p>`}
      ${remarks(explanation.remarks)}`;
  }

  #wish(first: Method): Wish {
    const known = this.lab.state.pictures[this.view];
    return known !== undefined && methodsOf(this.view).some(({ name }) => name === known.method)
      ? known
      : beginning(first.name);
  }

  #remember(wish: Wish): void {
    this.lab.change({ pictures: { ...this.lab.state.pictures, [this.view]: wish } });
  }

  readonly #onSeed = (event: Event, wish: Wish): void => {
    const seed = (event.target as HTMLInputElement).valueAsNumber;
    if (Number.isInteger(seed) && seed >= 0) this.#remember({ ...wish, seed });
  };

  #start(wish: Wish): void {
    this.#remember(wish);
    // Another object with the same text would not begin anew.
    this.#slot.show(this.lab, undefined);
    this.asked = wish;
    this.requestUpdate();
  }

  #stop(): void {
    this.asked = undefined;
    this.#slot.stop();
  }

  async #save(explanation: Explanation, ending: FileEnding): Promise<void> {
    const { lab } = this;
    this.problem = undefined;
    try {
      const { preprocessing } = lab.model;
      const { input = lab.input } = this.#slot;
      if (input === undefined) return;
      const blob = await this.#fileOf(explanation, input, preprocessing, ending);
      save(blob, fileNameOf([lab.model.name, explanation.method, explanation.layer], ending));
    } catch (error) {
      this.problem = messageOf(error);
    }
  }

  async #fileOf(
    explanation: Explanation,
    input: TensorData<'float32'>,
    preprocessing: Preprocessing,
    ending: FileEnding,
  ): Promise<Blob> {
    if (ending === 'npy') return npyOf(explanation);
    if (ending === 'gif') return animationOf(explanation, preprocessing);
    if (ending === 'mp4') return filmOf(explanation, preprocessing);
    if (countOf(explanation) > 1) return sheetOf(explanation, preprocessing, captionsOf(explanation) ?? []);
    return figureOf({ explanation, input, preprocessing, opacity: 1, isSmooth: false });
  }

  async #useAsInput({ tensor }: Explanation): Promise<void> {
    const { lab } = this;
    this.asked = undefined;
    const one = (await tensor.read()) as TensorData<'float32'>;
    lab.setInput(one, { input: await drawingReference(one, lab.model.preprocessing) });
  }
}

/** A method with the parameters that bring a first picture soon. */
function beginning(method: string): Wish {
  const { quick } = methodNamed(method);
  return quick === undefined ? { method } : { method, parameters: quick };
}

/** Says what of the settings is for a first look, and offers the method's own. */
function quickNote(method: Method, wish: Wish, change: (wish: Wish) => void): TemplateResult | typeof nothing {
  const quick = Object.entries(method.quick ?? {}).filter(([name, value]) => wish.parameters?.[name] === value);
  if (quick.length === 0) return nothing;
  const text = quick
    .map(([name, value]) => `${name} ${value} instead of ${method.parameters[name]?.default}`)
    .join(', ');
  const names = new Set(quick.map(([name]) => name));
  const rest = Object.entries(wish.parameters ?? {}).filter(([name]) => !names.has(name));
  return html`<p class="muted quick">
    Set for a quick first look (${text}).
    <button type="button" class="quiet" @click=${() => change({ ...wish, parameters: Object.fromEntries(rest) })}>
      Use the full settings
    </button>
  </p>`;
}

function countOf({ tensor }: Explanation): number {
  return tensor.shape[0] ?? 1;
}

/** Frames of a zoom rather than pictures of different things. */
function isSequence(explanation: Explanation): boolean {
  return countOf(explanation) > 1 && explanation.method === 'deep-dream';
}

/** What each picture is of, with what it brings forth. */
function captionsOf({ captions, measures }: Explanation): readonly string[] | undefined {
  const errors = measures?.['feature error'];
  if (errors !== undefined)
    return captions?.map((caption, index) => `${caption} · error ${numberText(errors[index] ?? NaN)}`);
  const answers = measures?.['answer'];
  return captions?.map((caption, index) => {
    const answer = answers?.[index];
    return answer === undefined ? caption : `${caption} · ${numberText(answer)}`;
  });
}

function severalText(explanation: Explanation): string {
  const { layer, measures, tensor } = explanation;
  const size = `${tensor.shape[0]} pictures of ${tensor.shape.slice(1).join(' × ')}`;
  const answers = measures?.['answer'] === undefined ? '' : ' · below each: how strongly it is answered';
  return `${layer === undefined ? '' : `layer ${layer} · `}${size}${answers}`;
}

/** One picture of the size that the network takes. */
function fitsInput({ tensor }: Explanation, input: TensorData<'float32'> | undefined): boolean {
  return tensor.shape.join() === input?.shape.join();
}
