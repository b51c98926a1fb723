import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { writePng } from '@convscope/formats';
import { afterAll, expect, test } from 'vitest';
import { FASHION_MNIST_CLASSES } from './data/fashion-mnist.ts';
import { readCifar10Folder, readIdxFolder, readPictureFolder } from './node.ts';

const folder = mkdtempSync(join(tmpdir(), 'convscope-folders-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function put(path: string, bytes: Uint8Array): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), bytes);
}

/** A picture all of one grey. */
function grey(value: number, width = 6, height = 4): Uint8Array {
  const data = new Uint8ClampedArray(width * height * 4).map((_, index) => (index % 4 === 3 ? 255 : value));
  return writePng({ width, height, data });
}

test('folders are classes, every fifth picture is held out, all become one size', async () => {
  for (let index = 0; index < 5; index++) {
    put(`pets/cat/${index}.png`, grey(51 * index));
    put(`pets/dog/${index}.PNG`, grey(255, 12, 8));
  }
  put('pets/dog/notes.txt', Uint8Array.of(1));
  put('pets/.hidden/x.png', Uint8Array.of(1));
  const { training, validation } = await readPictureFolder(join(folder, 'pets'));
  expect(training.classNames).toEqual(['cat', 'dog']);
  expect(training.images.shape).toEqual([8, 3, 4, 6]);
  expect([...training.labels.data]).toEqual([0, 0, 0, 0, 1, 1, 1, 1]);
  expect([...validation.labels.data]).toEqual([0, 1]);
  expect(training.images.data[72]).toBeCloseTo(0.2, 5);
  expect(validation.images.data[0]).toBeCloseTo(0.8, 5);
});

test('folders named train and test are taken as they are', async () => {
  for (const part of ['train', 'test']) for (const name of ['a', 'b']) put(`parts/${part}/${name}/1.png`, grey(9));
  const { training, validation } = await readPictureFolder(join(folder, 'parts'));
  expect([...training.labels.data, ...validation.labels.data]).toEqual([0, 1, 0, 1]);
});

test('what is wrong is named by its path', async () => {
  put('broken/a/1.png', grey(1));
  put('broken/b/2.png', grey(1).subarray(0, 40));
  for (const name of ['a', 'b']) for (let index = 3; index < 8; index++) put(`broken/${name}/${index}.png`, grey(1));
  await expect(readPictureFolder(join(folder, 'broken'))).rejects.toThrow(/broken\/b\/2\.png/);
  put('lonely/a/1.png', grey(1));
  await expect(readPictureFolder(join(folder, 'lonely'))).rejects.toThrow(/got 1 folders; wanted 2/);
});

test('the folder of CIFAR-10 may hold fewer batches, but not none', async () => {
  const row = new Uint8Array(3073);
  put('cifar/test_batch.bin', row);
  await expect(readCifar10Folder(join(folder, 'cifar'))).rejects.toThrow(/data_batch_1\.bin is missing/);
  put('cifar/data_batch_1.bin', row);
  put('cifar/data_batch_3.bin', row);
  const { training, validation } = await readCifar10Folder(join(folder, 'cifar'));
  expect([training.labels.data.length, validation.labels.data.length]).toEqual([2, 1]);
});

/** The four files as Fashion-MNIST ships them, with these labels. */
function putIdx(path: string, training: readonly number[], test: readonly number[]): void {
  const idx = (shape: readonly number[], values: Uint8Array): Uint8Array =>
    gzipSync(Uint8Array.from([0, 0, 8, shape.length, ...shape.flatMap((size) => [0, 0, 0, size]), ...values]));
  for (const [part, labels] of [
    ['train', training],
    ['t10k', test],
  ] as const) {
    const pictures = new Uint8Array(labels.length * 4).fill(51);
    put(`${path}/${part}-images-idx3-ubyte.gz`, idx([labels.length, 2, 2], pictures));
    put(`${path}/${part}-labels-idx1-ubyte.gz`, idx([labels.length], Uint8Array.from(labels)));
  }
}

test('a folder named after Fashion-MNIST brings its class names, others their numbers, and names can be given', async () => {
  for (const path of ['Fashion-MNIST', 'letters']) putIdx(path, [9, 0, 1], [0]);
  const { training, validation } = await readIdxFolder(join(folder, 'Fashion-MNIST'));
  expect(training).toMatchObject({ name: 'Fashion-MNIST', classNames: FASHION_MNIST_CLASSES });
  expect(validation.classNames).toEqual(FASHION_MNIST_CLASSES);
  expect(training.classNames[9]).toBe('Ankle boot');
  const numbered = await readIdxFolder(join(folder, 'letters'));
  expect(numbered.training.classNames.length).toBe(10);
  // The test set lacks most classes, which are there all the same.
  expect(numbered.validation.classNames).toEqual(numbered.training.classNames);
  const named = await readIdxFolder(join(folder, 'letters'), Array.from('abcdefghij'));
  expect(named.validation.classNames[9]).toBe('j');
});

test('a label without a class is named by its file and row', async () => {
  putIdx('fashion-broken', [3, 10], [0]);
  await expect(readIdxFolder(join(folder, 'fashion-broken'))).rejects.toThrow(
    /train-labels-idx1-ubyte\.gz, row 1: the label names no class; got 10; wanted 0 to 9/,
  );
});
