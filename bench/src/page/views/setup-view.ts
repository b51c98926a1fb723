import { html, type TemplateResult } from 'lit';
import type { Benchmark } from '../benchmark.ts';
import { extentList, suiteList } from '../suite-list.ts';

/** Which suites, how much of them, and the button. */
export function setupView(benchmark: Benchmark): TemplateResult {
  const { isRunning, chosen } = benchmark.state;
  const submit = (event: Event) => {
    event.preventDefault();
    void benchmark.run();
  };
  return html`<form class="card setup" @submit=${submit}>
    <fieldset ?disabled=${isRunning}>
      <legend>What to measure</legend>
      <div class="choices">${suiteList.map((suite) => suiteChoice(benchmark, suite))}</div>
    </fieldset>
    <fieldset ?disabled=${isRunning}>
      <legend>How much</legend>
      <div class="choices">${extentList.map((extent) => extentChoice(benchmark, extent))}</div>
    </fieldset>
    <div class="row">
      <button class="primary" ?disabled=${isRunning || chosen.size === 0}>
        ${chosen.size === 1 ? 'Run 1 suite' : `Run ${chosen.size} suites`}
      </button>
      <button type="button" class="secondary" ?disabled=${!isRunning} @click=${() => benchmark.stop()}>Stop</button>
      <span class="muted">${chosen.size === 0 ? 'Choose at least one suite.' : ''}</span>
    </div>
  </form>`;
}

function suiteChoice(benchmark: Benchmark, { name, title, about, peer }: (typeof suiteList)[number]): TemplateResult {
  const change = ({ target }: Event) => benchmark.choose(name, (target as HTMLInputElement).checked);
  return html`<label class="choice">
    <input type="checkbox" name="suite" value=${name} .checked=${benchmark.state.chosen.has(name)} @change=${change} />
    <span>
      <strong>${title}</strong>
      <small class="peer">${peer === undefined ? 'on its own' : `beside ${peer}`}</small>
      <small>${about}</small>
    </span>
  </label>`;
}

function extentChoice(benchmark: Benchmark, { name, title, about }: (typeof extentList)[number]): TemplateResult {
  return html`<label class="choice">
    <input
      type="radio"
      name="extent"
      value=${name}
      .checked=${benchmark.state.extent === name}
      @change=${() => benchmark.change({ extent: name })}
    />
    <span><strong>${title}</strong> <small>${about}</small></span>
  </label>`;
}
