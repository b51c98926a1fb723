import { MOST_PIXELS, type Picture } from '@convscope/formats';
import { ConvscopeError } from '@convscope/gpu-engine/graph';
import { blankPicture, drawPicture, drawText, LINE_HEIGHT, textWidth, wrapText, type Color } from './drawing.ts';
import { evolutionHeading, evolutionNotes, evolutionPanels, type EvolutionContent } from './evolution-panels.ts';
import { BAR_HEIGHT, drawScale } from './scale-bar.ts';

/** A panel's longer side in pixels, about; pictures are zoomed by a whole number. */
export const PANEL_SIDE = 196;
/** The same for grids of many maps. */
export const GRID_SIDE = 336;
const MARGIN = 20;
const GAP = 14;
const MOST_COLUMNS = 7;
const PAPER: Color = [255, 255, 255];
const INK: Color = [32, 32, 36];
const PALE_INK: Color = [104, 104, 112];

interface Cell {
  readonly title: string;
  readonly caption: string;
  readonly pictures: readonly Picture[];
}

/**
 * The input, and beside it what every checkpoint makes of it, all on one scale: rows of cells from left to right.
 * Throws `invalid-parameter` where that would be too large.
 */
export function evolutionFigure(content: EvolutionContent): Picture {
  const { shown, panels, scale } = evolutionPanels(content);
  const cells: readonly Cell[] = [
    { title: 'input', caption: '', pictures: [shown] },
    ...panels.map(({ step, caption, pictures }) => ({ title: `step ${step}`, caption, pictures })),
  ];
  const side = panels.some(({ pictures }) => pictures.length === 1) ? GRID_SIDE : PANEL_SIDE;
  const sizes = cells.map(({ pictures }) => pictures.map((picture) => zoomed(picture, side)));
  const cellWidth = Math.max(
    ...sizes.flat().map(({ width }) => width),
    ...cells.flatMap(({ title, caption }) => [textWidth(title), textWidth(caption)]),
  );
  const cellHeight =
    2 * LINE_HEIGHT + Math.max(...sizes.map((list) => list.reduce((sum, { height }) => sum + height + 4, 0)));
  const rows = Math.ceil(cells.length / MOST_COLUMNS);
  const columns = Math.ceil(cells.length / rows);
  const space = columns * (cellWidth + GAP) - GAP;
  const heading = wrapText(evolutionHeading(content), space);
  const notes = evolutionNotes(content).flatMap((note) => wrapText(note, space));
  const top = MARGIN + heading.length * LINE_HEIGHT + GAP / 2;
  const barTop = top + rows * (cellHeight + GAP);
  const notesTop = barTop + BAR_HEIGHT + LINE_HEIGHT + GAP;
  const [width, height] = [space + 2 * MARGIN, notesTop + notes.length * LINE_HEIGHT + MARGIN];
  if (width * height > MOST_PIXELS) {
    throw new ConvscopeError('invalid-parameter', 'the figure would be too large', {
      got: `${width}x${height} pixels`,
    });
  }
  const figure = blankPicture(width, height, PAPER);
  heading.forEach((line, row) => drawText(figure, line, MARGIN, MARGIN + row * LINE_HEIGHT, INK));
  cells.forEach(({ title, caption, pictures }, index) => {
    const left = MARGIN + (index % columns) * (cellWidth + GAP);
    let below = top + Math.floor(index / columns) * (cellHeight + GAP);
    drawText(figure, title, left, below, INK);
    drawText(figure, caption, left, below + LINE_HEIGHT, PALE_INK);
    below += 2 * LINE_HEIGHT;
    pictures.forEach((picture, place) => {
      const size = sizes[index]?.[place] ?? picture;
      drawPicture(figure, picture, { left, top: below, width: size.width, height: size.height });
      below += size.height + 4;
    });
  });
  const { sign } = content.explanation;
  drawScale(figure, { sign, scale, left: MARGIN, top: barTop, width: Math.min(space, 2 * cellWidth + GAP) });
  notes.forEach((line, row) => drawText(figure, line, MARGIN, notesTop + row * LINE_HEIGHT, PALE_INK));
  return figure;
}

/** The size at which a picture's longer side is about `side` pixels, each of its own a block. */
export function zoomed({ width, height }: Picture, side: number): { readonly width: number; readonly height: number } {
  const zoom = Math.max(1, Math.round(side / Math.max(width, height)));
  return { width: width * zoom, height: height * zoom };
}
