import { ConvscopeError, type TensorData } from '@convscope/gpu-engine/graph';
import { MOST_PIXELS, tensorToPicture, type Model, type Picture } from '@convscope/formats';
import type { Explanation, Method } from '../../method.ts';
import { blankPicture, drawPicture, drawText, LINE_HEIGHT, wrapText, type Color } from './drawing.ts';

export interface PictureFigureContent {
  readonly model: Pick<Model, 'name' | 'preprocessing'>;
  readonly method: Pick<Method, 'title'>;
  /** [N, C, H, W], of which the first is shown beside the results; left out for methods that look at none. */
  readonly input?: TensorData<'float32'> | undefined;
  readonly explanation: Pick<Explanation, 'layer' | 'targets' | 'units' | 'captions' | 'measures' | 'remarks'>;
  /** The explanation's pictures [N, C, H, W]. */
  readonly tensor: TensorData<'float32'>;
}

const MARGIN = 20;
const GAP = 16;
const PAPER: Color = [255, 255, 255];
const INK: Color = [32, 32, 36];
const PALE_INK: Color = [104, 104, 112];

interface Cell {
  readonly picture: Picture;
  readonly lines: readonly string[];
}

/** The pictures of an explanation of the kind `picture`, as they are shown: values beyond black and white are cut off. */
export function picturesOf(tensor: TensorData<'float32'>, model: Pick<Model, 'preprocessing'>): readonly Picture[] {
  return Array.from({ length: tensor.shape[0] ?? 0 }, (_, n) => tensorToPicture(tensor, model.preprocessing, n));
}

/**
 * One figure of an explanation's pictures in rows, the input before them, each with what it stands for and its own
 * measures below. Throws `invalid-parameter` where it would be too large.
 */
export function pictureFigure(content: PictureFigureContent): Picture {
  const { model, method, input, explanation, tensor } = content;
  const made = picturesOf(tensor, model);
  const count = made.length + (input === undefined ? 0 : 1);
  const { width, height } = made[0] ?? { width: 1, height: 1 };
  const side = count <= 2 ? 448 : count <= 12 ? 224 : 112;
  const zoom = Math.max(1, Math.round(side / Math.max(width, height)));
  const box = { width: Math.max(width * zoom, 96), height: height * zoom };
  const columns = Math.min(count, Math.max(1, Math.round(Math.sqrt((count * 1.6 * box.height) / box.width))));
  const cells: Cell[] = made.map((picture, n) => ({
    picture,
    lines: linesOf(content, n).flatMap((line) => wrapText(line, box.width)),
  }));
  if (input !== undefined) cells.unshift({ picture: tensorToPicture(input, model.preprocessing, 0), lines: ['input'] });

  const space = Math.max(columns * (box.width + GAP) - GAP, 448);
  const { layer } = explanation;
  const title = `${method.title}: ${model.name}${layer === undefined ? '' : `, layer ${layer}`}`;
  const heading = wrapText(title, space);
  const notes = explanation.remarks.flatMap((remark) => wrapText(remark, space));
  const textHeight = Math.max(...cells.map(({ lines }) => lines.length)) * LINE_HEIGHT;
  const rowHeight = box.height + 4 + textHeight + GAP;
  const top = MARGIN + heading.length * LINE_HEIGHT + GAP / 2;
  const notesTop = top + Math.ceil(count / columns) * rowHeight;
  const size = { width: space + 2 * MARGIN, height: notesTop + notes.length * LINE_HEIGHT + MARGIN };
  if (size.width * size.height > MOST_PIXELS) {
    throw new ConvscopeError('invalid-parameter', 'the figure would be too large', {
      got: `${size.width}x${size.height} pixels`,
      wanted: 'fewer pictures, or raw numbers',
    });
  }
  const figure = blankPicture(size.width, size.height, PAPER);
  heading.forEach((line, row) => drawText(figure, line, MARGIN, MARGIN + row * LINE_HEIGHT, INK));
  cells.forEach(({ picture, lines }, index) => {
    const left = MARGIN + (index % columns) * (box.width + GAP);
    const cellTop = top + Math.floor(index / columns) * rowHeight;
    const factor = Math.min(box.width / picture.width, box.height / picture.height);
    const drawn = { width: Math.round(picture.width * factor), height: Math.round(picture.height * factor) };
    drawPicture(figure, picture, { left, top: cellTop, ...drawn });
    lines.forEach((line, row) =>
      drawText(figure, line, left, cellTop + box.height + 4 + row * LINE_HEIGHT, row === 0 ? INK : PALE_INK),
    );
  });
  notes.forEach((line, row) => drawText(figure, line, MARGIN, notesTop + row * LINE_HEIGHT, PALE_INK));
  return figure;
}

/** What picture n stands for, and its measures. */
function linesOf({ explanation }: PictureFigureContent, n: number): readonly string[] {
  const { captions, targets, units, measures = {} } = explanation;
  const unit = units?.[n];
  const target = targets?.[n];
  const place = unit?.y === undefined ? '' : ` at y ${unit.y}, x ${unit.x ?? 0}`;
  const meaning =
    captions?.[n] ?? target?.label ?? (unit === undefined ? undefined : `channel ${unit.channel}${place}`);
  const measured = Object.entries(measures).flatMap(([name, values]) => {
    const value = values[n];
    if (value === undefined || (name === 'clipped' && value < 0.0005)) return [];
    return [name === 'clipped' ? `${(100 * value).toFixed(1)} % clipped` : `${name} ${Number(value.toPrecision(3))}`];
  });
  return [...(meaning === undefined ? [] : [meaning]), ...measured];
}
