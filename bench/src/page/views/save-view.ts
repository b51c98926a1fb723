import { html, nothing, type TemplateResult } from 'lit';
import { jsonText, placeName, type RecordedSuite } from '../../recorded.ts';
import type { PageState } from '../state.ts';

/** All recordings of the run as one file, which `npm run bench -- --import` takes. */
export function saveView({ isRunning, suites }: PageState): TemplateResult | typeof nothing {
  const recordings = [...suites.values()].flatMap(({ recording }) => recording ?? []);
  const [first] = recordings;
  if (isRunning || first === undefined) return nothing;
  const isQuick = first.settings['extent'] === 'quick';
  const name = `convscope-bench-${placeName(first.environment)}.json`;
  return html`<section class="card save" aria-label="Results">
    <div class="card-head">
      <h2>Results</h2>
      <button class="secondary" @click=${() => saveJson(recordings.length === 1 ? first : recordings, name)}>
        Save as JSON
      </button>
    </div>
    <p class="muted">
      ${
        isQuick
          ? 'Sizes of a quick look say little about speed, so the repository’s history does not take this file.'
          : html`In a clone, <code>npm run bench -- --import ${name}</code> adds it to the recorded results, their
              history and their page.`
      }
    </p>
  </section>`;
}

/** Just as the results in the repository are written. */
function saveJson(content: RecordedSuite | readonly RecordedSuite[], name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([jsonText(content)], { type: 'application/json' }));
  link.download = name;
  link.click();
  // Some browsers read the bytes a while after the click.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
