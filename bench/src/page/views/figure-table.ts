import { html, nothing, type TemplateResult } from 'lit';
import type { Figure } from '../../suite.ts';
import { digits } from '../../text.ts';

/** Single numbers of a suite. Means of groups stand in the chart already. */
export function figureTable(figures: readonly Figure[], isDone: boolean): TemplateResult | typeof nothing {
  const own = figures.filter(({ name }) => !/: (geometric mean of \d+|worst)$/.test(name));
  if (own.length === 0) return nothing;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Figures">
    <table class="figures">
      <caption class="visually-hidden">
        ${isDone ? 'Figures' : 'Figures so far'}
      </caption>
      <thead>
        <tr>
          <th scope="col">Figure</th>
          <th scope="col" class="number">Measured</th>
          <th scope="col">What the project asks for</th>
        </tr>
      </thead>
      <tbody>
        ${own.map(
          ({ name, unit, value, wanted }) =>
            html`<tr>
              <th scope="row">${name}</th>
              <td class="number">${digits(value)} ${unitWord(unit)}</td>
              <td class="wanted">
                ${wanted === undefined ? '' : `${unit === 'times' ? 'at least' : 'at most'} ${wanted}`}
                ${wanted === undefined || isMet(unit, value, wanted) ? '' : html`<strong>not met</strong>`}
              </td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function isMet(unit: Figure['unit'], value: number, wanted: number): boolean {
  return unit === 'times' ? value >= wanted : value <= wanted;
}

function unitWord(unit: Figure['unit']): string {
  return { times: '×', part: '', ms: 'ms', KB: 'KB', MB: 'MB' }[unit];
}
