import { html, nothing, type TemplateResult } from 'lit';
import { methodNamed, methods, type Method } from '@convscope/xai';
import type { Explorer } from './explorer.ts';
import { remarks } from './remarks.ts';

/** The methods that are one click away; all others that explain classes are in a list. */
const mainMethods: readonly Method[] = [methods.gradient, methods.guidedBackprop, methods.deconvnet, methods.gradCam];
const otherMethods = Object.values<Method>(methods).filter(
  (method) => method.explains.includes('class') && !mainMethods.includes(method),
);

/** How an explanation is drawn, and what happens when the user changes that. */
export interface WhyCardView {
  readonly opacity: number;
  /** Undefined: smooth where the map is coarser than the picture. */
  readonly isSmooth: boolean | undefined;
  readonly change: (view: { readonly opacity?: number; readonly isSmooth?: boolean }) => void;
}

/** Why the network says what it says: the method, its map over the picture, and where it comes from. */
export function whyCard(explorer: Explorer, view: WhyCardView): TemplateResult {
  const { wishes, findings, session, problem, working } = explorer;
  const { explanation } = findings;
  const chosen = methodNamed(wishes.method);
  const label = explanation?.targets?.[0]?.label;
  const isCoarse = (explanation?.tensor.shape[2] ?? 0) < (findings.input?.shape[2] ?? 0);
  const isSmooth = view.isSmooth ?? isCoarse;
  return html`<section class="card why-card" aria-labelledby="why-title">
    <div class="why-head">
      <h2 id="why-title">${label === undefined ? 'Why?' : html`Why <em>${label}</em>?`}</h2>
      <p class="working muted number">${working === undefined ? '' : `${working} …`}</p>
    </div>
    <div class="switch" role="radiogroup" aria-label="Explanation method">
      ${mainMethods.map(
        ({ name, title }) =>
          html`<label
            ><input
              type="radio"
              name="method"
              value=${name}
              .checked=${name === wishes.method}
              @change=${() => explorer.wish({ method: name })}
            /><span>${title}</span></label
          >`,
      )}
      ${otherMethods.length === 0 ? nothing : otherMethodsList(explorer, chosen)}
    </div>
    ${problem === undefined ? nothing : html`<p class="problem" role="alert">${problem}</p>`}
    <div class="why">
      <cs-heatmap
        .explanation=${explanation}
        .input=${findings.input}
        .preprocessing=${session.model.preprocessing}
        .opacity=${view.opacity}
        interpolation=${isSmooth ? 'bilinear' : 'nearest'}
        label=${`${chosen.title} over the input`}
      ></cs-heatmap>
      <div class="about">
        <p>${chosen.summary}</p>
        ${citation(chosen)}
        ${explanation?.layer === undefined ? nothing : html`<p>Computed at layer <strong>${explanation.layer}</strong>.</p>`}
        <label class="slider"
          >Opacity of the map
          <input
            type="range"
            min="0"
            max="1"
            step="0.05"
            .value=${String(view.opacity)}
            @input=${(event: Event) => view.change({ opacity: Number((event.target as HTMLInputElement).value) })}
          />
        </label>
        <label class="check">
          <input
            type="checkbox"
            .checked=${isSmooth}
            @change=${(event: Event) => view.change({ isSmooth: (event.target as HTMLInputElement).checked })}
          />
          Smooth between the map’s pixels
        </label>
        ${remarks(explanation?.remarks)}
      </div>
    </div>
  </section>`;
}

function otherMethodsList(explorer: Explorer, chosen: Method): TemplateResult {
  const isOther = otherMethods.includes(chosen);
  return html`<select
    class=${isOther ? 'chosen' : ''}
    aria-label="Other methods"
    @change=${(event: Event) => explorer.wish({ method: (event.target as HTMLSelectElement).value })}
  >
    <option disabled ?selected=${!isOther}>more</option>
    ${otherMethods.map((method) => html`<option value=${method.name} ?selected=${method === chosen}>${method.title}</option>`)}
  </select>`;
}

function citation({ paper: { authors, year, title, arxiv } }: Method): TemplateResult {
  const text = `${authors.split(',')[0]}${authors.includes(',') ? ' et al.' : ''} ${year}`;
  return html`<p class="citation muted" title=${title}>
    ${arxiv === undefined ? text : html`<a href=${`https://arxiv.org/abs/${arxiv}`} rel="noreferrer">${text}</a>`}
  </p>`;
}
