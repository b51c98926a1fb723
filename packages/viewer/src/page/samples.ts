import { pictureToTensor, tensorToPicture, type Model, type Preprocessing } from '@convscope/formats';
import { valueOf, type TensorData } from '@convscope/gpu-engine/graph';
import { DIGIT_SIZE, sampleDigits, sampleShapes, SHAPE_SIZE } from '@convscope/zoo';
import type { InputSample } from '../elements/image-input/cs-image-input.ts';

const SAMPLES = 10;

/** Drawings to pick, as the network takes them: of the data set whose classes it has; none for other networks. */
export async function samplesFor(model: Model): Promise<readonly InputSample[]> {
  return drawingsFor(model, SAMPLES).toSorted((a, b) => a.label.localeCompare(b.label));
}

/** As many drawings of that data set, in the order in which they are drawn. */
export function drawingsFor(model: Model, count: number): readonly InputSample[] {
  const { graph, logits, preprocessing, labels } = model;
  const classes = valueOf(graph, logits).shape[1];
  const isAbout = (names: readonly string[]): boolean =>
    labels.length > 0 && names.every((name) => labels.includes(name));
  if (preprocessing.channels === 1 && classes === 10) return samplesOf(sampleDigits(count), DIGIT_SIZE, preprocessing);
  const shapes = preprocessing.channels === 3 ? sampleShapes(1) : undefined;
  if (shapes !== undefined && isAbout(shapes.classNames)) {
    return samplesOf(sampleShapes(count), SHAPE_SIZE, preprocessing);
  }
  return [];
}

interface Drawings {
  readonly images: TensorData<'float32'>;
  readonly labels: TensorData;
  readonly classNames: readonly string[];
}

function samplesOf({ images, labels, classNames }: Drawings, side: number, wanted: Preprocessing): InputSample[] {
  const [count = 0, channels = 1] = images.shape;
  const size = images.data.length / count;
  // Drawings have samples from 0 to 1.
  const drawn: Preprocessing = {
    ...wanted,
    height: side,
    width: side,
    mean: wanted.mean.map(() => 0),
    standardDeviation: wanted.mean.map(() => 1),
    scale: 1 / 255,
    order: 'rgb',
    invert: false,
  };
  return Array.from({ length: count }, (_, n) => {
    const data = images.data.slice(n * size, (n + 1) * size);
    const tensor = { dtype: 'float32' as const, shape: [1, channels, side, side], data };
    const label = classNames[labels.data[n] ?? 0] ?? '';
    // The same numbers where they are already what the network takes.
    const isOwn = JSON.stringify(drawn) === JSON.stringify({ ...wanted, invert: wanted.invert ?? false });
    return { label, tensor: isOwn ? tensor : pictureToTensor(tensorToPicture(tensor, drawn), wanted) };
  });
}
