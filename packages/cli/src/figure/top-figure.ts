import { MOST_PIXELS, type Picture } from '@convscope/formats';
import {
  blankPicture,
  drawPicture,
  drawText,
  LINE_HEIGHT,
  textWidth,
  wrapText,
  type Color,
} from '@convscope/xai/render';
import { invalid } from '../arguments.ts';
import { shortNumber } from '../text.ts';
import { TOP_NOTES, topHeading, topPanel, type TopContent } from './top-panels.ts';

const MARGIN = 20;
const GAP = 4;
/** Between the crops and the reconstructions of a channel. */
const WIDE_GAP = 20;
/** A cell's side in pixels, about; crops are zoomed by a whole number. */
const CELL = 128;
const PAPER: Color = [255, 255, 255];
const INK: Color = [32, 32, 36];
const PALE_INK: Color = [104, 104, 112];

/** A row a channel: its crops in a square grid, strongest first, and beside it their reconstructions. */
export function topFigure(content: TopContent): Picture {
  const { model, channels } = content;
  const crops = channels.flatMap(({ top }) => top.map(({ crop }) => crop));
  const largest = Math.max(1, ...crops.map(({ height, width }) => Math.max(height, width)));
  const zoom = Math.max(1, Math.round(CELL / largest));
  const cell = largest * zoom;
  const columns = Math.ceil(Math.sqrt(Math.max(1, ...channels.map(({ top }) => top.length))));
  const gridWidth = columns * (cell + GAP) - GAP;
  const width = Math.max(2 * gridWidth + WIDE_GAP, 480) + 2 * MARGIN;
  const heading = wrapText(topHeading(content), width - 2 * MARGIN);
  const notes = TOP_NOTES.flatMap((note) => wrapText(note, width - 2 * MARGIN));
  const rowHeights = channels.map(({ top }) => Math.ceil(top.length / columns) * (cell + GAP) + LINE_HEIGHT + WIDE_GAP);
  const height =
    2 * MARGIN + (heading.length + notes.length) * LINE_HEIGHT + GAP + rowHeights.reduce((sum, row) => sum + row, 0);
  if (width * height > MOST_PIXELS) {
    throw invalid('--out', 'the figure would be too large', {
      got: `${width}x${height} pixels`,
      wanted: 'fewer channels, or an .html page',
    });
  }
  const figure = blankPicture(width, height, PAPER);
  heading.forEach((line, row) => drawText(figure, line, MARGIN, MARGIN + row * LINE_HEIGHT, INK));
  let top = MARGIN + heading.length * LINE_HEIGHT + GAP;
  channels.forEach(({ channel, top: found }, row) => {
    const [first, last] = [found[0]?.activation ?? 0, found.at(-1)?.activation ?? 0];
    drawText(figure, `channel ${channel}`, MARGIN, top, INK);
    const range = `activations ${shortNumber(first)} to ${shortNumber(last)}`;
    drawText(
      figure,
      range,
      Math.max(MARGIN + textWidth('channel 00000  '), MARGIN + gridWidth + WIDE_GAP),
      top,
      PALE_INK,
    );
    found.forEach((activation, index) => {
      const { crop, reconstruction } = topPanel(model, activation);
      const at = (index % columns) * (cell + GAP);
      const y = top + LINE_HEIGHT + Math.floor(index / columns) * (cell + GAP);
      const size = { width: crop.width * zoom, height: crop.height * zoom };
      const shift = { left: Math.floor((cell - size.width) / 2), top: Math.floor((cell - size.height) / 2) };
      drawPicture(figure, crop, { left: MARGIN + at + shift.left, top: y + shift.top, ...size });
      const left = MARGIN + gridWidth + WIDE_GAP + at + shift.left;
      drawPicture(figure, reconstruction, { left, top: y + shift.top, ...size });
    });
    top += rowHeights[row] ?? 0;
  });
  notes.forEach((line, row) => drawText(figure, line, MARGIN, top + row * LINE_HEIGHT, PALE_INK));
  return figure;
}
