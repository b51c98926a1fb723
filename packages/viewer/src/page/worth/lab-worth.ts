import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { TensorData } from '@convscope/gpu-engine/graph';
import type { Explanation } from '@convscope/xai';
import { messageOf } from '../../shared/failure-words.ts';
import { isCancelled } from '../lab/lab.ts';
import { LabElement } from '../lab/lab-element.ts';
import type { Wish } from '../state/lab-state.ts';
import { canBeJudged, measureWorth, type Worth } from './measure-worth.ts';
import { bars, curve } from './worth-curves.ts';
import { completenessWords, deletionWords, insertionWords, randomizationWords } from './worth-words.ts';

/** How much a map is worth, measured when the user asks. */
export class LabWorth extends LabElement {
  static override properties = {
    ...LabElement.properties,
    wish: { attribute: false },
    explanation: { attribute: false },
    input: { attribute: false },
    worth: { state: true },
    progress: { state: true },
    problem: { state: true },
  };

  declare wish: Wish;
  declare explanation: Explanation | undefined;
  /** What the explanation is about. */
  declare input: TensorData<'float32'> | undefined;
  declare private worth: Worth | undefined;
  /** The done part of the work; undefined where none is going on. */
  declare private progress: number | undefined;
  declare private problem: string | undefined;
  #cancel = new AbortController();

  constructor() {
    super();
    this.explanation = undefined;
    this.input = undefined;
    this.#clear();
  }

  override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has('explanation')) this.#clear();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#clear();
  }

  override render(): TemplateResult | typeof nothing {
    const { explanation, input, worth, progress, problem } = this;
    if (explanation === undefined || input === undefined || !canBeJudged(explanation, input)) return nothing;
    if (worth === undefined && progress === undefined && problem === undefined) {
      return html`<button type="button" class="quiet worth-ask" @click=${() => void this.#measure(explanation, input)}>
        How much is this worth?
      </button>`;
    }
    return html`<section class="worth" aria-label="Worth of the map" aria-busy=${progress !== undefined}>
      ${
        progress === undefined
          ? nothing
          : html`<p class="row">
              <progress class="thin" max="1" .value=${progress} aria-label="judging the map"></progress>
              <button type="button" class="quiet" @click=${() => this.#stop()}>Cancel</button>
            </p>`
      }
      ${problem === undefined ? nothing : html`<p class="problem" role="alert">${problem}</p>`}
      ${worth === undefined ? nothing : findings(worth)}
    </section>`;
  }

  async #measure(explanation: Explanation, input: TensorData<'float32'>): Promise<void> {
    this.#clear();
    const { signal } = this.#cancel;
    this.progress = 0;
    try {
      const onProgress = (known: Worth, done: number): void => {
        if (signal.aborted) return;
        this.worth = known;
        this.progress = done;
      };
      const worth = await measureWorth(this.lab, { wish: this.wish, explanation, input, signal, onProgress });
      if (signal.aborted) return;
      this.worth = worth;
    } catch (error) {
      if (signal.aborted || isCancelled(error)) return;
      this.problem = messageOf(error);
    }
    this.progress = undefined;
  }

  /** What is already known stays. */
  #stop(): void {
    this.#cancel.abort();
    this.progress = undefined;
    if (this.worth !== undefined && Object.values(this.worth).every((part) => part === undefined))
      this.worth = undefined;
  }

  #clear(): void {
    this.#cancel.abort();
    this.#cancel = new AbortController();
    this.worth = undefined;
    this.progress = undefined;
    this.problem = undefined;
  }
}

function findings({ completeness, curves, randomization }: Worth): TemplateResult {
  const key = curves === undefined ? '' : `Probability of ${curves.label}, 0 to 1, over 0 to 100 % of the pixels;`;
  return html`<div class="findings">
    ${completeness === undefined ? nothing : finding('Completeness', completenessWords(completeness), nothing)}
    ${
      curves === undefined
        ? nothing
        : html`${finding(
              'Deletion',
              deletionWords(curves),
              curve(curves.map.deletion, curves.random.deletion, `${key} strongest deleted first`),
            )}
            ${finding(
              'Insertion',
              insertionWords(curves),
              curve(curves.map.insertion, curves.random.insertion, `${key} strongest inserted first`),
            )}
            <p class="muted key">${key} dashed: random order.</p>`
    }
    ${
      randomization === undefined
        ? nothing
        : html`${finding('Random weights', randomizationWords(randomization), bars(randomization, 'Rank correlations'))}
            <p class="muted key">
              Rank correlation with the trained network’s map: trained, then with ever more layers random, from the
              scores down.
            </p>`
    }
  </div>`;
}

function finding(title: string, words: string, drawing: TemplateResult | typeof nothing): TemplateResult {
  return html`<div class=${drawing === nothing ? 'finding' : 'finding drawn'}>
    ${drawing}
    <div>
      <h4>${title}</h4>
      <p>${words}</p>
    </div>
  </div>`;
}
