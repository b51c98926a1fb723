import { Random } from '@convscope/gpu-engine';
import type { Method } from '../method.ts';
import { batchSize, classGradients, eachPicture } from '../signal/batched.ts';

/**
 * SmoothGrad: the mean gradient over copies of the picture with normal noise of sigma = level * (max - min) of the input;
 * also the mean square and the variance (VarGrad, Adebayo et al. 2018, 1810.03307).
 */
export const smoothGrad: Method = {
  name: 'smooth-grad',
  title: 'SmoothGrad',
  summary: 'The gradient averaged over noisy copies of the picture, which takes out its graininess.',
  formula: 'M = (1/n) Σ_i ∂y_c(x + ε_i) / ∂x, ε_i ~ N(0, σ²), σ = level · (max x − min x)',
  paper: {
    authors: 'Smilkov, Thorat, Kim, Viégas, Wattenberg',
    title: 'SmoothGrad: removing noise by adding noise',
    year: 2017,
    arxiv: '1706.03825',
  },
  explains: ['class'],
  layer: 'none',
  parameters: {
    level: { type: 'number', default: 0.15, min: 0, max: 2, description: 'noise, as a share of the input’s range' },
    samples: { type: 'integer', default: 25, min: 1, max: 1000, description: 'noisy copies' },
    statistic: {
      type: 'choice',
      default: 'mean',
      choices: ['mean', 'square', 'variance'],
      description: 'what is taken over the copies: the mean gradient, its mean square, or its variance',
    },
  },
  run: async (session, request) => {
    const samples = request.parameters['samples'] as number;
    const level = request.parameters['level'] as number;
    const statistic = request.parameters['statistic'] as 'mean' | 'square' | 'variance';
    const random = new Random(request.seed ?? 0);
    const result = await eachPicture(session, request, async ({ picture, target, signal, onProgress }) => {
      const size = picture.data.length;
      const [low, high] = picture.data.reduce<[number, number]>(
        ([least, most], value) => [Math.min(least, value), Math.max(most, value)],
        [Infinity, -Infinity],
      );
      const sigma = level * (high - low);
      const sum = new Float64Array(size);
      const squares = new Float64Array(size);
      const most = batchSize(session, picture.shape, samples);
      for (let start = 0; start < samples; start += most) {
        const count = Math.min(most, samples - start);
        const data = new Float32Array(count * size);
        for (let i = 0; i < data.length; i++) data[i] = (picture.data[i % size] as number) + sigma * random.normal();
        const batch = { ...picture, shape: [count, ...picture.shape.slice(1)], data };
        const gradients = await classGradients(session, batch, target, signal);
        for (let i = 0; i < data.length; i++) {
          const gradient = gradients.data[i] as number;
          sum[i % size] = (sum[i % size] as number) + gradient / samples;
          squares[i % size] = (squares[i % size] as number) + (gradient * gradient) / samples;
        }
        onProgress((start + count) / samples);
      }
      const value = (i: number): number => {
        const [mean, square] = [sum[i] as number, squares[i] as number];
        return statistic === 'mean' ? mean : statistic === 'square' ? square : Math.max(square - mean * mean, 0);
      };
      return { data: Float32Array.from({ length: size }, (_, i) => value(i)), shape: picture.shape.slice(1) };
    });
    return { ...result, sign: statistic === 'mean' ? 'signed' : 'positive' };
  },
};
