import { tensorToPicture, type Picture, type Preprocessing } from '@convscope/formats';
import type { TensorData } from '@convscope/gpu-engine/graph';
import type { Explanation } from '@convscope/xai';
import { colorTable, type Scale } from '@convscope/xai/render';
import { drawOverlay } from '../../drawing/draw-maps.ts';
import { paint } from '../../drawing/paint.ts';
import { numberText } from '../../shared/number-text.ts';
import { isMap } from '../lab/kind.ts';
import { INK, pngOf, sheet } from './sheet.ts';

export interface FigureOptions {
  readonly explanation: Explanation;
  readonly input: TensorData<'float32'>;
  readonly preprocessing: Preprocessing;
  readonly opacity: number;
  readonly isSmooth: boolean;
  readonly scale?: Scale | undefined;
}

const LEAST_SIDE = 448;
const LEGEND = 44;

/** A tile as a picture of its own: the map over the input with its scale below, on white. */
export async function figureOf(options: FigureOptions): Promise<Blob> {
  const { explanation, input, preprocessing } = options;
  const base = isMap(explanation) ? input : ((await explanation.tensor.read()) as TensorData<'float32'>);
  const picture = tensorToPicture(base, preprocessing);
  const zoom = Math.ceil(LEAST_SIDE / Math.max(picture.width, picture.height));
  const [width, height] = [picture.width * zoom, picture.height * zoom];
  const { canvas, context } = sheet(width, height + (isMap(explanation) ? LEGEND : 0));
  context.imageSmoothingEnabled = false;
  context.drawImage(canvasOf(picture), 0, 0, width, height);
  if (isMap(explanation)) {
    const { sign } = explanation;
    const { isSmooth, scale, opacity } = options;
    const drawing = await drawOverlay(explanation.tensor, {
      sign,
      colorMap: sign,
      interpolation: isSmooth ? 'bilinear' : 'nearest',
      width,
      height,
      ...(scale === undefined ? {} : { scale }),
    });
    context.globalAlpha = opacity;
    context.drawImage(canvasOf({ ...drawing, data: drawing.pixels }), 0, 0, width, height);
    context.globalAlpha = 1;
    drawLegend(context, sign, drawing.scale, width, height);
  }
  return pngOf(canvas);
}

function drawLegend(
  context: CanvasRenderingContext2D,
  sign: 'signed' | 'positive',
  scale: Scale,
  width: number,
  top: number,
): void {
  const table = colorTable(sign);
  for (let x = 0; x < width; x++) {
    const entry = Math.floor((x / width) * 256) * 4;
    context.fillStyle = `rgb(${table[entry]} ${table[entry + 1]} ${table[entry + 2]})`;
    context.fillRect(x, top + 8, 1, 12);
  }
  context.fillStyle = INK;
  context.font = '14px system-ui, sans-serif';
  context.textBaseline = 'top';
  const ticks = sign === 'signed' ? [scale.min, 0, scale.max] : [scale.min, scale.max];
  ticks.forEach((tick, index) => {
    context.textAlign = index === 0 ? 'left' : index === ticks.length - 1 ? 'right' : 'center';
    context.fillText(numberText(tick), (index / (ticks.length - 1)) * width, top + 24);
  });
}

function canvasOf({ data, width, height }: Picture): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  paint(canvas, { pixels: data, width, height });
  return canvas;
}
