import { ModelFormatError } from '@convscope/formats';
import { float32Tensor, int32Tensor } from '@convscope/gpu-engine/graph';
import { type DataSet } from './data-set.ts';

/** A file's bytes and how errors call it. */
export interface NamedBytes {
  readonly bytes: Uint8Array;
  readonly fileName: string;
}

export const CIFAR10_CLASSES: readonly string[] = [
  'airplane',
  'automobile',
  'bird',
  'cat',
  'deer',
  'dog',
  'frog',
  'horse',
  'ship',
  'truck',
];

/** The files of the binary version of CIFAR-10. */
export const CIFAR10_FILE_NAMES = {
  train: ['data_batch_1.bin', 'data_batch_2.bin', 'data_batch_3.bin', 'data_batch_4.bin', 'data_batch_5.bin'],
  test: ['test_batch.bin'],
} as const;

const SIZE = 32;
const PICTURE_BYTES = 3 * SIZE * SIZE;
const ROW_BYTES = 1 + PICTURE_BYTES;
/** Twice as many as CIFAR-10 has. */
const MOST_ROWS = 120_000;

/**
 * A data set from files of CIFAR-10's binary version (Krizhevsky, "Learning Multiple Layers of Features from Tiny
 * Images", 2009; its page's section "Binary version"): rows of a label byte and the red, green and blue plane of a
 * picture. Throws ModelFormatError, naming the file, the row and the byte.
 *
 * @returns images N x 3 x 32 x 32, divided by 255.
 */
export function cifar10DataSet(name: string, files: readonly NamedBytes[]): DataSet {
  for (const { bytes, fileName } of files) checkRows(bytes, fileName);
  const count = files.reduce((sum, { bytes }) => sum + bytes.length / ROW_BYTES, 0);
  if (count > MOST_ROWS) {
    throw new ModelFormatError(files[0]?.fileName ?? name, 'too many pictures in all files', {
      got: count,
      wanted: `at most ${MOST_ROWS}`,
    });
  }
  const images = new Float32Array(count * PICTURE_BYTES);
  const labels = new Int32Array(count);
  let row = 0;
  for (const { bytes } of files) {
    for (let start = 0; start < bytes.length; start += ROW_BYTES, row++) {
      labels[row] = bytes[start] ?? 0;
      for (let index = 0; index < PICTURE_BYTES; index++) {
        images[row * PICTURE_BYTES + index] = (bytes[start + 1 + index] ?? 0) / 255;
      }
    }
  }
  return {
    name,
    images: float32Tensor([count, 3, SIZE, SIZE], images),
    labels: int32Tensor([count], labels),
    classNames: CIFAR10_CLASSES,
  };
}

function checkRows(bytes: Uint8Array, fileName: string): void {
  const whole = Math.floor(bytes.length / ROW_BYTES);
  if (whole === 0 || whole * ROW_BYTES !== bytes.length) {
    throw new ModelFormatError(fileName, 'the last row is cut off, or this is no file of CIFAR-10', {
      field: `row ${whole}`,
      offset: whole * ROW_BYTES,
      got: `${bytes.length - whole * ROW_BYTES} bytes`,
      wanted: `rows of ${ROW_BYTES}`,
    });
  }
  for (let row = 0; row < whole; row++) {
    const label = bytes[row * ROW_BYTES] ?? 0;
    if (label < CIFAR10_CLASSES.length) continue;
    throw new ModelFormatError(fileName, 'the label names no class', {
      field: `row ${row}`,
      offset: row * ROW_BYTES,
      got: label,
      wanted: `0 to ${CIFAR10_CLASSES.length - 1}`,
    });
  }
}
