import { tensorToPicture, writeGif, type GifFrame, type Picture, type Preprocessing } from '@convscope/formats';
import type { TensorData } from '@convscope/gpu-engine/graph';
import type { Explanation } from '@convscope/xai';
import { INK, pngOf, sheet } from './sheet.ts';

/** Smaller pictures are enlarged by a whole number up to about this side, in pixels. */
const LEAST_SIDE = 224;
const GAP = 8;
const CAPTION = 20;
/** How long a frame of a zoom is shown; the first and the last stay longer. */
const FRAME_MILLISECONDS = 80;
const END_MILLISECONDS = 600;

/** All pictures of a result on one white sheet, each with its caption. */
export async function sheetOf(
  { tensor }: Explanation,
  preprocessing: Preprocessing,
  captions: readonly string[],
): Promise<Blob> {
  const pictures = await picturesOf(tensor, preprocessing);
  const columns = Math.ceil(Math.sqrt(pictures.length));
  const { width = 1, height = 1 } = pictures[0] ?? {};
  const cell = { width: width + GAP, height: height + GAP + CAPTION };
  const rows = Math.ceil(pictures.length / columns);
  const { canvas, context } = sheet(columns * cell.width + GAP, rows * cell.height + GAP);
  context.fillStyle = INK;
  context.font = '13px system-ui, sans-serif';
  pictures.forEach(({ data }, index) => {
    const [x, y] = [GAP + (index % columns) * cell.width, GAP + Math.floor(index / columns) * cell.height];
    context.putImageData(new ImageData(data, width, height), x, y);
    context.fillText(captions[index] ?? '', x, y + height + 15, width);
  });
  return pngOf(canvas);
}

/** The frames of a result as an animated GIF that goes on for ever. */
export async function animationOf(explanation: Explanation, preprocessing: Preprocessing): Promise<Blob> {
  const bytes = writeGif(await framesOf(explanation, preprocessing));
  return new Blob([bytes as Uint8Array<ArrayBuffer>], { type: 'image/gif' });
}

/** The same frames as an MP4 film. Throws as `videoOf`. */
export async function filmOf(explanation: Explanation, preprocessing: Preprocessing): Promise<Blob> {
  const { videoOf } = await import('./video.ts');
  return videoOf(await framesOf(explanation, preprocessing));
}

async function framesOf({ tensor }: Explanation, preprocessing: Preprocessing): Promise<readonly GifFrame[]> {
  const pictures = await picturesOf(tensor, preprocessing);
  return pictures.map((picture, index) => {
    const isEnd = index === 0 || index === pictures.length - 1;
    return { picture, milliseconds: isEnd ? END_MILLISECONDS : FRAME_MILLISECONDS };
  });
}

async function picturesOf(tensor: Explanation['tensor'], preprocessing: Preprocessing): Promise<readonly Picture[]> {
  const values = (await tensor.read()) as TensorData<'float32'>;
  return Array.from({ length: values.shape[0] ?? 0 }, (_, index) =>
    enlarged(tensorToPicture(values, preprocessing, index)),
  );
}

/** Each pixel as a square of pixels, where the picture is small. */
function enlarged(picture: Picture): Picture {
  const factor = Math.max(1, Math.floor(LEAST_SIDE / Math.max(picture.width, picture.height)));
  if (factor === 1) return picture;
  const [width, height] = [picture.width * factor, picture.height * factor];
  const from = new Uint32Array(picture.data.buffer, picture.data.byteOffset, picture.width * picture.height);
  const to = new Uint32Array(width * height);
  for (let y = 0; y < height; y++) {
    const row = Math.floor(y / factor) * picture.width;
    for (let x = 0; x < width; x++) to[y * width + x] = from[row + Math.floor(x / factor)] ?? 0;
  }
  return { width, height, data: new Uint8ClampedArray(to.buffer) };
}
