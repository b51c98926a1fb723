import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { writePng } from '@convscope/formats';
import { afterAll, expect, test } from 'vitest';
import { readCifar10Folder, readPictureFolder } from './node.ts';

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
