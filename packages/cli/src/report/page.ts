import { createHash } from 'node:crypto';
import { escaped } from '../figure/html.ts';
import { printable } from '../text.ts';
import type { ReportContent } from './content.ts';
import { classText, pictureElement } from './elements.ts';
import { mapsSection } from './maps-html.ts';
import { layersSection, networkSection } from './network-html.ts';
import { PAGE_STYLE } from './page-style.ts';
import { percent } from './sentences.ts';

/** Classes that are listed. */
const MOST_SCORES = 5;

/**
 * One HTML page without scripts that needs nothing else: its policy lets it load nothing but the pictures that are part of
 * it, and apply no style but its own. All text is escaped.
 */
export function reportPage(content: ReportContent): string {
  const { model, inputName, command } = content;
  const title = `What ${printable(model.name)} sees in ${printable(inputName)}`;
  const hash = createHash('sha256').update(PAGE_STYLE).digest('base64');
  const policy = `default-src 'none'; img-src data:; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escaped(title)}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<header>
<p class="eyebrow">Convscope report</p>
<h1>${escaped(title)}</h1>
${leadOf(content)}
</header>
<main>
${predictionSection(content)}
${networkSection(content)}
${layersSection(content)}
${mapsSection(content)}
</main>
<footer><p class="pale">Made by <code>${escaped(printable(command))}</code></p></footer>
</body>
</html>
`;
}

function leadOf({ scores, target, isAsked }: ReportContent): string {
  const [best] = scores;
  if (best === undefined || target === undefined) {
    return '<p class="lead">The network gives no class scores, so only its feature maps are shown.</p>';
  }
  const answer = `It says <strong>${escaped(classText(best))}</strong>, with a probability of ${percent(best.probability)}.`;
  const asked =
    isAsked && target.index !== best.index
      ? ` This report explains <strong>${escaped(classText(target))}</strong>, which was asked for (${percent(target.probability)}).`
      : '';
  return `<p class="lead">${answer}${asked}</p>`;
}

function predictionSection({ input, inputName, scores, target, model }: ReportContent): string {
  const shown = scores.slice(0, MOST_SCORES);
  if (target !== undefined && !shown.some(({ index }) => index === target.index)) shown.push(target);
  const rows = shown.map((score) => {
    const bar = `<svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="4"/><rect class="bar" width="${(100 * score.probability).toFixed(2)}" height="4"/></svg>`;
    const isTarget = score.index === target?.index;
    return `<tr${isTarget ? ' class="target"' : ''}><th scope="row">${escaped(classText(score))}</th><td class="room">${bar}</td><td class="number">${percent(score.probability)}</td><td class="number">${score.logit.toFixed(2)}</td></tr>`;
  });
  const table =
    rows.length === 0
      ? ''
      : `<div class="card scroll"><table class="scores"><thead><tr><th scope="col">class</th><td class="room"></td><th scope="col" class="number">probability</th><th scope="col" class="number">score</th></tr></thead><tbody>${rows.join('')}</tbody></table>${otherClasses(scores.length, rows.length)}</div>`;
  const { width, height } = model.preprocessing;
  return `<section class="prediction">
<figure class="card">${pictureElement(input, `The input, ${inputName}`)}<figcaption class="pale">${escaped(printable(inputName))} as the network takes it, ${input.width || width} × ${input.height || height}</figcaption></figure>
${table}
</section>`;
}

function otherClasses(all: number, shown: number): string {
  return all > shown ? `<p class="pale">${(all - shown).toLocaleString('en')} other classes are not listed.</p>` : '';
}
