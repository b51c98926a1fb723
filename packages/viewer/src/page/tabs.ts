import { html, nothing, type TemplateResult } from 'lit';
import type { Lab } from './lab/lab.ts';
import type { ViewName } from './state/lab-state.ts';
import { viewList } from './views/view-list.ts';

/**
 * The views as tabs: arrow keys, Home and End go from one to the next. A training that was opened stays, hidden, behind
 * the other views: it is one element for as long as the page is open.
 */
export function tabs(lab: Lab, training: HTMLElement | undefined): TemplateResult {
  const views = viewList();
  const current = views.find(({ name }) => name === lab.state.view) ?? views[0];
  if (training !== undefined) training.hidden = current?.name !== 'training';
  const onKeyDown = (event: KeyboardEvent): void => {
    const at = views.findIndex(({ name }) => name === current?.name);
    const next = new Map([
      ['ArrowRight', at + 1],
      ['ArrowLeft', at - 1],
      ['Home', 0],
      ['End', views.length - 1],
    ]).get(event.key);
    const view = next === undefined ? undefined : views.at(next % views.length);
    if (view === undefined) return;
    event.preventDefault();
    choose(lab, view.name);
    const list = event.currentTarget as HTMLElement;
    list.querySelector<HTMLElement>(`[data-view=${view.name}]`)?.focus();
  };
  return html`<div class="tabs" role="tablist" aria-label="Views" @keydown=${onKeyDown}>
      ${views.map(
        ({ name, title }) =>
          html`<button
            type="button"
            role="tab"
            id=${`tab-${name}`}
            data-view=${name}
            aria-selected=${name === current?.name}
            aria-controls="view"
            tabindex=${name === current?.name ? 0 : -1}
            @click=${() => choose(lab, name)}
          >
            ${title}
          </button>`,
      )}
    </div>
    <div id="view" role="tabpanel" aria-labelledby=${`tab-${current?.name}`} data-view=${current?.name ?? ''}>
      ${current?.render(lab)} ${training ?? nothing}
    </div>`;
}

function choose(lab: Lab, view: ViewName): void {
  lab.change({ view });
}
