import { percentText, numberText } from '../../shared/number-text.ts';
import type { ClassScore } from '@convscope/xai';

/** What a report says about one tile. */
export interface ReportFigure {
  readonly title: string;
  readonly facts: string;
  readonly summary: string;
  readonly citation: string;
  readonly remarks: readonly string[];
  /** `data:image/png…` */
  readonly picture: string;
}

export interface ReportContent {
  readonly model: string;
  readonly modelFacts: string;
  readonly input: string;
  readonly scores: readonly ClassScore[];
  readonly figures: readonly ReportFigure[];
  /** The address that the report was made at. */
  readonly address: string;
}

/** One HTML page without scripts that needs nothing else. All text is escaped. */
export function reportHtml({ model, modelFacts, input, scores, figures, address }: ReportContent): string {
  const rows = scores.map(
    ({ label, probability, logit }) =>
      `<tr><th scope="row">${escaped(label)}</th><td>${percentText(probability)}</td><td>${numberText(logit)}</td></tr>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<title>${escaped(model)}: a Convscope report</title>
<style>
:root { color-scheme: light dark; }
body { max-width: 72rem; margin: 0 auto; padding: 2rem 1rem; font: 1rem/1.5 system-ui, sans-serif; }
h1 { margin: 0; letter-spacing: -0.02em; }
p { margin: 0.25rem 0 0.75rem; }
.muted { opacity: 0.72; font-size: 0.875rem; overflow-wrap: anywhere; }
.top { display: flex; flex-wrap: wrap; gap: 2rem; margin: 1.5rem 0; }
.top img { width: 16rem; }
img { max-width: 100%; border-radius: 6px; image-rendering: pixelated; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 0.15rem 1rem 0.15rem 0; text-align: right; }
th { max-width: 24rem; font-weight: 500; text-align: left; overflow-wrap: anywhere; }
.figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 20rem), 1fr)); gap: 2rem; }
figure { margin: 0; }
figure img { width: 100%; image-rendering: auto; }
h2 { margin: 0 0 0.5rem; font-size: 1.125rem; }
ul { padding-left: 1.1rem; }
</style>
</head>
<body>
<h1>${escaped(model)}</h1>
<p class="muted">${escaped(modelFacts)}</p>
<section class="top">
<img src="${escaped(input)}" alt="The input">
${rows.length === 0 ? '' : `<table><thead><tr><th scope="col">class</th><td>probability</td><td>logit</td></tr></thead><tbody>${rows.join('')}</tbody></table>`}
</section>
<section class="figures">
${figures.map(figureHtml).join('\n')}
</section>
<p class="muted">Made with Convscope. The same again: ${escaped(address)}</p>
</body>
</html>
`;
}

function figureHtml({ title, facts, summary, citation, remarks, picture }: ReportFigure): string {
  const list = remarks.map((line) => `<li>${escaped(line)}</li>`).join('');
  return `<figure>
<h2>${escaped(title)}</h2>
<img src="${escaped(picture)}" alt="${escaped(`${title} over the input`)}">
<figcaption><p class="muted">${escaped(facts)}</p><p>${escaped(summary)} <span class="muted">${escaped(citation)}</span></p>
${list === '' ? '' : `<ul class="muted">${list}</ul>`}</figcaption>
</figure>`;
}

export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
