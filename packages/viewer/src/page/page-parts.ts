import { html, nothing, type TemplateResult } from 'lit';
import type { FailureWords } from '../shared/failure-words.ts';
import { percentText } from '../shared/number-text.ts';
import type { Lab } from './lab/lab.ts';
import type { InputReference, ModelReference } from './state/lab-state.ts';

/** Why nothing can be shown, and what helps. */
export function failureCard({ code, title, advice, canRetry }: FailureWords, retry: () => void): TemplateResult {
  return html`<section class="card failure" role="alert" data-code=${code}>
    <h2>${title}</h2>
    <p>${advice}</p>
    ${canRetry ? html`<button type="button" class="primary" @click=${retry}>Try again</button>` : nothing}
  </section>`;
}

export interface AskedActions {
  readonly openFiles: (files: readonly File[]) => void;
  readonly openAddress: (reference: ModelReference) => void;
  readonly goOn: () => void;
}

/** What a link was made with and that is not here: files are asked for, other servers only with consent. */
export function askedCard(
  { model, input }: { readonly model?: ModelReference | undefined; readonly input?: InputReference | undefined },
  actions: AskedActions,
): TemplateResult | typeof nothing {
  const picture = input?.kind === 'file' ? input : undefined;
  if (model === undefined && picture === undefined) return nothing;
  return html`<section class="card asked" aria-labelledby="asked-title">
    <h2 id="asked-title">This link needs something from you</h2>
    ${
      model?.kind === 'file'
        ? html`<p>
            It was made with the model file <strong>${model.name}</strong>
            <span class="muted">(SHA-256 ${model.hash} …)</span>. Files do not travel in links: drop it here, or open
            it.
          </p>`
        : nothing
    }
    ${
      model?.kind === 'url'
        ? html`<p>
            It opens a model from <strong>${new URL(model.url).host}</strong>:
            <span class="muted">${model.url}</span>
          </p>`
        : nothing
    }
    ${
      picture === undefined
        ? nothing
        : html`<p>
            It shows the picture
            <strong>${picture.name}</strong>${model === undefined ? '; until it is here, you see another one' : ''}.
          </p>`
    }
    <p class="row">
      ${
        model?.kind === 'url'
          ? html`<button type="button" class="primary" @click=${() => actions.openAddress(model)}>
              Load the model
            </button>`
          : nothing
      }
      ${model?.kind === 'file' ? fileField('Open the model file', actions.openFiles) : nothing}
      ${model === undefined ? fileField('Open the picture', actions.openFiles) : nothing}
      <button type="button" class="quiet" @click=${actions.goOn}>
        ${model === undefined ? 'Go on without' : 'Start with digits instead'}
      </button>
    </p>
  </section>`;
}

function fileField(text: string, open: (files: readonly File[]) => void): TemplateResult {
  return html`<label class="file-label primary"
    >${text}
    <input
      type="file"
      multiple
      class="visually-hidden"
      @change=${(event: Event) => {
        open([...((event.target as HTMLInputElement).files ?? [])]);
      }}
  /></label>`;
}

/** What those hear who cannot see the page. */
export function announcement({ scores, working, input }: Lab): string {
  const [best] = scores;
  if (input === undefined || best === undefined || working !== undefined) return '';
  return `The network says ${best.label}, ${percentText(best.probability)}.`;
}
