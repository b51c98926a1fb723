import { html, type PropertyValues, type TemplateResult } from 'lit';
import type { Layer } from '@convscope/xai';
import { noInput, noLayers } from '../lab/fragments.ts';
import { LabElement } from '../lab/lab-element.ts';

/** More stages than this are thinned out evenly; the first and the last stay. */
const MOST_STAGES = 10;

/** One input, layer by layer: the units that fire most, their maps and what they saw, from edges to parts to classes. */
export class LabHierarchy extends LabElement {
  static override properties = { ...LabElement.properties, begun: { state: true } };

  /** How many stages have begun: each waits until all of the one before is on its way. */
  declare private begun: number;

  constructor() {
    super();
    this.begun = 1;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has('lab')) this.begun = 1;
  }

  override render(): TemplateResult {
    const { lab } = this;
    if (lab.input === undefined) return noInput();
    if (lab.layers.length === 0) return noLayers();
    const stages = spread(lab.stages, MOST_STAGES);
    return html`<section class="hierarchy" aria-labelledby="hierarchy-title">
      <div class="card-head">
        <h2 id="hierarchy-title">From edges to parts to classes</h2>
      </div>
      <p class="muted">
        The same input at each stage: the channels that fire most, their maps above, and below what in the input made
        them fire, by deconvnet: of larger pictures, only the part that the unit can see. Earlier stages see strokes,
        later ones whole shapes.
      </p>
      <ol>
        ${stages.map((stage, index) => this.#stage(stage, index))} ${lab.hasClasses ? this.#classes() : ''}
      </ol>
    </section>`;
  }

  #stage({ name, shape: [channels, height, width] }: Layer, index: number): TemplateResult {
    return html`<li class="card stage">
      <div class="stage-head">
        <h3>${name}</h3>
        <p class="muted number">stage ${index + 1} · ${channels} maps of ${height} × ${width}</p>
      </div>
      <lab-unit-strip
        .lab=${this.lab}
        .layer=${name}
        .count=${6}
        .hasMaps=${true}
        .isHeld=${index >= this.begun}
        .onRanked=${() => (this.begun = Math.max(this.begun, index + 2))}
      ></lab-unit-strip>
    </li>`;
  }

  #classes(): TemplateResult {
    const { lab } = this;
    return html`<li class="card stage classes">
      <div class="stage-head">
        <h3>Classes</h3>
        <p class="muted">${lab.scores.length} scores</p>
      </div>
      <cs-class-scores
        order="score"
        .top=${5}
        .scores=${lab.scores.slice(0, 5)}
        .target=${lab.target}
      ></cs-class-scores>
    </li>`;
  }
}

/** At most `count` of the items, evenly spread. */
function spread<Item>(items: readonly Item[], count: number): readonly Item[] {
  if (items.length <= count) return items;
  const step = (items.length - 1) / (count - 1);
  return Array.from({ length: count }, (_, index) => items[Math.round(index * step)] as Item);
}
