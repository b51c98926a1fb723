import { html, nothing, type TemplateResult } from 'lit';
import { titleOf, type Benchmark } from '../benchmark.ts';
import { shareDone, type SuiteProgress } from '../state.ts';

/** Too little is known of what is left before this share is done. */
const LEAST_SHARE = 0.08;

/** How far the run is, and what it is at. */
export function progressView(benchmark: Benchmark): TemplateResult | typeof nothing {
  const { isRunning, elapsed, suites } = benchmark.state;
  if (!isRunning) return nothing;
  const share = shareDone([...suites.values()]);
  const [name, progress] = [...suites].find(([, { status }]) => status === 'running') ?? [];
  const left = share < LEAST_SHARE ? '' : `, about ${duration((elapsed * (1 - share)) / share)} left`;
  return html`<section class="card progress" aria-label="Progress">
    <div class="card-head">
      <h2>Measuring</h2>
      <span class="muted number">${duration(elapsed)}${left}</span>
    </div>
    <progress max="1" .value=${share} aria-label="Progress of the benchmark"></progress>
    <p class="current">
      ${
        name === undefined || progress === undefined
          ? ''
          : html`<strong>${titleOf(name)}</strong> ${currentWords(progress)}`
      }
    </p>
  </section>`;
}

function currentWords({ loading, begun, count, current, isTimed }: SuiteProgress): string {
  if (loading !== undefined) return `loading ${loading}…`;
  if (count === undefined || current === '') return 'getting ready…';
  return `${Math.min(begun, count)} of ${count}: ${current}, ${isTimed ? 'timing' : 'compiling, checking'}`;
}

/** `1 min 5 s`, `40 s`. */
export function duration(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
