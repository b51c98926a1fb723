import type { Method } from '../method.ts';
import { batchSize, classScores, eachPicture } from '../signal/batched.ts';

/**
 * Occlusion: how much the class score falls when a square patch of the picture is covered. The patch moves by `stride`;
 * a pixel gets the mean fall over the patches that cover it, so the map has the input's size [N, 1, H, W].
 */
export const occlusion: Method = {
  name: 'occlusion',
  title: 'Occlusion',
  summary:
    'How much the class score falls when a patch of the picture is covered: slow, simple, and without gradients.',
  formula: 'M_p = mean over patches P ∋ p of y_c(x) − y_c(x with P covered)',
  paper: {
    authors: 'Zeiler, Fergus',
    title: 'Visualizing and Understanding Convolutional Networks',
    year: 2013,
    arxiv: '1311.2901',
  },
  explains: ['class'],
  layer: 'none',
  ranking: 'value',
  parameters: {
    size: { type: 'integer', default: 7, min: 1, max: 512, description: 'side of the patch in pixels' },
    stride: { type: 'integer', default: 3, min: 1, max: 512, description: 'how far the patch moves, in pixels' },
    fill: { type: 'number', default: 0, min: -10, max: 10, description: 'value of the patch, after normalisation' },
  },
  run: async (session, request) => {
    const { size, stride, fill } = request.parameters as { size: number; stride: number; fill: number };
    const result = await eachPicture(session, request, async ({ picture, target, signal, onProgress }) => {
      const [, channels, height, width] = picture.shape as [number, number, number, number];
      const corners = patchCorners(height, width, size, stride);
      const [whole = 0] = await classScores(session, picture, target, signal);
      const falls = new Float64Array(height * width);
      const covers = new Float64Array(height * width);
      const most = batchSize(session, picture.shape, corners.length);
      for (let start = 0; start < corners.length; start += most) {
        const patches = corners.slice(start, start + most);
        const data = new Float32Array(patches.length * picture.data.length);
        patches.forEach(([top, left], k) => {
          data.set(picture.data, k * picture.data.length);
          for (let c = 0; c < channels; c++) {
            forPatch(top, left, size, height, width, (pixel) => {
              data[(k * channels + c) * height * width + pixel] = fill;
            });
          }
        });
        const batch = { ...picture, shape: [patches.length, channels, height, width], data };
        const scores = await classScores(session, batch, target, signal);
        patches.forEach(([top, left], k) => {
          forPatch(top, left, size, height, width, (pixel) => {
            falls[pixel] = (falls[pixel] as number) + whole - (scores[k] as number);
            covers[pixel] = (covers[pixel] as number) + 1;
          });
        });
        onProgress((start + patches.length) / corners.length);
      }
      const data = Float32Array.from(falls, (fall, pixel) => fall / Math.max(covers[pixel] as number, 1));
      return { data, shape: [1, height, width] };
    });
    return { ...result, sign: 'signed' };
  },
};

/** Top left corners of patches; the last row and column of patches end at the picture's edge. */
function patchCorners(height: number, width: number, size: number, stride: number): (readonly [number, number])[] {
  const starts = (length: number): number[] => {
    const last = Math.max(length - size, 0);
    const places = Array.from({ length: Math.floor(last / stride) + 1 }, (_, index) => index * stride);
    return places.at(-1) === last ? places : [...places, last];
  };
  return starts(height).flatMap((top) => starts(width).map((left) => [top, left] as const));
}

function forPatch(
  top: number,
  left: number,
  size: number,
  height: number,
  width: number,
  visit: (pixel: number) => void,
): void {
  for (let y = top; y < Math.min(top + size, height); y++) {
    for (let x = left; x < Math.min(left + size, width); x++) visit(y * width + x);
  }
}
