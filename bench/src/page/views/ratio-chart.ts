import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import { geometricMean, type Summary } from '../../measure.ts';
import type { CaseResult } from '../../suite.ts';
import { digits } from '../../text.ts';
import { inGroups, percent, type CaseGroup } from './chart-rows.ts';

/** From 0 to 1, by the ratio's logarithm. */
interface Scale {
  readonly at: (ratio: number) => number;
  readonly ticks: readonly number[];
}

/** Bars of ratios on a logarithmic scale, from the line at 1; groups are a bar of their mean and unfold. */
export function ratioChart(cases: readonly CaseResult[]): TemplateResult | typeof nothing {
  const compared = cases.filter(({ ratios }) => Object.keys(ratios).length > 0);
  if (compared.length === 0) return nothing;
  const scale = scaleFor(compared.flatMap(({ ratios }) => Object.values(ratios)));
  return html`<figure class="chart ratios">
    <figcaption>How many times longer the other side takes</figcaption>
    <div class="line axis" aria-hidden="true"><span></span>${axis(scale)}<span></span></div>
    ${inGroups(compared).map((group) => groupRows(group, scale))}
  </figure>`;
}

function groupRows({ group, cases }: CaseGroup, scale: Scale): unknown {
  if (group === undefined) return cases.map((each) => caseRows(each, scale));
  const medians = cases.flatMap(({ ratios }) => Object.values(ratios).map(({ median }) => median));
  const mean = geometricMean(medians);
  const worst = Math.min(...medians);
  return html`<details class="group">
    <summary class="line">
      <span class="label"
        ><strong>${group}</strong> <small>mean of ${medians.length}, worst ${digits(worst)}</small></span
      >
      ${drawing(svg`${bar(scale, mean)}${spreadLine(scale, worst, Math.max(...medians))}`, scale)}
      <span class="value">${digits(mean)}×</span>
    </summary>
    ${cases.map((each) => caseRows(each, scale))}
  </details>`;
}

function caseRows({ name, ratios }: CaseResult, scale: Scale): unknown {
  return Object.values(ratios).map(
    ({ median, lowerQuartile, upperQuartile }) =>
      html`<div class="line">
        <span class="label">${name}</span>
        ${drawing(svg`${bar(scale, median)}${spreadLine(scale, lowerQuartile, upperQuartile)}`, scale)}
        <span class="value">${digits(median)}×</span>
      </div>`,
  );
}

/** Coordinates in percent: the drawing gets wider with the page, and its lines no thicker. */
function drawing(content: SVGTemplateResult, { at, ticks }: Scale): TemplateResult {
  return html`<svg class="plot" height="22" aria-hidden="true">
    ${ticks.map(
      (tick) =>
        svg`<line class=${tick === 1 ? 'one' : 'grid'} x1=${percent(at(tick))} x2=${percent(at(tick))} y1="0" y2="22"></line>`,
    )}
    ${content}
  </svg>`;
}

function bar({ at }: Scale, ratio: number): SVGTemplateResult {
  const [from, to] = [at(1), at(ratio)].toSorted((a, b) => a - b) as [number, number];
  return svg`<rect class=${ratio < 1 ? 'bar slower' : 'bar'} x=${percent(from)} width=${percent(to - from)} y="5" height="12" rx="2"></rect>`;
}

function spreadLine({ at }: Scale, low: number, high: number): SVGTemplateResult {
  return svg`<line class="spread" x1=${percent(at(low))} x2=${percent(at(high))} y1="11" y2="11"></line>`;
}

function axis({ at, ticks }: Scale): TemplateResult {
  return html`<svg class="plot" height="18">
    ${ticks.map((tick) => {
      const place = at(tick);
      const anchor = place < 0.04 ? 'start' : place > 0.96 ? 'end' : 'middle';
      return svg`<text x=${percent(place)} y="13" text-anchor=${anchor} class=${tick === 1 ? 'one' : ''}>${digits(tick)}×</text>`;
    })}
  </svg>`;
}

function scaleFor(ratios: readonly Summary[]): Scale {
  const values = ratios.flatMap(({ lowerQuartile, upperQuartile, median }) => [lowerQuartile, upperQuartile, median]);
  const logs = values.filter((value) => value > 0 && Number.isFinite(value)).map(Math.log2);
  const [low, high] = [Math.floor(Math.min(-0.5, ...logs)), Math.ceil(Math.max(1, ...logs))];
  // At most eight labels, 1 among them.
  const step = Math.ceil((high - low) / 7);
  const first = Math.ceil(low / step) * step;
  const ticks = Array.from(
    { length: Math.floor((high - first) / step) + 1 },
    (_, index) => 2 ** (first + index * step),
  );
  return { at: (ratio) => clamp((Math.log2(ratio) - low) / (high - low)), ticks };
}

const clamp = (value: number): number => Math.min(1, Math.max(0, value));
