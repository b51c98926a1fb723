import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { tuneKernels, tuningWorkload, type KernelTuning, type TuneProgress } from '@convscope/gpu-engine';
import { messageOf } from '../../shared/failure-words.ts';
import { tokens } from '../../shared/tokens.styles.ts';
import { isCancelled, type Lab } from '../lab/lab.ts';
import { styles } from './cs-kernel-card.styles.ts';
import { browserStore, keepTuning } from './kernel-store.ts';
import { tuningWords } from './tuning-words.ts';

/**
 * Measures which kernels are the fastest for the lab's network on this GPU, and keeps them in the browser. They are
 * used from the next time on that the network is opened.
 *
 * @element cs-kernel-card
 * @property {Lab | undefined} lab - nothing is shown without it
 * @fires {CustomEvent} change - other kernels are kept; bubbles
 */
export class CsKernelCard extends LitElement {
  static override properties = {
    lab: { attribute: false },
    progress: { state: true },
    problem: { state: true },
  };
  static override styles = [tokens, styles];

  declare lab: Lab | undefined;
  /** Of the measurement that is under way. */
  declare private progress: Pick<TuneProgress, 'done' | 'total'> | undefined;
  declare private problem: string | undefined;
  #controller = new AbortController();

  constructor() {
    super();
    this.lab = undefined;
    this.progress = undefined;
    this.problem = undefined;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#cancel();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('lab')) this.#cancel();
  }

  override render(): TemplateResult | typeof nothing {
    const { lab, progress, problem } = this;
    if (lab === undefined) return nothing;
    const { tuning } = lab;
    return html`<details>
      <summary>
        <strong>Kernels</strong>
        <span class="muted">${tuning === undefined ? 'by default' : tuningWords(tuning)}</span>
      </summary>
      <p>
        A convolution can be computed in several ways, and which one is the fastest depends on its sizes and on the GPU.
        By default a table decides. Here each of them can be measured for this network, for one picture and its
        gradient. The choice is kept in this browser; results differ in their last digits only.
      </p>
      ${
        progress === undefined
          ? html`<p class="row">
              <button type="button" name="measure" @click=${() => void this.#measure(lab)}>
                ${tuning === undefined ? 'Measure on this GPU' : 'Measure again'}
              </button>
              ${
                tuning === undefined
                  ? nothing
                  : html`<button type="button" name="remove" @click=${() => this.#keep(lab, undefined)}>
                      Remove, take the default
                    </button>`
              }
            </p>`
          : html`<p class="row" role="status">
              <progress
                max=${Math.max(1, progress.total)}
                value=${progress.done}
                aria-label="Measuring kernels"
              ></progress>
              <span class="number">
                ${progress.total === 0 ? 'waiting for the views' : `${progress.done} of ${progress.total} problems`}
              </span>
              <button type="button" name="cancel" @click=${() => this.#cancel()}>Cancel</button>
            </p>`
      }
      ${problem === undefined ? nothing : html`<p role="alert">${problem}</p>`}
    </details>`;
  }

  async #measure(lab: Lab): Promise<void> {
    this.#controller = new AbortController();
    const { signal } = this.#controller;
    this.problem = undefined;
    this.progress = { done: 0, total: 0 };
    const { graph, logits, input, preprocessing } = lab.model;
    const { channels, height, width } = preprocessing;
    try {
      const workload = tuningWorkload(graph, { logits, input, shape: [1, channels, height, width] });
      const clock = (): number => performance.now();
      const onProgress = ({ done, total }: TuneProgress): void => void (this.progress = { done, total });
      const tuning = await lab.run('Measuring kernels', signal, async () =>
        tuneKernels(lab.device, workload, { clock, signal, onProgress }),
      );
      if (!signal.aborted) this.#keep(lab, tuning);
    } catch (error) {
      if (!signal.aborted && !isCancelled(error)) this.problem = messageOf(error);
    } finally {
      if (signal === this.#controller.signal) this.progress = undefined;
    }
  }

  /** What is under way ends at its next measurement. */
  #cancel(): void {
    this.#controller.abort();
    this.progress = undefined;
  }

  #keep(lab: Lab, tuning: KernelTuning | undefined): void {
    if (keepTuning(browserStore(), lab.kernelPlace, tuning)) {
      this.dispatchEvent(new CustomEvent('change', { bubbles: true, composed: true }));
    } else {
      this.problem = 'The browser does not let the page keep the choice.';
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cs-kernel-card': CsKernelCard;
  }
}
