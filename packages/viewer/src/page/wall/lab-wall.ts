import { html, nothing, type TemplateResult } from 'lit';
import { methodApplies } from '@convscope/xai';
import type { Scale } from '@convscope/xai/render';
import type { Place } from '../../elements/heatmap/cs-heatmap.ts';
import { methodOptions, noInput } from '../lab/fragments.ts';
import { LabElement } from '../lab/lab-element.ts';
import { methodsOf } from '../lab/method-families.ts';
import { opacityField } from '../lab/view-settings.ts';
import { wallScales, type Wish } from '../state/lab-state.ts';

/** The method wall: any number of methods on one input, with one cursor in all of them. */
export class LabWall extends LabElement {
  static override properties = { ...LabElement.properties, probe: { state: true }, largest: { state: true } };

  declare private probe: Place | undefined;
  /** The largest magnitude in each tile. */
  declare private largest: readonly (number | undefined)[];
  #scale: Scale | undefined;

  constructor() {
    super();
    this.probe = undefined;
    this.largest = [];
  }

  override render(): TemplateResult {
    const { lab } = this;
    if (lab.input === undefined) return noInput();
    const { tiles } = lab.state;
    const { wallScale } = lab;
    this.#updateScale();
    const unfit = methodsOf('attribution').flatMap((method) => {
      const reason = methodApplies(method, lab.model);
      return reason === undefined ? [] : [{ method, reason }];
    });
    return html`<section class="wall-head" aria-label="The wall">
        <label class="field inline"
          >Add
          <select class="wall-add" aria-label="Add a method" @change=${this.#onAdd}>
            <option value="" selected>a method …</option>
            ${methodOptions(lab, methodsOf('attribution'), undefined)}
          </select></label
        >
        <label class="field inline"
          >Colours
          <select
            name="wall-scale"
            @change=${(event: Event) =>
              lab.change({
                wallScale: wallScales.find((scale) => scale === (event.target as HTMLSelectElement).value),
              })}
          >
            <option value="own" ?selected=${wallScale === 'own'}>each up to its largest value</option>
            <option value="percentile" ?selected=${wallScale === 'percentile'}>each up to its 99th percentile</option>
            <option value="one" ?selected=${wallScale === 'one'}>all on one scale</option>
          </select></label
        >
        ${opacityField(lab)}
      </section>
      ${
        wallScale === 'one'
          ? html`<p class="muted note">
              Raw numbers on one scale: methods have different units, so only those of one family can be compared.
            </p>`
          : wallScale === 'percentile'
            ? html`<p class="muted note">
                Colours end at each map’s 99th percentile; stronger values have the colour of the end.
              </p>`
            : nothing
      }
      <div class="wall">${tiles.map((wish, index) => this.#tile(wish, index))}</div>
      ${tiles.length === 0 ? html`<p class="card muted">The wall is empty. Add a method above.</p>` : nothing}
      ${
        unfit.length === 0
          ? nothing
          : html`<details class="unfit muted">
              <summary>
                ${unfit.length} ${unfit.length === 1 ? 'method does' : 'methods do'} not fit this network
              </summary>
              <ul>
                ${unfit.map(({ method, reason }) => html`<li>${method.title}: ${reason}</li>`)}
              </ul>
            </details>`
      }`;
  }

  #tile(wish: Wish, index: number): TemplateResult {
    const { lab } = this;
    return html`<lab-tile
      .lab=${lab}
      .wish=${wish}
      .scale=${this.#scale}
      .probe=${this.probe}
      .onChange=${(changed: Wish) => this.#setTiles(lab.state.tiles.with(index, changed))}
      .onRemove=${() => this.#remove(index)}
      .onProbe=${(place: Place | undefined) => (this.probe = place)}
      .onExtreme=${(largest: number | undefined) => this.#setLargest(index, largest)}
    ></lab-tile>`;
  }

  #remove(index: number): void {
    this.largest = this.largest.filter((_, at) => at !== index);
    this.#setTiles(this.lab.state.tiles.filter((_, at) => at !== index));
  }

  #setTiles(tiles: readonly Wish[]): void {
    this.lab.change({ tiles });
  }

  #setLargest(index: number, largest: number | undefined): void {
    const copy = [...this.largest];
    copy[index] = largest;
    this.largest = copy;
  }

  /** The same object as long as it has the same numbers: tiles are drawn again when theirs changes. */
  #updateScale(): void {
    const known = this.largest.slice(0, this.lab.state.tiles.length).filter((value) => value !== undefined);
    const max = Math.max(...known);
    if (this.lab.wallScale !== 'one' || known.length === 0) this.#scale = undefined;
    else if (this.#scale?.max !== max) this.#scale = { min: -max, max };
  }

  readonly #onAdd = (event: Event): void => {
    const select = event.target as HTMLSelectElement;
    if (select.value !== '') this.#setTiles([...this.lab.state.tiles, { method: select.value }]);
    select.value = '';
  };
}
