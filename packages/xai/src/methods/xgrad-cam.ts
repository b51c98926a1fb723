import type { Method } from '../method.ts';
import { classActivationMap, rectified, spatialSum } from '../signal/cam.ts';
import { isRectified } from '../signal/relu-rules.ts';

/** Keeps a channel that is zero everywhere from being divided by its sum, as in the authors' code. */
const EPSILON = 1e-7;

const SIGNED =
  'made for rectified maps: the layer has values of both signs, and where their sum is close to zero a weight means little';

/** XGrad-CAM: weights sum(g * A) / sum(A) over space (equation 8), for which the map's sum comes closest to the score. */
export const xgradCam: Method = {
  name: 'xgrad-cam',
  title: 'XGrad-CAM',
  summary:
    'Grad-CAM with gradients averaged where the map is active, so that the map sums to what the score gets from it.',
  formula: 'L = ReLU(Σ_k w_k A_k), w_k = Σ_{ij} (A_{k,ij} / Σ_{ab} A_{k,ab}) ∂y_c / ∂A_{k,ij}',
  paper: {
    authors: 'Fu, Hu, Dong, Guo, Gao, Li',
    title: 'Axiom-based Grad-CAM: Towards Accurate Visualization and Explanation of CNNs',
    year: 2020,
    arxiv: '2008.02312',
  },
  explains: ['class'],
  layer: 'last-features',
  parameters: { relu: rectified(true) },
  run: async (session, request) => {
    const result = await classActivationMap(session, request, 'xgrad-cam', (builder, { activation, gradient }) => {
      const shared = spatialSum(builder, builder.op('multiply', [gradient, activation]));
      const epsilon = builder.constant(builder.freshName('epsilon'), {
        dtype: 'float32',
        shape: [],
        data: Float32Array.of(EPSILON),
      });
      const total = builder.op('add', [spatialSum(builder, activation), epsilon]);
      return builder.op('multiply', [activation, builder.op('divide', [shared, total])]);
    });
    const isPositive = result.layer !== undefined && isRectified(session.model.graph, result.layer);
    return isPositive ? result : { ...result, remarks: [...(result.remarks ?? []), SIGNED] };
  },
};
