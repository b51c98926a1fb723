import { html, nothing, type TemplateResult } from 'lit';
import type { Benchmark } from '../benchmark.ts';
import { adapterView } from './adapter-view.ts';
import { progressView } from './progress-view.ts';
import { saveView } from './save-view.ts';
import { setupView } from './setup-view.ts';
import { suiteView } from './suite-view.ts';

/** The whole page. */
export function pageView(benchmark: Benchmark): TemplateResult {
  const { state } = benchmark;
  const isUsable = state.adapter?.kind === 'found';
  return html`
    <header>
      <h1>Convscope benchmarks</h1>
      <p class="lead">
        Convscope beside TensorFlow.js and ONNX Runtime Web, on your GPU, in your browser. Both sides get the same
        numbers and have to agree before anything is timed. Nothing is sent anywhere.
        <a href="results.html">What was recorded elsewhere</a>
      </p>
    </header>
    ${adapterView(benchmark)} ${isUsable ? setupView(benchmark) : nothing}
    <p class="visually-hidden" role="status">${state.said}</p>
    ${progressView(benchmark)} ${saveView(state)}
    ${[...state.suites].map(([name, progress]) => suiteView(name, progress, state.adapter))}
    ${isUsable ? howView() : nothing}
  `;
}

function howView(): TemplateResult {
  return html`<details class="card how">
    <summary>How this is measured</summary>
    <ul>
      <li>
        Both sides run in one worker, each with a device of its own on the same adapter, and take turns, so that
        whatever else your machine does meets both alike. Warm-ups, which compile kernels, are not counted but for
        start-up times.
      </li>
      <li>
        A ratio says how many times longer the other side takes: above 1, Convscope is faster. Bars are medians; the
        thin line over each goes from the lower to the upper quartile of the rounds.
      </li>
      <li>
        Kernels: the numbers lie on the GPU already and nothing is read back. On a GPU a sample is the mean of as many
        runs as take 10 ms, since clocks in browsers tick in steps of up to 0.1 ms. Everywhere else a run begins with
        numbers in the page and ends with numbers in the page.
      </li>
      <li>
        Libraries are loaded once they are chosen: ONNX Runtime Web is 27 MB of WebAssembly. A suite that is stopped
        ends at once; work that the GPU has begun still ends by itself.
      </li>
    </ul>
  </details>`;
}
