import { ConvscopeError, valueOf } from '@convscope/gpu-engine/graph';
import { defaultLayer } from '../layers.ts';
import type { Method } from '../method.ts';
import { pictureAt } from '../signal/layer-values.ts';
import { inversion, type Inversion } from '../synthesis/inversion.ts';
import { pictureResult, stacked } from '../synthesis/picture-result.ts';
import { fromSamples } from '../synthesis/picture-space.ts';
import { inversionParameters, inversionSettings, variationByDepth } from '../synthesis/reconstruction.ts';

/** A picture that gives a layer the same features as the input does, under a weak idea of what pictures look like. */
export const reconstruction: Method = {
  name: 'reconstruction',
  title: 'Reconstruction',
  summary: 'What a layer still knows of the input: a picture, from noise, with the same features.',
  formula: 'x* = argmin_x ‖Φ(x) − Φ(x_0)‖² / ‖Φ(x_0)‖² + R(x)',
  paper: {
    authors: 'Mahendran, Vedaldi',
    title: 'Understanding Deep Image Representations by Inverting Them',
    year: 2014,
    arxiv: '1412.0035',
  },
  explains: [],
  layer: 'unit',
  kind: 'picture',
  parameters: inversionParameters,
  quick: { length: 0.4 },
  run: async (session, request) => {
    const { graph, logits } = session.model;
    if (request.unit !== undefined) {
      throw new ConvscopeError('invalid-parameter', 'reconstruction takes a whole layer, not a unit', {
        wanted: 'a layer',
      });
    }
    const { input, seed = 0, signal, onProgress, onPicture, parameters } = request;
    const layer = valueOf(graph, request.layer ?? defaultLayer(graph, 'last-features', logits)).name;
    const settings = inversionSettings(parameters);
    const variation = Number(parameters['variation']) || variationByDepth(graph, layer, input, settings.space);
    const batch = input.shape[0] as number;
    const made: Inversion[] = [];
    for (let n = 0; n < batch; n++) {
      made.push(
        await inversion(session, {
          layer,
          input: pictureAt(input, n),
          variation,
          ...settings,
          seed: seed + n,
          signal,
          onProgress: (done) => onProgress?.((n + done) / batch),
          onSamples:
            onPicture &&
            ((now) => {
              const samples = stacked([...made.map((one) => one.samples), now]);
              onPicture(fromSamples(samples, session.model.preprocessing));
            }),
        }),
      );
    }
    return pictureResult(session, stacked(made.map(({ samples }) => samples)), {
      layer,
      measures: { 'feature error': made.map(({ error }) => error) },
      remarks: made.map(
        (one) => `total variation weighs ${short(variation)}, the learning rate is ${short(one.learningRate)}`,
      ),
    });
  },
};

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}
