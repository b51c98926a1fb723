import { decodePicture, ModelFormatError, pictureToTensor, type Preprocessing } from '@convscope/formats';
import { float32Tensor, int32Tensor } from '@convscope/gpu-engine/graph';
import { type NamedBytes } from './cifar10.ts';
import { type DataSet } from './data-set.ts';

/** A class and its pictures, which are read one after the other. */
export interface PictureClass {
  readonly name: string;
  readonly pictures: readonly (() => Promise<NamedBytes>)[];
}

/** Pixels of all pictures of a set. */
export interface PictureSize {
  readonly height: number;
  readonly width: number;
}

/** Pictures are shrunk to this many pixels on their longer side, at most, where no size is asked for. */
const MOST_SIDE = 128;
/** Of all pictures together: 2 GiB of float32. */
const MOST_VALUES = 2 ** 29;

/**
 * A data set from PNG and JPEG pictures that are sorted into classes. All are fitted whole into `size`, black around
 * them; where none is given, into the size of the first picture, its longer side at most 128 pixels.
 * Throws ModelFormatError, naming the picture that cannot be read.
 *
 * @returns images N x 3 x H x W, 0 to 1.
 */
export async function pictureDataSet(
  name: string,
  classes: readonly PictureClass[],
  size?: PictureSize,
): Promise<DataSet> {
  const files = classes.flatMap(({ pictures }, label) => pictures.map((read) => ({ read, label })));
  const [first] = files;
  if (first === undefined) throw new ModelFormatError(name, 'there are no pictures', { wanted: 'PNG or JPEG' });
  const { height, width } = size ?? (await sizeOf(await first.read()));
  const values = 3 * height * width;
  if (files.length * values > MOST_VALUES) {
    throw new ModelFormatError(name, 'the pictures are too many for their size', {
      got: `${files.length} of ${width}x${height}`,
      wanted: `at most ${Math.floor(MOST_VALUES / values)} of them`,
    });
  }
  const preprocessing: Preprocessing = {
    channels: 3,
    height,
    width,
    mean: [0, 0, 0],
    standardDeviation: [1, 1, 1],
    scale: 1 / 255,
    order: 'rgb',
    resize: 'contain',
    background: [0, 0, 0],
  };
  const images = new Float32Array(files.length * values);
  const labels = Int32Array.from(files, ({ label }) => label);
  for (const [row, { read }] of files.entries()) {
    const { bytes, fileName } = await read();
    images.set(pictureToTensor(decodePicture(bytes, fileName), preprocessing).data, row * values);
  }
  return {
    name,
    images: float32Tensor([files.length, 3, height, width], images),
    labels: int32Tensor([files.length], labels),
    classNames: classes.map((entry) => entry.name),
  };
}

/** Holds out every fifth picture of each class. */
export function splitClasses(classes: readonly PictureClass[]): {
  readonly training: readonly PictureClass[];
  readonly validation: readonly PictureClass[];
} {
  const part = (isHeldOut: boolean) =>
    classes.map(({ name, pictures }) => ({
      name,
      pictures: pictures.filter((_, index) => (index % 5 === 4) === isHeldOut),
    }));
  return { training: part(false), validation: part(true) };
}

async function sizeOf({ bytes, fileName }: NamedBytes): Promise<PictureSize> {
  const { height, width } = decodePicture(bytes, fileName);
  const shrink = Math.min(1, MOST_SIDE / Math.max(height, width));
  return { height: Math.max(1, Math.round(height * shrink)), width: Math.max(1, Math.round(width * shrink)) };
}
