import type { Method } from '../method.ts';
import { averagedHead, missingHead } from '../signal/averaged-head.ts';
import { classActivationMap, rectified } from '../signal/cam.ts';

/**
 * CAM: the maps before global average pooling, weighted with the class's weights after it (equation 2). The weights are
 * taken as the gradient of the class score by the averages, which is the same in a linear head, and one for the class's
 * own map where the averages are the scores. Gives [N, 1, h, w], whose mean and the class's bias make the score.
 */
export const cam: Method = {
  name: 'cam',
  title: 'CAM',
  summary:
    'The last maps, weighted with the class’s own weights: exact, and only for networks that end in global averages.',
  formula: 'M_c = Σ_k w_{c,k} A_k',
  paper: {
    authors: 'Zhou, Khosla, Lapedriza, Oliva, Torralba',
    title: 'Learning Deep Features for Discriminative Localization',
    year: 2015,
    arxiv: '1512.04150',
  },
  explains: ['class'],
  layer: 'none',
  parameters: { relu: rectified(false) },
  applies: missingHead,
  run: async (session, request) => {
    const { maps, averages } = averagedHead(session.graphFor(request.input), session.model.logits);
    return classActivationMap(
      session,
      { ...request, layer: maps },
      'cam',
      (builder, { activation, gradient }) => {
        const [batch, channels] = builder.value(activation).shape as [number, number];
        const weights = builder.op('reshape', [gradient], { shape: [batch, channels, 1, 1] });
        return builder.op('multiply', [activation, weights]);
      },
      averages,
    );
  },
};
