import type { Method } from '../method.ts';
import { pictureAt } from '../signal/layer-values.ts';
import { inversion } from '../synthesis/inversion.ts';
import { pictureResult, stacked } from '../synthesis/picture-result.ts';
import { inversionParameters, inversionSettings, ladderLayers, variationByDepth } from '../synthesis/reconstruction.ts';
import { reconstruction } from './reconstruction.ts';

/** The first picture of the input, reconstructed from one stage of the network after the other. */
export const reconstructionLadder: Method = {
  name: 'reconstruction-ladder',
  title: 'Reconstruction, layer by layer',
  summary: 'What each layer still knows of the input: one reconstruction a stage, with its error.',
  formula: 'x*_l = argmin_x ‖Φ_l(x) − Φ_l(x_0)‖² / ‖Φ_l(x_0)‖² + R(x), for each stage l',
  paper: reconstruction.paper,
  explains: [],
  layer: 'none',
  kind: 'picture',
  parameters: {
    ...inversionParameters,
    most: {
      type: 'integer',
      default: 12,
      min: 1,
      max: 200,
      description: 'stages shown, evenly spread if there are more',
    },
  },
  run: async (session, request) => {
    const { graph } = session.model;
    const { seed = 0, signal, onProgress, parameters } = request;
    const settings = inversionSettings(parameters);
    const input = pictureAt(request.input, 0);
    const layers = ladderLayers(graph, Number(parameters['most']));
    const rungs = [];
    for (const [rung, layer] of layers.entries()) {
      rungs.push(
        await inversion(session, {
          layer,
          input,
          variation: Number(parameters['variation']) || variationByDepth(graph, layer, input),
          ...settings,
          seed,
          signal,
          onProgress: (done) => onProgress?.((rung + done) / layers.length),
        }),
      );
    }
    return pictureResult(session, stacked(rungs.map(({ samples }) => samples)), {
      measures: { 'feature error': rungs.map(({ error }) => error) },
      captions: layers,
      remarks: [
        'errors are squared distances of features, over the squared norm of those of the input',
        ...((request.input.shape[0] ?? 1) > 1 ? ['shows the first picture of the batch'] : []),
      ],
    });
  },
};
