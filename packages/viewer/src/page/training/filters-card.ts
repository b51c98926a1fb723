import { html, nothing, type TemplateResult } from 'lit';
import type { Model } from '@convscope/formats';
import type { ChannelTop } from '@convscope/xai';
import type { ParameterSnapshot } from '@convscope/zoo';
import { filterTargets } from './filter-targets.ts';

export interface FiltersCardView {
  readonly model: Model;
  readonly snapshot: ParameterSnapshot | undefined;
  /** The first convolution where none was chosen. */
  readonly layer: string | undefined;
  readonly tops: readonly ChannelTop[] | undefined;
}

/** The filters of one convolution at one checkpoint. */
export function filtersCard(
  { model, snapshot, layer, tops }: FiltersCardView,
  choose: (layer: string) => void,
): TemplateResult | typeof nothing {
  const targets = filterTargets(model);
  const target = targets.find((candidate) => candidate.layer === layer) ?? targets[0];
  if (target === undefined) return nothing;
  return html`<section class="card filters" aria-labelledby="filters-title">
    <div class="head">
      <h2 id="filters-title">Filters after step ${snapshot?.step}</h2>
      <label
        >Layer
        <select name="filter-layer" @change=${(event: Event) => choose((event.target as HTMLSelectElement).value)}>
          ${targets.map((candidate) => html`<option .selected=${candidate === target}>${candidate.layer}</option>`)}
        </select>
      </label>
    </div>
    ${
      target.isDrawable
        ? nothing
        : html`<p class="muted">
            Above: what a filter’s strongest units see of the pictures that excite it most. Below: what of that excites
            them, by deconvnet.
          </p>`
    }
    <cs-filters
      .weights=${target.isDrawable ? snapshot?.parameters.get(target.weights) : undefined}
      .tops=${target.isDrawable ? undefined : tops}
      .preprocessing=${model.preprocessing}
      ><p class="muted">Searching the pictures …</p></cs-filters
    >
  </section>`;
}
