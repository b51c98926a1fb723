import type { Picture } from '@convscope/formats';
import { blankPicture, drawText, fillBox, LINE_HEIGHT, textWidth, wrapText, type Color } from '@convscope/xai/render';
import { colorOf, OP_COLORS } from './op-colors.ts';
import { headingOf, methodText, slowest, type ProfileContent } from './profile-content.ts';
import { milliseconds, percent } from './profile-text.ts';

const MARGIN = 24;
const SPACE = 1080;
const STRIP_HEIGHT = 56;
const BAR_WIDTH = 330;
const PAPER: Color = [255, 255, 255];
const INK: Color = [32, 32, 36];
const PALE_INK: Color = [104, 104, 112];
const SHADE: Color = [233, 236, 239];

/** The run as a strip, its ops, and the nodes that take longest as bars. */
export function profileFigure(content: ProfileContent, count: number): Picture {
  const rows = slowest(content.rows, count);
  const heading = wrapText(`${headingOf(content)}: ${milliseconds(content.profile.milliseconds)} ms`, SPACE);
  const notes = wrapText(methodText(content), SPACE);
  const opLines = inLines(opLabels(content));
  const stripTop = MARGIN + (heading.length + notes.length) * LINE_HEIGHT + 12;
  const keyTop = stripTop + STRIP_HEIGHT + 14;
  const rowsTop = keyTop + opLines.length * LINE_HEIGHT + 20;
  const height = rowsTop + rows.length * (LINE_HEIGHT + 6) + MARGIN;
  const figure = blankPicture(SPACE + 2 * MARGIN, height, PAPER);
  heading.forEach((line, index) => drawText(figure, line, MARGIN, MARGIN + index * LINE_HEIGHT, INK));
  notes.forEach((line, index) =>
    drawText(figure, line, MARGIN, MARGIN + (heading.length + index) * LINE_HEIGHT, PALE_INK),
  );
  drawStrip(figure, content, stripTop);
  opLines.forEach((line, index) => drawOps(figure, line, keyTop + index * LINE_HEIGHT));
  const most = Math.max(...rows.map(({ share }) => share), 1e-12);
  rows.forEach((row, index) => {
    const top = rowsTop + index * (LINE_HEIGHT + 6);
    const numbers = `${milliseconds(row.milliseconds)} ms ${percent(row.share)}`;
    const label = [row.node, row.op, row.shape].filter(Boolean).join(', ');
    const numbersLeft = SPACE + MARGIN - BAR_WIDTH - 16 - textWidth(numbers);
    drawText(figure, fitting(label, numbersLeft - MARGIN - 16), MARGIN, top, INK);
    drawText(figure, numbers, numbersLeft, top, PALE_INK);
    const left = SPACE + MARGIN - BAR_WIDTH;
    fillBox(figure, { left, top, width: BAR_WIDTH, height: LINE_HEIGHT - 4 }, SHADE);
    const width = Math.round((BAR_WIDTH * row.share) / most);
    fillBox(figure, { left, top, width, height: LINE_HEIGHT - 4 }, colorOf(row.opRank));
  });
  return figure;
}

/** Every node as wide as its share of the time, at least as far as there are pixels. */
function drawStrip(figure: Picture, { rows }: ProfileContent, top: number): void {
  let share = 0;
  for (const row of rows) {
    const from = Math.round(SPACE * share);
    share += row.share;
    const width = Math.round(SPACE * share) - from;
    // A line of paper between nodes that are wide enough.
    const box = { left: MARGIN + from, top, width: width > 3 ? width - 1 : width, height: STRIP_HEIGHT };
    fillBox(figure, box, colorOf(row.opRank));
  }
}

interface OpLabel {
  readonly text: string;
  readonly rank: number;
}

function opLabels({ ops }: ProfileContent): readonly OpLabel[] {
  const others = ops.slice(OP_COLORS.length);
  const rest = others.reduce((sum, { share }) => sum + share, 0);
  return [
    ...ops.slice(0, OP_COLORS.length).map(({ op, share }, rank) => ({ text: `${op} ${percent(share)}`, rank })),
    ...(others.length === 0 ? [] : [{ text: `${others.length} others ${percent(rest)}`, rank: OP_COLORS.length }]),
  ];
}

const LABEL_GAP = 28;
const SWATCH = 22;

function inLines(labels: readonly OpLabel[]): readonly (readonly OpLabel[])[] {
  const lines: OpLabel[][] = [[]];
  let width = 0;
  for (const label of labels) {
    const own = SWATCH + textWidth(label.text) + LABEL_GAP;
    if (width + own > SPACE && width > 0) {
      lines.push([]);
      width = 0;
    }
    lines.at(-1)?.push(label);
    width += own;
  }
  return lines;
}

function drawOps(figure: Picture, labels: readonly OpLabel[], top: number): void {
  let left = MARGIN;
  for (const { text, rank } of labels) {
    fillBox(figure, { left, top, width: 14, height: 14 }, colorOf(rank));
    drawText(figure, text, left + SWATCH, top, INK);
    left += SWATCH + textWidth(text) + LABEL_GAP;
  }
}

/** As much of the text as has room, with dots for the rest. */
function fitting(text: string, width: number): string {
  let shown = text;
  while (shown.length > 4 && textWidth(shown) > width) shown = `${shown.replace(/\.\.\.$/, '').slice(0, -1)}...`;
  return shown;
}
