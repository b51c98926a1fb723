import { html, nothing, svg, type TemplateResult } from 'lit';
import type { Summary } from '../../measure.ts';
import type { CaseResult } from '../../suite.ts';
import { digits } from '../../text.ts';
import { inGroups, percent } from './chart-rows.ts';

/** Floating point operations in a second, both sides below each other, where operations are counted. */
export function rateChart(cases: readonly CaseResult[]): TemplateResult | typeof nothing {
  const counted = cases.filter(({ operations }) => operations !== undefined);
  if (counted.length === 0) return nothing;
  const sides = [...new Set(counted.flatMap(({ times }) => Object.keys(times)))];
  const most = Math.max(...counted.flatMap((each) => Object.values(each.times).map((time) => rateOf(each, time))));
  return html`<figure class="chart rates">
    <figcaption>GFLOP/s: floating point operations in a second, in milliards</figcaption>
    <p class="key" aria-hidden="true">
      ${sides.map((side, index) => html`<span class=${`side-${index}`}><i></i>${side}</span>`)}
    </p>
    ${inGroups(counted).map(({ group, cases: own }) => {
      const best = own.reduce((best, each) => (bestRate(each) > bestRate(best) ? each : best));
      const label = html`<strong>${group ?? ''}</strong> <small>best of ${own.length}</small>`;
      return html`<details class="group">
        <summary class="line">${line(label, best, sides, most)}</summary>
        ${own.map((each) => html`<div class="line">${line(each.name, each, sides, most)}</div>`)}
      </details>`;
    })}
  </figure>`;
}

function line(label: unknown, each: CaseResult, sides: readonly string[], most: number): TemplateResult {
  const rates = sides.map((side) => {
    const time = each.times[side];
    return html`<span>${time === undefined ? '' : digits(rateOf(each, time))}</span>`;
  });
  return html`<span class="label">${label}</span> ${bars(each, sides, most)} <span class="value">${rates}</span>`;
}

function bars(each: CaseResult, sides: readonly string[], most: number): TemplateResult {
  return html`<svg class="plot" height=${14 * sides.length + 4} aria-hidden="true">
    ${sides.map((side, index) => {
      const time = each.times[side];
      const width = time === undefined ? 0 : rateOf(each, time) / most;
      return svg`<rect class=${`side-${index}`} x="0" y=${14 * index + 3} height="10" width=${percent(width)} rx="2"></rect>`;
    })}
  </svg>`;
}

function rateOf({ operations = 0 }: CaseResult, { median }: Summary): number {
  return operations / median / 1e6;
}

function bestRate(each: CaseResult): number {
  const [own] = Object.values(each.times);
  return own === undefined ? 0 : rateOf(each, own);
}
