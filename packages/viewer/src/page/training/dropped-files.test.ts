import { readFileSync } from 'node:fs';
import { writePng } from '@convscope/formats';
import { expect, test } from 'vitest';
import { trainingSetsFrom, type FolderFile } from './dropped-files.ts';

function idx(kind: number, shape: readonly number[], values: readonly number[]): Blob {
  const header = [0, 0, kind, shape.length, ...shape.flatMap((size) => [0, 0, size >> 8, size & 255])];
  return new Blob([Uint8Array.from([...header, ...values])]);
}

const picture = (value: number): Blob =>
  new Blob([writePng({ width: 2, height: 2, data: new Uint8ClampedArray(16).fill(value) }) as Uint8Array<ArrayBuffer>]);

test("takes MNIST's four files, wherever they lie", async () => {
  const files: FolderFile[] = ['train', 't10k'].flatMap((part) => [
    { path: `mnist/raw/${part}-images-idx3-ubyte`, file: idx(8, [2, 1, 2], [0, 255, 51, 102]) },
    { path: `mnist/raw/${part}-labels-idx1-ubyte`, file: idx(8, [2], [1, 0]) },
  ]);
  const { training, validation } = await trainingSetsFrom(files);
  expect(training).toMatchObject({ name: 'mnist', classNames: ['0', '1'], images: { shape: [2, 1, 1, 2] } });
  expect([...validation.labels.data]).toEqual([1, 0]);
  await expect(trainingSetsFrom(files.slice(0, 3))).rejects.toThrow(/t10k-labels-idx1-ubyte is missing/);
});

test('names the classes of IDX files by labels.txt, or as Fashion-MNIST where the folder is called so', async () => {
  const files = (folder: string): FolderFile[] =>
    ['train', 't10k'].flatMap((part) => [
      { path: `${folder}/${part}-images-idx3-ubyte`, file: idx(8, [2, 1, 2], [0, 255, 51, 102]) },
      { path: `${folder}/${part}-labels-idx1-ubyte`, file: idx(8, [2], [1, 0]) },
    ]);
  const fashion = await trainingSetsFrom(files('fashion-mnist'));
  expect(fashion.validation.classNames[0]).toBe('T-shirt/top');
  const named = await trainingSetsFrom([
    ...files('any'),
    { path: 'any/labels.txt', file: new Blob(['circle\nsquare\n']) },
  ]);
  expect(named.training.classNames).toEqual(['circle', 'square']);
});

test("takes CIFAR-10's binary files, and names the bad row", async () => {
  const batch = (label: number): Blob =>
    new Blob([Uint8Array.from({ length: 3073 }, (_, at) => (at === 0 ? label : 255))]);
  const files = (label: number): FolderFile[] => [
    { path: 'cifar-10-batches-bin/data_batch_2.bin', file: batch(label) },
    { path: 'cifar-10-batches-bin/test_batch.bin', file: batch(1) },
    { path: 'cifar-10-batches-bin/readme.html', file: new Blob(['x']) },
  ];
  const { training, validation } = await trainingSetsFrom(files(9));
  expect(training).toMatchObject({ name: 'cifar-10-batches-bin', images: { shape: [1, 3, 32, 32] } });
  expect([training.classNames[9], validation.labels.data[0]]).toEqual(['truck', 1]);
  await expect(trainingSetsFrom(files(10))).rejects.toThrow(/data_batch_2\.bin, row 0.*got 10; wanted 0 to 9/);
});

test('takes pictures in a folder a class, and holds every fifth out', async () => {
  const files = ['cat', 'dog'].flatMap((name, label) =>
    Array.from({ length: 5 }, (_, index) => ({
      path: `pets/${name}/${index}.png`,
      file: picture(100 * label + index),
    })),
  );
  const { training, validation } = await trainingSetsFrom([
    ...files,
    { path: 'pets/readme.txt', file: new Blob(['x']) },
  ]);
  expect(training).toMatchObject({ name: 'pets', classNames: ['cat', 'dog'] });
  expect([training.labels.data.length, validation.labels.data.length]).toEqual([8, 2]);
});

test('keeps to the folders train and test where there are both', async () => {
  const files = ['train', 'test'].flatMap((part) =>
    ['a', 'b'].map((name) => ({ path: `set/${part}/${name}/1.png`, file: picture(9) })),
  );
  const { training, validation } = await trainingSetsFrom(files);
  expect([training.classNames, [...validation.labels.data]]).toEqual([
    ['a', 'b'],
    [0, 1],
  ]);
});

test('says what a data set looks like where it got something else', async () => {
  const file = new Blob([readFileSync(new URL(import.meta.url))]);
  await expect(trainingSetsFrom([{ path: 'notes/a.txt', file }])).rejects.toThrow(/got 1 files in 0 folders/);
});
