import { valueOf } from '@convscope/gpu-engine/graph';
import { defaultLayer } from '../layers.ts';
import type { Method } from '../method.ts';
import { pictureAt } from '../signal/layer-values.ts';
import { dream, octaveSizes } from '../synthesis/dream.ts';
import { checkedUnit } from '../synthesis/layer-unit.ts';
import { checkTotal, pictureResult, stacked } from '../synthesis/picture-result.ts';
import { fromSamples, toSamples } from '../synthesis/picture-space.ts';
import { resized, sizeWithLongerSide } from '../synthesis/resized.ts';

/**
 * Deep dream: gradient ascent on half the sum of squares of a layer, or of one of its channels or units, from a picture
 * on, in octaves, with jitter. The variant `simple` is the plain form of many notebooks: the layer's mean activation,
 * the gradient over its standard deviation, one size, no jitter, samples cut off at -1 and 1 (of which those below 0
 * cannot be shown; the measure `clipped` says how many there are).
 */
export const deepDream: Method = {
  name: 'deep-dream',
  title: 'Deep dream',
  summary: 'The picture, changed step by step towards whatever a layer sees in it.',
  formula: 'x ← x + η g / mean|g|, g = ∂(½ Σ A²) / ∂x, in each octave',
  paper: {
    authors: 'Mordvintsev, Olah, Tyka',
    title: 'Inceptionism: Going Deeper into Neural Networks',
    year: 2015,
  },
  explains: ['unit'],
  layer: 'unit',
  kind: 'picture',
  input: 'any-size',
  parameters: {
    variant: {
      type: 'choice',
      default: 'octaves',
      choices: ['octaves', 'simple'],
      description: 'octaves: the authors’ own; simple: mean activation at one size, without octaves and jitter',
    },
    size: {
      type: 'integer',
      default: 0,
      min: 0,
      max: 2048,
      description: 'longer side in pixels; 0: as the input comes',
    },
    octaves: { type: 'integer', default: 4, min: 1, max: 12, description: 'sizes that the dream goes through' },
    octaveScale: { type: 'number', default: 1.4, min: 1.05, max: 3, description: 'from one octave to the next' },
    iterations: { type: 'integer', default: 10, min: 1, max: 1000, description: 'steps in each octave' },
    step: {
      type: 'number',
      default: 0,
      min: 0,
      max: 255,
      description: 'change of a pixel in a step, of 255: the mean, or in the simple variant a deviation; 0: 1.5, or 5',
    },
    jitter: { type: 'integer', default: 32, min: 0, max: 512, description: 'pixels rolled at most before each step' },
    frames: { type: 'integer', default: 1, min: 1, max: 600, description: 'pictures of a zoom sequence' },
    zoom: { type: 'number', default: 0.05, min: 0, max: 0.5, description: 'part cut off from one frame to the next' },
  },
  run: async (session, request) => {
    const { model } = session;
    const { parameters, seed = 0, unit, signal, onProgress, onPicture } = request;
    const { variant, size, octaveScale, step, zoom } = parameters as Record<string, number> & { variant: string };
    const [octaves, iterations, jitter, frames] = ['octaves', 'iterations', 'jitter', 'frames'].map((name) =>
      Number(parameters[name]),
    ) as [number, number, number, number];
    const isSimple = variant === 'simple';
    const layer = valueOf(model.graph, request.layer ?? defaultLayer(model.graph, 'last-features', model.logits)).name;
    const given = toSamples(request.input, model.preprocessing);
    const start = size === 0 ? given : resized(given, sizeWithLongerSide(given, size ?? 0));
    const [batch = 1] = start.shape;
    checkTotal(batch * frames, [1, ...start.shape.slice(1)]);
    if (unit !== undefined) checkedUnit(model, layer, start.shape, unit);
    const { guide } = request;
    const pictures = [];
    for (let n = 0; n < batch; n++) {
      pictures.push(
        ...(await dream(session, pictureAt(start, n), {
          layer,
          unit,
          objective: guide === undefined ? (isSimple ? 'mean' : 'energy') : 'guided',
          scale: isSimple ? 'standard-deviation' : 'mean-magnitude',
          clip: isSimple ? [-1, 1] : [0, 1],
          octaves: isSimple ? 1 : octaves,
          octaveScale: octaveScale ?? 1,
          iterations,
          step: (step || (isSimple ? 5 : 1.5)) / 255,
          jitter: isSimple ? 0 : jitter,
          guide: guide === undefined ? undefined : toSamples(guide, model.preprocessing),
          frames,
          zoom: zoom ?? 0,
          seed: seed + n,
          signal,
          onProgress: (done) => onProgress?.((n + done) / batch),
          onSamples: onPicture && ((samples) => onPicture(fromSamples(samples, model.preprocessing))),
        })),
      );
    }
    const dreamt = octaveSizes(sizeWithLongerSide(start, 0), isSimple ? 1 : octaves, octaveScale ?? 1);
    const sizes = dreamt.map(({ height, width }) => `${width}x${height}`).join(', ');
    return pictureResult(session, stacked(pictures), {
      layer,
      ...(unit === undefined ? {} : { units: pictures.map(() => unit) }),
      ...(frames === 1 ? {} : { captions: pictures.map((_, index) => `frame ${index % frames}`) }),
      remarks: [`dreamt at ${sizes}, ${iterations} steps each`],
    });
  },
};
