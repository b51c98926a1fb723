import { html, nothing, type TemplateResult } from 'lit';
import { geometricMean } from '../../measure.ts';
import { digits } from '../../text.ts';
import { titleOf } from '../benchmark.ts';
import type { AdapterAnswer } from '../messages.ts';
import type { SuiteProgress } from '../state.ts';
import type { SuiteName } from '../suite-list.ts';
import { caseTable } from './case-table.ts';
import { figureTable } from './figure-table.ts';
import { rateChart } from './rate-chart.ts';
import { ratioChart } from './ratio-chart.ts';
import { timeChart } from './time-chart.ts';

/** What one suite found, as it finds it. */
export function suiteView(name: SuiteName, progress: SuiteProgress, adapter: AdapterAnswer | undefined) {
  const { status, cases, figures } = progress;
  const adapterText = adapter?.kind === 'found' ? adapter.adapter.class : '';
  return html`<section class="card suite" data-suite=${name} data-status=${status} aria-label=${titleOf(name)}>
    <div class="card-head">
      <h2>${titleOf(name)}</h2>
      <span class="state">${stateWords(progress)}</span>
    </div>
    ${failureView(progress)} ${headline(progress, adapterText)} ${ratioChart(cases)} ${rateChart(cases)}
    ${timeChart(cases)} ${figureTable(figures, status === 'done')} ${caseTable(cases)} ${checksLine(progress)}
  </section>`;
}

function stateWords({ status, extent }: SuiteProgress): string {
  const words = { waiting: 'waits', running: 'runs', done: '', failed: 'failed', stopped: 'stopped, not in the file' };
  return status === 'done' ? { quick: 'quick look', sample: 'sample', full: 'everything' }[extent] : words[status];
}

function failureView({ failure }: SuiteProgress): TemplateResult | typeof nothing {
  if (failure === undefined) return nothing;
  return html`<p class="problem">
    ${
      failure.isDisagreement
        ? html`<strong>Invalid:</strong> ${failure.message}. Times of sides that do not agree mean nothing, so none of
            this suite is kept.`
        : html`This suite ended early: ${failure.message}`
    }
  </p>`;
}

/** The suite in one sentence per peer. */
function headline({ cases }: SuiteProgress, adapterClass: string): TemplateResult | typeof nothing {
  const peers = [...new Set(cases.flatMap(({ ratios }) => Object.keys(ratios)))];
  if (peers.length === 0) return nothing;
  return html`${peers.map((peer) => {
    const ratios = cases.flatMap(({ ratios }) => ratios[peer]?.median ?? []);
    const mean = geometricMean(ratios);
    const where = adapterClass === 'software' ? ' on this software adapter' : ' on this GPU';
    const words =
      ratios.length === 1
        ? html`as long as Convscope${where}.`
        : html`as long as Convscope${where}: the geometric mean of ${ratios.length} cases, from
          ${digits(Math.min(...ratios))} to ${digits(Math.max(...ratios))}.`;
    return html`<p class="headline">
      <strong>${digits(mean)}×</strong> <span>${peer} takes ${digits(mean)} times ${words}</span>
    </p>`;
  })}`;
}

function checksLine({ checks }: SuiteProgress): TemplateResult | typeof nothing {
  if (checks.length === 0) return nothing;
  const largest = Math.max(...checks.map(({ difference }) => difference));
  const agree = checks.length === 1 ? 'The result agrees' : `All ${checks.length} results agree`;
  return html`<p class="muted checks">
    ${agree} on both sides; the largest difference is ${largest.toExponential(1)} of the largest value.
  </p>`;
}
