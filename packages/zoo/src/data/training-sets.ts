import { ConvscopeError, shapeText } from '@convscope/gpu-engine/graph';
import type { DataSet } from './data-set.ts';
import { digits } from './digits.ts';
import { shapes, type MaskedDataSet } from './shapes.ts';

/** Pictures to train on, and others, never trained on, to judge by. */
export interface TrainingSets {
  readonly training: DataSet;
  readonly validation: DataSet;
}

/**
 * Seeds of the drawings: what a network is trained on, judged by while it is trained, tested on in the end, and shown
 * in examples. Different seeds give drawings that have nothing in common.
 */
export const DIGIT_SEEDS = { training: 1, validation: 2, test: 3, samples: 4 } as const;

/** The same of the pictures of shapes. */
export const SHAPE_SEEDS = { training: 1, validation: 2, test: 3, samples: 4 } as const;

/** The drawings of a recipe. */
export function digitTrainingSets(trainingCount: number, validationCount: number): TrainingSets {
  return {
    training: digits(DIGIT_SEEDS.training, trainingCount),
    validation: digits(DIGIT_SEEDS.validation, validationCount),
  };
}

/** Drawings to try a network on, which none of the recipes trains on. Of every ten, each digit is one. */
export function sampleDigits(count: number): DataSet {
  return digits(DIGIT_SEEDS.samples, count);
}

/** The pictures of shapes of a recipe. */
export function shapeTrainingSets(trainingCount: number, validationCount: number): TrainingSets {
  return {
    training: shapes(SHAPE_SEEDS.training, trainingCount),
    validation: shapes(SHAPE_SEEDS.validation, validationCount),
  };
}

/** Shapes to try a network and its explanations on, with their masks. Of every ten, each class is one. */
export function sampleShapes(count: number): MaskedDataSet {
  return shapes(SHAPE_SEEDS.samples, count);
}

/** The first pictures of a set; all of them where it has no more than `count`. */
export function firstOf(set: DataSet, count: number): DataSet {
  const [total = 0, ...shape] = set.images.shape;
  if (count >= total) return set;
  const row = set.images.data.length / total;
  return {
    ...set,
    images: { ...set.images, shape: [count, ...shape], data: set.images.data.subarray(0, count * row) },
    labels: { ...set.labels, shape: [count], data: set.labels.data.subarray(0, count) },
  };
}

/** Throws `invalid-parameter` where the two sets differ in size or classes of their pictures. */
export function checkTrainingSets({ training, validation }: TrainingSets): void {
  const describe = ({ images, classNames }: DataSet) => `${shapeText(images.shape.slice(1))}, ${classNames.join(' ')}`;
  const [got, wanted] = [describe(validation), describe(training)];
  if (got === wanted) return;
  throw new ConvscopeError(
    'invalid-parameter',
    'the pictures for validation are not of the kind of those for training',
    {
      got,
      wanted,
    },
  );
}
