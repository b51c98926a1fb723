import { html, nothing, type TemplateResult } from 'lit';
import type { CaseResult } from '../../suite.ts';
import { digits, spread } from '../../text.ts';

/** Every number of the charts, for those who want or need them as text. */
export function caseTable(cases: readonly CaseResult[]): TemplateResult | typeof nothing {
  if (cases.length === 0) return nothing;
  const sides = [...new Set(cases.flatMap(({ times }) => Object.keys(times)))];
  const hasRatios = cases.some(({ ratios }) => Object.keys(ratios).length > 0);
  const hasRates = cases.some(({ operations }) => operations !== undefined);
  return html`<details class="numbers">
    <summary>${cases.length === 1 ? 'The case' : `All ${cases.length} cases`} in numbers</summary>
    <div class="scroll" tabindex="0" role="region" aria-label="Cases in numbers">
      <table>
        <caption>
          Medians, lower and upper quartile in brackets
        </caption>
        <thead>
          <tr>
            <th scope="col">Case</th>
            ${sides.map((side) => html`<th scope="col" class="number">${side}, ms</th>`)}
            ${hasRates ? sides.map((side) => html`<th scope="col" class="number">${side}, GFLOP/s</th>`) : nothing}
            ${hasRatios ? html`<th scope="col" class="number">Ratio</th>` : nothing}
          </tr>
        </thead>
        <tbody>
          ${cases.map(
            (each) =>
              html`<tr>
                <th scope="row">${each.group === undefined ? each.name : `${each.group}, ${each.name}`}</th>
                ${sides.map((side) => {
                  const time = each.times[side];
                  return html`<td class="number">${time === undefined ? '' : spread(time)}</td>`;
                })}
                ${hasRates ? sides.map((side) => html`<td class="number">${rateText(each, side)}</td>`) : nothing}
                ${
                  hasRatios
                    ? html`<td class="number">${Object.values(each.ratios).map((ratio) => spread(ratio))}</td>`
                    : nothing
                }
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </details>`;
}

function rateText({ operations, times }: CaseResult, side: string): string {
  const time = times[side];
  return operations === undefined || time === undefined ? '' : digits(operations / time.median / 1e6);
}
