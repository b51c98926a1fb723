import { writeGif, type GifFrame, type Picture } from '@convscope/formats';
import {
  blankPicture,
  drawPicture,
  drawText,
  fillBox,
  LINE_HEIGHT,
  textWidth,
  wrapText,
  type Color,
} from './drawing.ts';
import { zoomed } from './evolution-figure.ts';
import { evolutionHeading, evolutionPanels, type EvolutionContent } from './evolution-panels.ts';
import { BAR_HEIGHT, drawScale } from './scale-bar.ts';

/** A picture's longer side in pixels, about. */
const SIDE = 224;
const MARGIN = 16;
const GAP = 12;
const FRAME_MILLISECONDS = 500;
/** The end is shown longer before it starts again. */
const LAST_MILLISECONDS = 2000;
const PAPER: Color = [255, 255, 255];
const INK: Color = [32, 32, 36];
const PALE_INK: Color = [104, 104, 112];
const DONE: Color = [11, 107, 93];
const OPEN: Color = [217, 222, 227];

/** The checkpoints one after another, all on one scale, as an animated GIF that runs for ever. Throws as `writeGif`. */
export function evolutionAnimation(content: EvolutionContent): Uint8Array {
  return writeGif(evolutionFrames(content));
}

/** The pictures of that animation, for films of another kind. */
export function evolutionFrames(content: EvolutionContent): readonly GifFrame[] {
  const { shown, panels, scale } = evolutionPanels(content);
  const columns = (panel: number): readonly Picture[] => [shown, ...(panels[panel]?.pictures ?? [])];
  const sizes = columns(0).map((picture) => zoomed(picture, SIDE));
  const space = sizes.reduce((sum, { width }) => sum + width + GAP, -GAP);
  const heading = wrapText(evolutionHeading(content), space);
  const top = MARGIN + (heading.length + 1) * LINE_HEIGHT + GAP / 2;
  const below = top + Math.max(...sizes.map(({ height }) => height)) + GAP;
  const height = below + 6 + GAP + BAR_HEIGHT + LINE_HEIGHT + MARGIN;
  return panels.map(({ step, caption }, index) => {
    const picture = blankPicture(space + 2 * MARGIN, height, PAPER);
    heading.forEach((line, row) => drawText(picture, line, MARGIN, MARGIN + row * LINE_HEIGHT, INK));
    const line = MARGIN + heading.length * LINE_HEIGHT;
    drawText(picture, `step ${step}`, MARGIN, line, INK);
    drawText(picture, caption, MARGIN + space - textWidth(caption), line, PALE_INK);
    let left = MARGIN;
    columns(index).forEach((source, place) => {
      const size = sizes[place] ?? source;
      drawPicture(picture, source, { left, top, ...size });
      left += size.width + GAP;
    });
    drawPlace(picture, { left: MARGIN, top: below, width: space }, index, panels.length);
    const { sign } = content.explanation;
    drawScale(picture, { sign, scale, left: MARGIN, top: below + 6 + GAP, width: Math.min(space, 2 * SIDE) });
    return { picture, milliseconds: index === panels.length - 1 ? LAST_MILLISECONDS : FRAME_MILLISECONDS };
  });
}

/** One block a checkpoint, filled up to the one that is shown. */
function drawPlace(
  picture: Picture,
  { left, top, width }: { readonly left: number; readonly top: number; readonly width: number },
  place: number,
  count: number,
): void {
  for (let block = 0; block < count; block++) {
    const start = left + Math.round((block * width) / count);
    const end = left + Math.round(((block + 1) * width) / count) - (count > width / 4 ? 0 : 2);
    fillBox(picture, { left: start, top, width: end - start, height: 6 }, block <= place ? DONE : OPEN);
  }
}
