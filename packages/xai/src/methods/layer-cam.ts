import type { Method } from '../method.ts';
import { classActivationMap, rectified } from '../signal/cam.ts';

/** Layer-CAM: ReLU(sum over channels of ReLU(d logit / dA) * A); works at early layers too. */
export const layerCam: Method = {
  name: 'layer-cam',
  title: 'Layer-CAM',
  summary:
    'Maps weighted place by place with the positive gradient: fine detail from early layers, objects from late ones.',
  formula: 'L = ReLU(Σ_k ReLU(∂y_c / ∂A_k) ⊙ A_k)',
  paper: {
    authors: 'Jiang, Zhang, Hou, Cheng, Wei',
    title: 'LayerCAM: Exploring Hierarchical Class Activation Maps for Localization',
    year: 2021,
  },
  explains: ['class'],
  layer: 'last-features',
  parameters: { relu: rectified(true) },
  run: (session, request) =>
    classActivationMap(session, request, 'layer-cam', (builder, { activation, gradient }) =>
      builder.op('multiply', [activation, builder.op('relu', [gradient])]),
    ),
};
