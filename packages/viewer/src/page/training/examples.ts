import type { Model } from '@convscope/formats';
import { shapeText, type TensorData } from '@convscope/gpu-engine/graph';
import type { DataSet } from '@convscope/zoo';
import type { InputSample } from '../../elements/image-input/cs-image-input.ts';

const MOST = 10;

/** Pictures of a data set to pick from, one of each class as far as they reach, ordered by class. */
export function examplesOf({ images, labels, classNames }: DataSet): readonly InputSample[] {
  const [count = 0, ...shape] = images.shape;
  const size = images.data.length / Math.max(1, count);
  const rows = new Map<number, number>();
  labels.data.forEach((label, row) => {
    if (!rows.has(label) && rows.size < MOST) rows.set(label, row);
  });
  return [...rows]
    .sort(([a], [b]) => a - b)
    .map(([label, row]) => ({
      label: classNames[label] ?? String(label),
      tensor: {
        dtype: 'float32' as const,
        shape: [1, ...shape],
        data: images.data.slice(row * size, (row + 1) * size),
      },
    }));
}

/** The examples, after the page's own input where the network takes it. */
export function withOwnInput(
  input: TensorData<'float32'> | undefined,
  { preprocessing: { channels, height, width } }: Pick<Model, 'preprocessing'>,
  examples: readonly InputSample[] = [],
): readonly InputSample[] {
  const fits = input !== undefined && shapeText(input.shape) === shapeText([1, channels, height, width]);
  return fits ? [{ label: 'the input of the page', tensor: input }, ...examples] : examples;
}
