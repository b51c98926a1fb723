import { html, nothing, svg, type TemplateResult } from 'lit';
import type { CaseResult } from '../../suite.ts';
import { digits } from '../../text.ts';
import { percent } from './chart-rows.ts';

/** Milliseconds of what has nothing beside it. */
export function timeChart(cases: readonly CaseResult[]): TemplateResult | typeof nothing {
  const alone = cases.filter(({ ratios }) => Object.keys(ratios).length === 0);
  if (alone.length === 0) return nothing;
  const medians = alone.map(({ times }) => Object.values(times)[0]?.median ?? 0);
  const most = Math.max(...medians);
  return html`<figure class="chart times">
    <figcaption>Milliseconds</figcaption>
    ${alone.map(({ name }, index) => {
      const median = medians[index] ?? 0;
      return html`<div class="line">
        <span class="label">${name}</span>
        <svg class="plot" height="22" aria-hidden="true">
          ${svg`<rect class="bar" x="0" y="5" height="12" width=${percent(median / most)} rx="2"></rect>`}
        </svg>
        <span class="value">${digits(median)}</span>
      </div>`;
    })}
  </figure>`;
}
