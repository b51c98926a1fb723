import type { Method } from '../method.ts';
import { pictureAt } from '../signal/layer-values.ts';
import { inversion, type Inversion } from '../synthesis/inversion.ts';
import { pictureResult, stacked } from '../synthesis/picture-result.ts';
import { fromSamples } from '../synthesis/picture-space.ts';
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
  quick: { length: 0.4, most: 6 },
  run: async (session, request) => {
    const { graph } = session.model;
    const { seed = 0, signal, onProgress, onPicture, parameters } = request;
    const settings = inversionSettings(parameters);
    const input = pictureAt(request.input, 0);
    const layers = ladderLayers(graph, Number(parameters['most']));
    const rungs: Inversion[] = [];
    for (const [rung, layer] of layers.entries()) {
      rungs.push(
        await inversion(session, {
          layer,
          input,
          variation: Number(parameters['variation']) || variationByDepth(graph, layer, input, settings.space),
          ...settings,
          seed,
          signal,
          onProgress: (done) => onProgress?.((rung + done) / layers.length),
          onSamples:
            onPicture &&
            ((now) => {
              const samples = stacked([...rungs.map((one) => one.samples), now]);
              onPicture(fromSamples(samples, session.model.preprocessing));
            }),
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
