import { html, nothing, type TemplateResult } from 'lit';

/** What a method says about its own result. */
export function remarks(lines: readonly string[] | undefined): TemplateResult | typeof nothing {
  if (lines === undefined || lines.length === 0) return nothing;
  return html`<ul class="remarks">
    ${lines.map((line) => html`<li>${line}</li>`)}
  </ul>`;
}
