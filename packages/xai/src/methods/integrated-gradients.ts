import type { Method } from '../method.ts';
import { batchSize, classGradients, classScores, eachPicture } from '../signal/batched.ts';
import { gaussLegendre } from '../signal/gauss-legendre.ts';

/** Integrated gradients: (x - x0) * the mean gradient on the straight way from x0 to x, by Gauss-Legendre quadrature. */
export const integratedGradients: Method = {
  name: 'integrated-gradients',
  title: 'Integrated gradients',
  summary: 'What each pixel adds to the score on the way from a baseline to the picture; the parts sum to the whole.',
  formula: 'M = (x − x′) ⊙ ∫_0^1 ∂y_c(x′ + α (x − x′)) / ∂x dα; Σ M = y_c(x) − y_c(x′)',
  paper: {
    authors: 'Sundararajan, Taly, Yan',
    title: 'Axiomatic Attribution for Deep Networks',
    year: 2017,
    arxiv: '1703.01365',
  },
  explains: ['class'],
  layer: 'none',
  ranking: 'value',
  parameters: {
    steps: {
      type: 'integer',
      default: 50,
      min: 2,
      max: 500,
      description: 'places on the way from baseline to picture',
    },
    baseline: {
      type: 'number',
      default: 0,
      min: -10,
      max: 10,
      description: 'the value of every element of the baseline, after normalisation',
    },
  },
  run: async (session, request) => {
    const steps = request.parameters['steps'] as number;
    const baseline = request.parameters['baseline'] as number;
    const { nodes, weights } = gaussLegendre(steps);
    const result = await eachPicture(session, request, async ({ picture, target, signal, onProgress }) => {
      const size = picture.data.length;
      const sum = new Float64Array(size);
      const most = batchSize(session, picture.shape, steps);
      for (let start = 0; start < steps; start += most) {
        const count = Math.min(most, steps - start);
        const data = new Float32Array(count * size);
        for (let k = 0; k < count; k++) {
          const along = nodes[start + k] as number;
          for (let i = 0; i < size; i++) {
            data[k * size + i] = baseline + along * ((picture.data[i] as number) - baseline);
          }
        }
        const batch = { ...picture, shape: [count, ...picture.shape.slice(1)], data };
        const gradients = await classGradients(session, batch, target, signal);
        for (let k = 0; k < count; k++) {
          const weight = weights[start + k] as number;
          for (let i = 0; i < size; i++)
            sum[i] = (sum[i] as number) + weight * (gradients.data[k * size + i] as number);
        }
        onProgress((start + count) / steps);
      }
      const attribution = Float32Array.from(sum, (mean, i) => mean * ((picture.data[i] as number) - baseline));
      const ends = new Float32Array(2 * size).fill(baseline);
      ends.set(picture.data);
      const both = { ...picture, shape: [2, ...picture.shape.slice(1)], data: ends };
      const [score = 0, base = 0] = await classScores(session, both, target, signal);
      const total = attribution.reduce((a, b) => a + b, 0);
      const measures = { score, 'baseline score': base, 'completeness gap': total - (score - base) };
      return { data: attribution, shape: picture.shape.slice(1), measures };
    });
    return { ...result, sign: 'signed' };
  },
};
