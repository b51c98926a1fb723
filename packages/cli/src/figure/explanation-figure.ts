import { MOST_PIXELS, tensorToPicture, type Model, type Picture } from '@convscope/formats';
import type { TensorData } from '@convscope/gpu-engine/graph';
import type { Explanation, Method } from '@convscope/xai';
import {
  BAR_HEIGHT,
  blankPicture,
  drawPicture,
  drawScale,
  drawText,
  LINE_HEIGHT,
  renderMaps,
  wrapText,
  type Color,
  type Scale,
} from '@convscope/xai/render';
import { invalid } from '../arguments.ts';
import { shortNumber } from '../text.ts';
import { isInputSignal, mapPictures, mapsAt, SIGNAL_PERCENTILE } from './map-pictures.ts';

export interface FigureContent {
  readonly model: Model;
  readonly method: Pick<Method, 'name' | 'title'>;
  /** [N, C, H, W]. */
  readonly input: TensorData<'float32'>;
  readonly explanation: Pick<Explanation, 'sign' | 'layer' | 'targets' | 'units' | 'remarks' | 'measures'>;
  /** The explanation's maps [N, channels, h, w]. */
  readonly tensor: TensorData<'float32'>;
}

/** Pictures of a batch that are drawn, one below the other. */
export const MOST_DRAWN = 16;

/** A panel's longer side in pixels, at least; small maps are zoomed by a whole number. */
const PANEL_SIDE = 448;
const MARGIN = 20;
const GAP = 16;
const PAPER: Color = [255, 255, 255];
const INK: Color = [32, 32, 36];
const PALE_INK: Color = [104, 104, 112];

/**
 * One figure for a picture of the batch below the other: the input, the map in colour and the map over the input, or
 * the input and a grid of the layer's maps; then the scale, and what the reader must know.
 */
export function explanationFigure(content: FigureContent): Picture {
  const count = Math.min(content.input.shape[0] ?? 0, MOST_DRAWN);
  const rows = Array.from({ length: count }, (_, index) => figureOf(content, index));
  const width = Math.max(...rows.map((row) => row.width));
  const height = rows.reduce((sum, row) => sum + row.height, 0);
  checkSize(width, height);
  const figure = blankPicture(width, height, PAPER);
  let top = 0;
  for (const row of rows) {
    drawPicture(figure, row, { left: 0, top, width: row.width, height: row.height });
    top += row.height;
  }
  return figure;
}

interface Panel {
  readonly caption: string;
  readonly picture: Picture;
  readonly width: number;
  readonly height: number;
}

function figureOf(content: FigureContent, index: number): Picture {
  const { panels, scale } = panelsOf(content, index);
  const { sign, remarks, measures = {} } = content.explanation;
  const measured = Object.entries(measures).flatMap(([name, { [index]: value }]) =>
    value === undefined ? [] : [`${name} ${shortNumber(value)}`],
  );
  const panelsWidth = panels.reduce((sum, { width }) => sum + width + GAP, -GAP);
  const textSpace = Math.max(panelsWidth, PANEL_SIDE);
  const heading = wrapText(headingOf(content, index), textSpace);
  const notes = [...(measured.length === 0 ? [] : [measured.join(', ')]), ...remarks].flatMap((remark) =>
    wrapText(remark, textSpace),
  );
  const panelTop = MARGIN + (heading.length + 1) * LINE_HEIGHT + GAP / 2;
  const barTop = panelTop + Math.max(...panels.map(({ height }) => height)) + GAP;
  const notesTop = barTop + BAR_HEIGHT + 6 + LINE_HEIGHT + GAP / 2;
  const [width, height] = [textSpace + 2 * MARGIN, notesTop + notes.length * LINE_HEIGHT + MARGIN];
  checkSize(width, height);
  const figure = blankPicture(width, height, PAPER);
  heading.forEach((line, row) => drawText(figure, line, MARGIN, MARGIN + row * LINE_HEIGHT, INK));
  let left = MARGIN;
  for (const { caption, picture, width: panelWidth, height: panelHeight } of panels) {
    drawText(figure, caption, left, panelTop - LINE_HEIGHT, PALE_INK);
    drawPicture(figure, picture, { left, top: panelTop, width: panelWidth, height: panelHeight });
    left += panelWidth + GAP;
  }
  const [first, second] = panels as [Panel, Panel];
  drawScale(figure, { sign, scale, left: MARGIN + first.width + GAP, top: barTop, width: second.width });
  notes.forEach((line, row) => drawText(figure, line, MARGIN, notesTop + row * LINE_HEIGHT, PALE_INK));
  return figure;
}

/** The input, and either the map alone and over the input, or all maps of the layer. */
function panelsOf(
  { model, method, input, explanation, tensor }: FigureContent,
  index: number,
): { readonly panels: readonly Panel[]; readonly scale: Scale } {
  const { sign } = explanation;
  const shown = tensorToPicture(input, model.preprocessing, index);
  const zoom = Math.max(1, Math.ceil(PANEL_SIDE / Math.max(shown.width, shown.height)));
  const size = { width: shown.width * zoom, height: shown.height * zoom };
  const inputPanel: Panel = { caption: 'input', picture: shown, ...size };
  const [, channels = 0, height = 0, width = 0] = tensor.shape;
  if (channels > 1 && !isInputSignal({ model, method, input, explanation, tensor })) {
    checkSize(Math.ceil(Math.sqrt(channels)) * width, Math.ceil(Math.sqrt(channels)) * height);
    const side = Math.ceil(Math.sqrt((channels * height) / width)) * width;
    const mapZoom = Math.max(1, Math.ceil(PANEL_SIDE / side));
    const { picture, scale } = renderMaps(mapsAt(tensor, index), {
      sign,
      zoom: mapZoom,
      percentile: SIGNAL_PERCENTILE,
    });
    const caption = `channels 0 to ${channels - 1}, row by row, ${width}x${height} each, to ${SIGNAL_PERCENTILE} %`;
    return { panels: [inputPanel, { caption, picture, width: picture.width, height: picture.height }], scale };
  }
  const { map, over, scale, caption, isInterpolated } = mapPictures(
    { model, method, input, explanation, tensor },
    index,
  );
  const overCaption = isInterpolated ? 'over the input, interpolated' : 'over the input';
  return {
    panels: [inputPanel, { caption, picture: map, ...size }, { caption: overCaption, picture: over, ...size }],
    scale,
  };
}

function headingOf({ model, method, explanation }: FigureContent, index: number): string {
  const { layer, targets, units } = explanation;
  const target = targets?.[index];
  const unit = units?.[index];
  const position = unit?.y === undefined ? '' : ` at y ${unit.y}, x ${unit.x ?? 0}`;
  return [
    `${method.title}: ${model.name}`,
    ...(target === undefined ? [] : [`class ${target.index}${nameOf(target)}`]),
    ...(layer === undefined ? [] : [`layer ${layer}`]),
    ...(unit === undefined ? [] : [`channel ${unit.channel}${position}`]),
  ].join(', ');
}

function nameOf({ index, label }: { readonly index: number; readonly label: string }): string {
  return label === String(index) ? '' : ` (${label})`;
}

function checkSize(width: number, height: number): void {
  if (width * height <= MOST_PIXELS) return;
  throw invalid('--out', 'the figure would be too large', { got: `${width}x${height} pixels`, wanted: 'a .npy file' });
}
