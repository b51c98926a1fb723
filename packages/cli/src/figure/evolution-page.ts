import { writePng, type Picture } from '@convscope/formats';
import {
  colorBar,
  evolutionHeading,
  evolutionNotes,
  evolutionPanels,
  type EvolutionContent,
} from '@convscope/xai/render';
import { shortNumber } from '../text.ts';
import { escaped } from './html.ts';

/** The evolution as one HTML page without scripts; its pictures are part of it. */
export function evolutionPage(content: EvolutionContent): string {
  const { shown, panels, scale } = evolutionPanels(content);
  const heading = escaped(evolutionHeading(content));
  const figures = panels.map(({ step, caption, pictures }) => {
    const images = pictures.map((picture) => image(picture, `step ${step}`)).join('');
    return `<figure><figcaption>step ${step}<br><small>${escaped(caption)}</small></figcaption>${images}</figure>`;
  });
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>${heading}</title>
<style>
body { font: 15px/1.4 system-ui, sans-serif; margin: 2rem; color: #202024; background: #fff; }
main { display: flex; flex-wrap: wrap; gap: 1rem; }
figure { margin: 0; }
small, p { color: #686870; }
img { display: block; width: 12rem; margin-top: 0.25rem; image-rendering: pixelated; }
p img { display: inline-block; height: 1rem; vertical-align: middle; }
</style>
<h1>${heading}</h1>
<main>
<figure><figcaption>input<br><small>&nbsp;</small></figcaption>${image(shown, 'input')}</figure>
${figures.join('\n')}
</main>
<p>${shortNumber(scale.min)} ${image(colorBar(content.explanation.sign), 'scale')} ${shortNumber(scale.max)}</p>
${evolutionNotes(content)
  .map((note) => `<p>${escaped(note)}</p>`)
  .join('\n')}
</html>
`;
}

function image(picture: Picture, alternative: string): string {
  const base64 = Buffer.from(writePng(picture)).toString('base64');
  return `<img alt="${escaped(alternative)}" src="data:image/png;base64,${base64}">`;
}
