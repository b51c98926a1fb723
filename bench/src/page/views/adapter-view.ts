import { html, nothing, type TemplateResult } from 'lit';
import { browserText } from '../browser-text.ts';
import type { Benchmark } from '../benchmark.ts';
import type { AdapterAnswer } from '../messages.ts';

/** What WebGPU runs on here, or why there is none. */
export function adapterView(benchmark: Benchmark): TemplateResult {
  const { adapter: answer } = benchmark.state;
  if (answer === undefined) return html`<p class="card waiting">Looking for a GPU…</p>`;
  return answer.kind === 'missing' ? missingView(answer) : foundView(benchmark, answer);
}

function foundView(
  benchmark: Benchmark,
  { adapter }: Extract<AdapterAnswer, { readonly kind: 'found' }>,
): TemplateResult {
  const { adapterName, isRunning } = benchmark.state;
  const name = [adapter.vendor, adapter.architecture].filter(Boolean).join(' ');
  const isSoftware = adapter.class === 'software';
  return html`<section class="card adapter" aria-label="Adapter">
    <dl>
      <div>
        <dt>WebGPU adapter</dt>
        <dd>${adapter.description || name || 'not named by the browser'}</dd>
      </div>
      ${
        adapter.description && name
          ? html`<div>
              <dt>Vendor and architecture</dt>
              <dd>${name}</dd>
            </div>`
          : nothing
      }
      <div>
        <dt>Kind</dt>
        <dd>${isSoftware ? 'software: your processor plays the GPU' : 'GPU'}</dd>
      </div>
      <div>
        <dt>Browser</dt>
        <dd>${browserText(navigator)}</dd>
      </div>
    </dl>
    ${
      isSoftware
        ? html`<p class="note">
            No graphics card is used here, so real sizes take minutes to hours. Small sizes are chosen below. Where this
            machine has a GPU, its driver or the browser’s settings keep it from WebGPU.
          </p>`
        : nothing
    }
    ${
      adapter.description || isSoftware
        ? nothing
        : html`<label class="field">
            Your GPU’s name, for the saved file (browsers do not tell it)
            <input
              type="text"
              maxlength="80"
              placeholder="for example GeForce RTX 4070"
              .value=${adapterName}
              ?disabled=${isRunning}
              @input=${({ target }: Event) => benchmark.change({ adapterName: (target as HTMLInputElement).value })}
            />
          </label>`
    }
  </section>`;
}

function missingView({ hasWebGpu, isSecure }: Extract<AdapterAnswer, { readonly kind: 'missing' }>): TemplateResult {
  const [title, text] = hasWebGpu
    ? [
        'WebGPU is there, but it finds no GPU',
        'The browser knows WebGPU and was given no adapter. A newer graphics driver often helps; so does turning on hardware acceleration in the browser’s settings. Remote desktops and virtual machines often have none.',
      ]
    : isSecure
      ? [
          'This browser has no WebGPU',
          'The benchmarks compute on the GPU through WebGPU, which this browser does not have. Chrome and Edge have it from version 113 on; newer versions of Safari and Firefox have it too.',
        ]
      : [
          'WebGPU is only given to secure pages',
          'This page came over plain http from another machine. Open it over https, or on the machine that serves it as localhost.',
        ];
  return html`<section class="card failure">
    <h2>${title}</h2>
    <p>${text}</p>
    <p>
      Nothing can be measured here; <a href="results.html">what was measured elsewhere</a> can be read all the same.
    </p>
  </section>`;
}
