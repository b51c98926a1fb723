import { html, LitElement, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import { emit, type EventListening } from '../../shared/events.ts';
import { numberText, percentText } from '../../shared/number-text.ts';
import { tokens } from '../../shared/tokens.styles.ts';
import { styles } from './cs-training-chart.styles.ts';
import { stepAxis, valueAxis, type Axis } from './scales.ts';

/** A value after a training step. */
export interface ChartPoint {
  readonly step: number;
  readonly value: number;
}

/** Detail of `step`. */
export interface StepDetail {
  readonly step: number;
}

export interface TrainingChartEventMap {
  step: CustomEvent<StepDetail>;
}

/** What one panel shows. */
interface Panel {
  readonly title: string;
  readonly series: readonly { readonly name: string; readonly kind: string; readonly points: readonly ChartPoint[] }[];
  readonly isLogarithmic: boolean;
  readonly text: (value: number) => string;
}

const WIDTH = 600;
const HEIGHT = 150;
/** More points than pixels are of no use. */
const MOST_POINTS = 600;

/**
 * The curves of a training: loss of the batches and of the held-out pictures, accuracy, learning rate, one above the
 * other on the same steps. A click or a drag, or the arrow keys, choose a step; the values there are written out. A
 * table for those who cannot see the curves is part of it.
 *
 * @element cs-training-chart
 * @property {readonly ChartPoint[]} losses - of the batches
 * @property {readonly ChartPoint[]} validationLosses - of the held-out pictures
 * @property {readonly ChartPoint[]} accuracies - of the held-out pictures, 0 to 1
 * @property {readonly ChartPoint[]} learningRates
 * @attr {number} steps - of the whole training; the largest step of the curves where not given
 * @attr {number} cursor - the step that is marked; none where not given
 * @attr {boolean} log-loss - the losses by their logarithm
 * @attr {boolean} log-steps - the steps by their logarithm
 * @fires {CustomEvent<StepDetail>} step - the user pointed at a step
 * @csspart panel - the curves of one kind
 */
export class CsTrainingChart extends LitElement {
  static override properties = {
    losses: { attribute: false },
    validationLosses: { attribute: false },
    accuracies: { attribute: false },
    learningRates: { attribute: false },
    steps: { type: Number },
    cursor: { type: Number },
    logLoss: { type: Boolean, attribute: 'log-loss' },
    logSteps: { type: Boolean, attribute: 'log-steps' },
  };
  static override styles = [tokens, styles];

  declare addEventListener: EventListening<CsTrainingChart, TrainingChartEventMap>;
  declare removeEventListener: EventListening<CsTrainingChart, TrainingChartEventMap>;
  declare losses: readonly ChartPoint[];
  declare validationLosses: readonly ChartPoint[];
  declare accuracies: readonly ChartPoint[];
  declare learningRates: readonly ChartPoint[];
  declare steps: number | undefined;
  declare cursor: number | undefined;
  declare logLoss: boolean;
  declare logSteps: boolean;

  constructor() {
    super();
    this.losses = [];
    this.validationLosses = [];
    this.accuracies = [];
    this.learningRates = [];
    this.steps = undefined;
    this.cursor = undefined;
    this.logLoss = false;
    this.logSteps = false;
  }

  override render(): TemplateResult {
    const axis = stepAxis(this.#most(), this.logSteps);
    const panels = this.#panels().filter(({ series }) => series.some(({ points }) => points.length > 0));
    return html`
      <div class="switches">
        <label
          ><input type="checkbox" .checked=${this.logLoss} @change=${() => (this.logLoss = !this.logLoss)} /> loss by
          its logarithm</label
        >
        <label
          ><input type="checkbox" .checked=${this.logSteps} @change=${() => (this.logSteps = !this.logSteps)} /> steps
          by their logarithm</label
        >
      </div>
      ${panels.length === 0 ? html`<p class="muted empty">The curves appear here while the network learns.</p>` : nothing}
      ${panels.map((panel, index) => this.#panel(panel, axis, index === panels.length - 1))} ${this.#table()}
    `;
  }

  #panels(): readonly Panel[] {
    return [
      {
        title: 'Loss',
        series: [
          { name: 'training', kind: 'first', points: this.losses },
          { name: 'held out', kind: 'second', points: this.validationLosses },
        ],
        isLogarithmic: this.logLoss,
        text: numberText,
      },
      {
        title: 'Accuracy, held out',
        series: [{ name: 'held out', kind: 'second', points: this.accuracies }],
        isLogarithmic: false,
        text: percentText,
      },
      {
        title: 'Learning rate',
        series: [{ name: 'rate', kind: 'third', points: this.learningRates }],
        isLogarithmic: false,
        text: numberText,
      },
    ];
  }

  #most(): number {
    const lists = [this.losses, this.validationLosses, this.accuracies, this.learningRates];
    return this.steps ?? Math.max(1, ...lists.map((points) => points.at(-1)?.step ?? 0));
  }

  #panel({ title, series, isLogarithmic, text }: Panel, axis: Axis, isLast: boolean): TemplateResult {
    const values = series.flatMap(({ points }) => points.map(({ value }) => value));
    const scale = title.startsWith('Accuracy') ? ACCURACY : valueAxis(values, isLogarithmic);
    const x = (step: number): number => axis.place(step) * WIDTH;
    const y = (value: number): number => (1 - scale.place(value)) * HEIGHT;
    const { cursor } = this;
    const shown = series.filter(({ points }) => points.length > 0);
    return html`<figure part="panel" class=${title === 'Learning rate' ? 'low' : ''}>
      <figcaption>
        <span class="title">${title}</span>
        ${shown.map(
          ({ name, kind, points }) =>
            html`<span class="key ${kind}"
              ><i></i>${shown.length > 1 ? name : ''} <b class="number">${text(valueAt(points, cursor))}</b></span
            >`,
        )}
      </figcaption>
      <div class="plot">
        <div class="numbers number" aria-hidden="true">
          ${scale.ticks.map((tick) => html`<span .style=${`--place: ${1 - scale.place(tick)}`}>${text(tick)}</span>`)}
        </div>
        <svg
          viewBox="0 0 ${WIDTH} ${HEIGHT}"
          preserveAspectRatio="none"
          role="slider"
          tabindex="0"
          aria-label=${`${title} by training step`}
          aria-valuemin="0"
          aria-valuemax=${this.#most()}
          aria-valuenow=${cursor ?? this.#most()}
          aria-valuetext=${this.#words(shown, text)}
          @pointerdown=${this.#onPointerDown}
          @pointermove=${this.#onPointerMove}
          @keydown=${this.#onKeyDown}
        >
          ${scale.ticks.map((tick) => svg`<line class="grid" x1="0" x2=${WIDTH} y1=${y(tick)} y2=${y(tick)} />`)}
          ${shown.map(({ points, kind }) => curve(points, kind, x, y))}
          ${cursor === undefined ? nothing : svg`<line class="cursor" x1=${x(cursor)} x2=${x(cursor)} y1="0" y2=${HEIGHT} />`}
        </svg>
        ${shown.map(({ points, kind }) =>
          cursor === undefined || points.length === 0
            ? nothing
            : html`<span
                class="dot ${kind}"
                .style=${`--x: ${axis.place(pointAt(points, cursor)?.step ?? 0)}; --y: ${1 - scale.place(valueAt(points, cursor))}`}
              ></span>`,
        )}
        ${
          isLast
            ? html`<div class="steps number" aria-hidden="true">
                ${axis.ticks.map((tick) => html`<span .style=${`--place: ${axis.place(tick)}`}>${tick}</span>`)}
              </div>`
            : nothing
        }
      </div>
    </figure>`;
  }

  #words(series: Panel['series'], text: (value: number) => string): string {
    const values = series.map(({ name, points }) => `${name} ${text(valueAt(points, this.cursor))}`);
    return `step ${this.cursor ?? this.#most()}: ${values.join(', ')}`;
  }

  #table(): TemplateResult | typeof nothing {
    if (this.accuracies.length === 0) return nothing;
    return html`<table class="visually-hidden">
      <caption>
        Held-out pictures after each epoch
      </caption>
      <tr>
        <th scope="col">step</th>
        <th scope="col">loss</th>
        <th scope="col">accuracy</th>
      </tr>
      ${this.accuracies.map(
        ({ step, value }, index) =>
          html`<tr>
            <td>${step}</td>
            <td>${numberText(this.validationLosses[index]?.value ?? NaN)}</td>
            <td>${percentText(value)}</td>
          </tr>`,
      )}
    </table>`;
  }

  #choose(step: number): void {
    const inside = Math.round(Math.min(Math.max(step, 0), this.#most()));
    if (inside === this.cursor) return;
    this.cursor = inside;
    emit<TrainingChartEventMap, 'step'>(this, 'step', { step: inside });
  }

  readonly #onPointerDown = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    this.#chooseAt(event);
  };

  readonly #onPointerMove = (event: PointerEvent): void => {
    if ((event.currentTarget as Element).hasPointerCapture(event.pointerId)) this.#chooseAt(event);
  };

  #chooseAt(event: PointerEvent): void {
    const { left, width } = (event.currentTarget as Element).getBoundingClientRect();
    const place = (event.clientX - left) / width;
    const most = this.#most();
    this.#choose(this.logSteps ? 10 ** (place * Math.log10(most + 1)) - 1 : place * most);
  }

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    const stride = Math.max(1, Math.round(this.#most() / (event.shiftKey ? 10 : 60)));
    const cursor = this.cursor ?? this.#most();
    const targets: ReadonlyMap<string, number> = new Map([
      ['ArrowLeft', cursor - stride],
      ['ArrowRight', cursor + stride],
      ['Home', 0],
      ['End', this.#most()],
    ]);
    const target = targets.get(event.key);
    if (target === undefined) return;
    event.preventDefault();
    this.#choose(target);
  };
}

const ACCURACY: Axis = { place: (value) => value, ticks: [0, 0.5, 1] };

/** The last point not after the step; the last of all without a step. */
function pointAt(points: readonly ChartPoint[], step: number | undefined): ChartPoint | undefined {
  if (step === undefined) return points.at(-1);
  return points.findLast((point) => point.step <= step) ?? points[0];
}

function valueAt(points: readonly ChartPoint[], step: number | undefined): number {
  return pointAt(points, step)?.value ?? NaN;
}

function curve(
  points: readonly ChartPoint[],
  kind: string,
  x: (step: number) => number,
  y: (value: number) => number,
): SVGTemplateResult {
  const every = Math.ceil(points.length / MOST_POINTS);
  const kept = points.filter((_, index) => index % every === 0 || index === points.length - 1);
  const usable = kept.filter(({ value }) => Number.isFinite(value));
  const places = usable.map(({ step, value }) => `${x(step).toFixed(2)},${y(value).toFixed(2)}`);
  return svg`<polyline class=${kind} points=${places.join(' ')} />`;
}

declare global {
  interface HTMLElementTagNameMap {
    'cs-training-chart': CsTrainingChart;
  }
}
