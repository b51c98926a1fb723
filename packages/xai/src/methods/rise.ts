import { Random } from '@convscope/gpu-engine';
import type { Method } from '../method.ts';
import { batchSize, classProbabilities, eachPicture } from '../signal/batched.ts';

/**
 * RISE: the mean of random smooth masks, each weighted with the class probability of the picture seen through it and
 * divided by the masks' expectation (equation 6). Masks are coarse grids of zeros and ones, enlarged bilinearly and
 * shifted by a random part of a cell (section 3.2). Equation 6 leaves a pixel without influence at the mean probability
 * of all masked pictures, which hides small differences; `centered` takes that mean off first, so that such a pixel is
 * at zero and masks that happen to lie often on a pixel do not count for it. Gives [N, 1, H, W].
 */
export const rise: Method = {
  name: 'rise',
  title: 'RISE',
  summary: 'Random masks weighted with the probability that the network still gives the class: needs no gradients.',
  formula: 'M_p = (1 / (N · E[m])) Σ_i p_c(x ⊙ m_i) m_{i,p}',
  paper: {
    authors: 'Petsiuk, Das, Saenko',
    title: 'RISE: Randomized Input Sampling for Explanation of Black-box Models',
    year: 2018,
    arxiv: '1806.07421',
  },
  explains: ['class'],
  layer: 'none',
  ranking: 'value',
  parameters: {
    masks: { type: 'integer', default: 6000, min: 10, max: 100_000, description: 'random masks' },
    cells: { type: 'integer', default: 8, min: 2, max: 64, description: 'cells of a mask along each side' },
    keep: { type: 'number', default: 0.1, min: 0.01, max: 0.99, description: 'probability that a cell stays visible' },
    centered: {
      type: 'boolean',
      default: true,
      description: 'less the mean over all masks; off: the sum of the paper',
    },
  },
  run: async (session, request) => {
    const { masks, cells, keep, centered } = request.parameters as {
      masks: number;
      cells: number;
      keep: number;
      centered: boolean;
    };
    const random = new Random(request.seed ?? 0);
    const result = await eachPicture(session, request, async ({ picture, target, signal, onProgress }) => {
      const [, channels, height, width] = picture.shape as [number, number, number, number];
      const plane = height * width;
      const sum = new Float64Array(plane);
      const visible = new Float64Array(plane);
      let total = 0;
      const most = batchSize(session, picture.shape, masks);
      for (let start = 0; start < masks; start += most) {
        const count = Math.min(most, masks - start);
        const drawn = Array.from({ length: count }, () => drawMask(random, height, width, cells, keep));
        const data = new Float32Array(count * picture.data.length);
        drawn.forEach((mask, k) => {
          for (let i = 0; i < channels * plane; i++) {
            data[k * channels * plane + i] = (picture.data[i] as number) * (mask[i % plane] as number);
          }
        });
        const batch = { ...picture, shape: [count, channels, height, width], data };
        const probabilities = await classProbabilities(session, batch, target, signal);
        drawn.forEach((mask, k) => {
          const probability = probabilities[k] as number;
          total += probability;
          for (let i = 0; i < plane; i++) {
            sum[i] = (sum[i] as number) + probability * (mask[i] as number);
            visible[i] = (visible[i] as number) + (mask[i] as number);
          }
        });
        onProgress((start + count) / masks);
      }
      const mean = centered ? total / masks : 0;
      const data = Float32Array.from(sum, (value, i) => (value - mean * (visible[i] as number)) / (masks * keep));
      return { data, shape: [1, height, width] };
    });
    return { ...result, sign: centered ? 'signed' : 'positive' };
  },
};

function drawMask(random: Random, height: number, width: number, cells: number, keep: number): Float32Array {
  // The shift moves the view by up to one cell, so the grid has one cell more than is seen.
  const side = cells + 2;
  const grid = Uint8Array.from({ length: side * side }, () => (random.uniform() < keep ? 1 : 0));
  const [cellHeight, cellWidth] = [Math.ceil(height / cells), Math.ceil(width / cells)];
  const [top, left] = [Math.floor(random.uniform() * cellHeight), Math.floor(random.uniform() * cellWidth)];
  const mask = new Float32Array(height * width);
  for (let y = 0; y < height; y++) {
    const row = (y + top) / cellHeight;
    const upper = Math.floor(row);
    for (let x = 0; x < width; x++) {
      const column = (x + left) / cellWidth;
      const before = Math.floor(column);
      const at = (r: number, c: number) => grid[r * side + c] as number;
      const mixRow = (r: number) => at(r, before) + (at(r, before + 1) - at(r, before)) * (column - before);
      mask[y * width + x] = mixRow(upper) + (mixRow(upper + 1) - mixRow(upper)) * (row - upper);
    }
  }
  return mask;
}
