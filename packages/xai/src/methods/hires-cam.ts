import type { Method } from '../method.ts';
import { classActivationMap, rectified } from '../signal/cam.ts';

/** HiRes-CAM: sum over channels of (d logit / dA) * A, place by place. */
export const hiresCam: Method = {
  name: 'hires-cam',
  title: 'HiRes-CAM',
  summary: 'Grad-CAM without averaging the gradient: shows just the places that the class score was computed from.',
  formula: 'L = Σ_k (∂y_c / ∂A_k) ⊙ A_k',
  paper: {
    authors: 'Draelos, Carin',
    title: 'Use HiResCAM instead of Grad-CAM for faithful explanations of convolutional neural networks',
    year: 2020,
    arxiv: '2011.08891',
  },
  explains: ['class'],
  layer: 'last-features',
  parameters: { relu: rectified(false) },
  run: (session, request) =>
    classActivationMap(session, request, 'hires-cam', (builder, { activation, gradient }) =>
      builder.op('multiply', [activation, gradient]),
    ),
};
