import { shortNumber } from '../text.ts';
import { escaped, imageElement } from './html.ts';
import { TOP_NOTES, topHeading, topPanel, type TopContent } from './top-panels.ts';

/** The longer side of the largest crop in pixels, about. */
const SIDE = 128;

/** The same as the figure, as one HTML page without scripts that names every picture; the pictures are part of it. */
export function topPage(content: TopContent): string {
  const { model, channels, nameOf } = content;
  // One zoom for all, so that crops at the edges, which are smaller, show it.
  const crops = channels.flatMap(({ top }) => top.map(({ crop }) => crop));
  const largest = Math.max(1, ...crops.map(({ height, width }) => Math.max(height, width)));
  const zoom = Math.max(1, Math.round(SIDE / largest));
  const heading = escaped(topHeading(content));
  const sections = channels.map(({ channel, top }) => {
    const figures = top.map((found) => {
      const { crop, reconstruction } = topPanel(model, found);
      const name = nameOf(found.picture);
      const images =
        imageElement(crop, `part of picture ${name}`, { zoom }) +
        imageElement(reconstruction, 'what the unit saw', { zoom });
      const place = found.position === undefined ? '' : ` at y ${found.position.y}, x ${found.position.x}`;
      const caption = `${escaped(name)}<br><small>${shortNumber(found.activation)}${place}</small>`;
      return `<figure>${images}<figcaption>${caption}</figcaption></figure>`;
    });
    return `<h2>channel ${channel}</h2>\n<section>\n${figures.join('\n')}\n</section>`;
  });
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${heading}</title>
<style>
:root { color-scheme: light dark; }
body { font: 15px/1.4 system-ui, sans-serif; margin: 2rem; }
h1 { font-size: 1.4rem; }
h2 { font-size: 1.1rem; margin: 1.5rem 0 0.5rem; }
section { display: flex; flex-wrap: wrap; gap: 1rem; }
figure { margin: 0; max-width: 20rem; overflow-wrap: anywhere; }
figcaption { margin-top: 0.25rem; font-variant-numeric: tabular-nums; }
small, p { opacity: 0.7; }
img { max-width: 100%; margin-right: 0.25rem; image-rendering: pixelated; vertical-align: top; }
</style>
<h1>${heading}</h1>
${sections.join('\n')}
${TOP_NOTES.map((note) => `<p>${escaped(note)}</p>`).join('\n')}
</html>
`;
}
