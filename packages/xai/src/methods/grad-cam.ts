import type { Method } from '../method.ts';
import { classActivationMap, rectified, spatialMean } from '../signal/cam.ts';

/** Grad-CAM: ReLU(sum over channels of mean(d logit / dA) * A). */
export const gradCam: Method = {
  name: 'grad-cam',
  title: 'Grad-CAM',
  summary: 'Where a layer sees evidence for a class: its maps, weighted by the mean gradient of the class score.',
  formula: 'L = ReLU(Σ_k α_k A_k), α_k = (1/Z) Σ_{ij} ∂y_c / ∂A_{k,ij}',
  paper: {
    authors: 'Selvaraju, Cogswell, Das, Vedantam, Parikh, Batra',
    title: 'Grad-CAM: Visual Explanations from Deep Networks via Gradient-based Localization',
    year: 2016,
    arxiv: '1610.02391',
  },
  explains: ['class'],
  layer: 'last-features',
  parameters: { relu: rectified(true) },
  run: (session, request) =>
    classActivationMap(session, request, 'grad-cam', (builder, { activation, gradient }) =>
      builder.op('multiply', [activation, spatialMean(builder, gradient)]),
    ),
};
