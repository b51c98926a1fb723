import type { Method } from '../method.ts';
import { classActivationMap, rectified, spatialSum } from '../signal/cam.ts';

/**
 * Grad-CAM++: weights sum(alpha * ReLU(g)) with alpha = g^2 / (2 g^2 + g^3 * sum(A)) (equation 19). Where g is not zero
 * that is 1 / (2 + g * sum(A)), and where it is, ReLU(g) is zero too: so the quotient needs no special case, and for
 * rectified maps its denominator is at least 2.
 */
export const gradCamPlusPlus: Method = {
  name: 'grad-cam-plus-plus',
  title: 'Grad-CAM++',
  summary:
    'Grad-CAM with weights that count positive gradients by how much each place contributes: several objects show.',
  formula:
    'L = ReLU(Σ_k w_k A_k), w_k = Σ_{ij} α_{k,ij} ReLU(g_{k,ij}), α_{k,ij} = g² / (2 g² + g³ Σ_{ab} A_{k,ab}), g = ∂y_c / ∂A',
  paper: {
    authors: 'Chattopadhyay, Sarkar, Howlader, Balasubramanian',
    title: 'Grad-CAM++: Improved Visual Explanations for Deep Convolutional Networks',
    year: 2017,
    arxiv: '1710.11063',
  },
  explains: ['class'],
  layer: 'last-features',
  parameters: { relu: rectified(true) },
  run: (session, request) =>
    classActivationMap(session, request, 'grad-cam-plus-plus', (builder, { activation, gradient }) => {
      const positive = builder.op('relu', [gradient]);
      const product = builder.op('multiply', [positive, spatialSum(builder, activation)]);
      const two = builder.constant(builder.freshName('two'), { dtype: 'float32', shape: [], data: Float32Array.of(2) });
      const weighted = builder.op('divide', [positive, builder.op('add', [product, two])]);
      return builder.op('multiply', [activation, spatialSum(builder, weighted)]);
    }),
};
