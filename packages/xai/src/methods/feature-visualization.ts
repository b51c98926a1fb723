import { throwIfCancelled, type TensorData } from '@convscope/gpu-engine/graph';
import type { Method } from '../method.ts';
import type { Session } from '../session.ts';
import { batchSize } from '../signal/batched.ts';
import { layerValue } from '../synthesis/dream.ts';
import { layerShape } from '../synthesis/dream-step.ts';
import { fromSamples } from '../synthesis/picture-space.ts';
import { checkTotal, pictureResult, stacked } from '../synthesis/picture-result.ts';
import { sizeWithLongerSide } from '../synthesis/resized.ts';
import { visualization } from '../synthesis/visualization.ts';
import { goalWeights, visualizationGoals } from '../synthesis/visualization-goals.ts';

/**
 * Feature visualization: pictures, made from noise, that a channel, a neuron, a class or a direction of a layer answers
 * most strongly. Without a unit, one for each channel of the layer or each class.
 */
export const featureVisualization: Method = {
  name: 'feature-visualization',
  title: 'Feature visualization',
  summary: 'A picture made from noise that a channel, neuron or class answers as strongly as it can.',
  formula: 'x* = argmax_x E_t[ f(t(x)) ], over small random transformations t',
  paper: {
    authors: 'Olah, Mordvintsev, Schubert',
    title: 'Feature Visualization (distill.pub, doi 10.23915/distill.00007)',
    year: 2017,
  },
  explains: ['class', 'unit'],
  layer: 'unit',
  kind: 'picture',
  input: 'none',
  parameters: {
    objective: {
      type: 'choice',
      default: 'channel',
      choices: ['channel', 'neuron'],
      description: 'of a unit: its whole channel, or the neuron at its position (the middle where it names none)',
    },
    parameterization: {
      type: 'choice',
      default: 'fourier',
      choices: ['fourier', 'pixel'],
      description: 'what is optimised: the spectrum, with decorrelated colours, or the pixels',
    },
    transforms: { type: 'boolean', default: true, description: 'jitter, scale and rotate the picture in every step' },
    steps: { type: 'integer', default: 512, min: 1, max: 10_000, description: 'steps of Adam' },
    learningRate: { type: 'number', default: 0.05, min: 1e-5, max: 10, description: 'of Adam' },
    size: { type: 'integer', default: 0, min: 0, max: 1024, description: 'longer side in pixels; 0: the model’s own' },
    pictures: { type: 'integer', default: 1, min: 1, max: 16, description: 'different pictures of one goal' },
    diversity: {
      type: 'number',
      default: 100,
      min: 0,
      max: 1e6,
      description: 'how much several pictures are rewarded for being unlike each other in the layer',
    },
    cosine: { type: 'integer', default: 0, min: 0, max: 8, description: 'power of the cosine, for directions' },
    first: {
      type: 'integer',
      default: 0,
      min: 0,
      max: 1e6,
      description: 'of all channels or classes, the first shown',
    },
    most: { type: 'integer', default: 16, min: 1, max: 4096, description: 'channels or classes shown at most' },
  },
  quick: { steps: 128, most: 6 },
  run: async (session, request) => {
    const { parameters, seed = 0, signal, onProgress, onPicture } = request;
    const [steps, pictures, size] = ['steps', 'pictures', 'size'].map((name) => Number(parameters[name])) as [
      number,
      number,
      number,
    ];
    const shape = pictureShape(session, size);
    const { layer, goals, remarks, targets, units } = visualizationGoals(session.model, request, shape);
    const perGoal = goals.length === 1 ? pictures : 1;
    const atOnce = Math.max(perGoal, batchSize(session, shape, goals.length * perGoal));
    const wanted = goals.flatMap((goal) => repeated(goal, perGoal));
    checkTotal(wanted.length, shape);
    const made: TensorData<'float32'>[] = [];
    const answers: number[] = [];
    for (let start = 0; start < wanted.length; start += atOnce) {
      const part = wanted.slice(start, start + atOnce);
      const batch = [part.length, ...shape.slice(1)];
      const weights = goalWeights(part, layerShape(session.model, layer, shape));
      const samples = await visualization(session, {
        layer,
        shape: batch,
        weights,
        parameterization: parameters['parameterization'] as 'fourier' | 'pixel',
        isTransformed: parameters['transforms'] as boolean,
        steps,
        learningRate: Number(parameters['learningRate']),
        diversity: perGoal > 1 ? Number(parameters['diversity']) : 0,
        cosinePower: Number(parameters['cosine']),
        seed: seed + start,
        signal,
        onProgress: (done) => onProgress?.((start + done * part.length) / wanted.length),
        onSamples: onPicture && ((now) => onPicture(fromSamples(stacked([...made, now]), session.model.preprocessing))),
      });
      throwIfCancelled(signal);
      made.push(samples);
      const value = await layerValue(session, layer, fromSamples(samples, session.model.preprocessing));
      answers.push(...answersOf(value, weights));
    }
    return pictureResult(session, stacked(made), {
      layer,
      ...(targets === undefined ? {} : { targets: targets.flatMap((target) => repeated(target, perGoal)) }),
      ...(units === undefined ? {} : { units: units.flatMap((unit) => repeated(unit, perGoal)) }),
      ...(wanted.length === 1 ? {} : { captions: wanted.map(({ caption }, n) => captionOf(caption, n, perGoal)) }),
      measures: { answer: answers },
      remarks: [
        ...remarks,
        ...silenceOf(
          wanted.map(({ caption }) => caption),
          answers,
        ),
      ],
    });
  },
};

/** What the weighted layer gives for each picture, as it is shown. */
function answersOf({ shape, data }: TensorData<'float32'>, weights: TensorData<'float32'>): number[] {
  const size = data.length / (shape[0] as number);
  return Array.from({ length: shape[0] as number }, (_, n) => {
    const own = data.subarray(n * size, (n + 1) * size);
    return own.reduce((sum, value, index) => sum + value * (weights.data[n * size + index] ?? 0), 0);
  });
}

function silenceOf(captions: readonly string[], answers: readonly number[]): string[] {
  const silent = captions.filter((_, n) => answers[n] === 0);
  return silent.length === 0 ? [] : [`never answered, whatever was shown: ${silent.join(', ')}`];
}

/** [1, C, H, W]. */
function pictureShape({ model }: Session, longerSide: number): readonly number[] {
  const { channels, height, width } = model.preprocessing;
  const own = [1, channels, height, width];
  const size = sizeWithLongerSide({ shape: own }, longerSide);
  return [1, channels, size.height, size.width];
}

function captionOf(caption: string, n: number, perGoal: number): string {
  return perGoal === 1 ? caption : `${caption}, ${n + 1} of ${perGoal}`;
}

function repeated<T>(value: T, count: number): T[] {
  return Array.from({ length: count }, () => value);
}
