import { ConvscopeError, valueOf } from '@convscope/gpu-engine/graph';
import type { Model } from './model.ts';
import type { Preprocessing } from './preprocessing.ts';

/** What a preset does to 8-bit samples; one number of `mean` and `standardDeviation` counts for every channel. */
interface Preset {
  readonly scale: number;
  readonly mean: readonly number[];
  readonly standardDeviation: readonly number[];
  readonly order: 'rgb' | 'bgr';
}

const presets = {
  /** torchvision's: RGB, 0..1, less ImageNet's mean, by its standard deviation. */
  'imagenet-torch': {
    scale: 1 / 255,
    mean: [0.485, 0.456, 0.406],
    standardDeviation: [0.229, 0.224, 0.225],
    order: 'rgb',
  },
  /** Caffe's (VGG, CaffeNet): BGR, 0..255, less the mean. */
  'imagenet-caffe': { scale: 1, mean: [103.939, 116.779, 123.68], standardDeviation: [1], order: 'bgr' },
  '0..1': { scale: 1 / 255, mean: [0], standardDeviation: [1], order: 'rgb' },
  /** TensorFlow's MobileNet and Inception. */
  '-1..1': { scale: 1 / 127.5, mean: [1], standardDeviation: [1], order: 'rgb' },
  '0..255': { scale: 1, mean: [0], standardDeviation: [1], order: 'rgb' },
  /** The samples as they are, in the order BGR (Windows ML). */
  raw: { scale: 1, mean: [0], standardDeviation: [1], order: 'bgr' },
} as const satisfies Readonly<Record<string, Preset>>;

export type PresetName = keyof typeof presets;

export const presetNames = /* @__PURE__ */ Object.keys(presets) as readonly PresetName[];

/** The preset as a network's preprocessing, for pictures of this size. Throws `invalid-parameter` for other names. */
export function presetPreprocessing(
  name: string,
  { channels, height, width }: Pick<Preprocessing, 'channels' | 'height' | 'width'>,
): Preprocessing {
  if (!Object.hasOwn(presets, name)) {
    throw new ConvscopeError('invalid-parameter', 'no such preprocessing', {
      got: name,
      wanted: presetNames.join(', '),
    });
  }
  const { scale, mean, standardDeviation, order }: Preset = presets[name as PresetName];
  const each = (values: readonly number[]) => {
    if (channels === 1) return [values.reduce((sum, value) => sum + value, 0) / values.length];
    return values.length === channels ? values : Array.from({ length: channels }, () => values[0] ?? 0);
  };
  return {
    channels,
    height,
    width,
    mean: each(mean),
    standardDeviation: each(standardDeviation),
    scale,
    order,
    resize: channels === 1 ? 'contain' : 'cover',
  };
}

/** A preset, and what it was guessed by, in words. */
export interface PresetGuess {
  readonly name: PresetName;
  readonly by: string;
}

/**
 * The preset that networks of this input mostly want, by the program that wrote the file where its own way of reading
 * pictures is known: Caffe's networks take BGR samples of 0..255 less the mean, CNTK's image reader gives them as they
 * are. Else ImageNet's for colour pictures, 0..1 for grey ones. A guess: it is noted in the model and can be changed.
 */
export function likelyPreset({ channels }: Pick<Preprocessing, 'channels'>, producer = ''): PresetGuess {
  const by = `the producer, ${producer}`;
  if (/caffe/i.test(producer) && channels === 3) return { name: 'imagenet-caffe', by };
  if (/^cntk/i.test(producer)) return { name: 'raw', by };
  return { name: channels === 1 ? '0..1' : 'imagenet-torch', by: "the input's shape" };
}

/** The same model with another preprocessing, noted as chosen. `name` is one of {@link presetNames}. */
export function withPreprocessing(model: Model, name: string): Model {
  valueOf(model.graph, model.input);
  const preprocessing = presetPreprocessing(name, model.preprocessing);
  return { ...model, preprocessing, notes: new Map([...model.notes, ['preprocessing', name]]) };
}

/** The same model with other class names. Throws `invalid-parameter` where there is not one a class. */
export function withLabels(model: Model, labels: readonly string[]): Model {
  const classes = valueOf(model.graph, model.logits).shape[1];
  if (labels.length > 0 && typeof classes === 'number' && labels.length !== classes) {
    throw new ConvscopeError('invalid-parameter', 'not one label a class', {
      got: String(labels.length),
      wanted: String(classes),
    });
  }
  return { ...model, labels };
}
