import { mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { workFolder } from './fixtures.test-helper.ts';
import { checkedOutputFile, checkedOutputFolder, writeFiles } from './output.ts';

const folder = workFolder();
const live = new AbortController().signal;
const bytes = Uint8Array.of(1, 2, 3);

function emptyFolder(name: string): string {
  mkdirSync(join(folder, name));
  return join(folder, name);
}

test('writes all files, and nothing besides', async () => {
  const place = emptyFolder('all');
  await writeFiles(new Map(['a', 'b'].map((name) => [join(place, name), bytes])), live);
  expect(readdirSync(place).sort()).toEqual(['a', 'b']);
  expect(new Uint8Array(readFileSync(join(place, 'b')))).toEqual(bytes);
});

test('one file that cannot be written leaves all as they were', async () => {
  const place = emptyFolder('none');
  writeFileSync(join(place, 'old'), 'old');
  const files = new Map([
    [join(place, 'old'), bytes],
    [join(place, 'missing', 'new'), bytes],
  ]);
  await expect(writeFiles(files, live)).rejects.toThrow(/cannot be written \(ENOENT\)/);
  expect(readdirSync(place)).toEqual(['old']);
  expect(readFileSync(join(place, 'old'), 'utf8')).toBe('old');
});

test('an interruption leaves nothing, not even the folder that was made', async () => {
  const place = emptyFolder('interrupted');
  const made = join(place, 'made', 'below');
  const aborted = AbortSignal.abort();
  await expect(writeFiles(new Map([[join(made, 'a'), bytes]]), aborted, made)).rejects.toThrow(/cancelled/);
  expect(readdirSync(place)).toEqual([]);
});

test('a link stays a link, and what it leads to is written', async () => {
  const place = emptyFolder('link');
  writeFileSync(join(place, 'real.npy'), 'old');
  symlinkSync(join(place, 'real.npy'), join(place, 'link.npy'));
  const target = await checkedOutputFile('--out', join(place, 'link.npy'), ['.npy']);
  expect(target.endsWith('real.npy')).toBe(true);
});

test.each<[string, string, RegExp]>([
  ['another kind', 'a.txt', /^--out: the file is of another kind.*wanted a name that ends in .npy or .png/],
  ['a folder that is missing', 'missing/a.npy', /^--out: the folder does not exist/],
  ['a file in place of the folder', 'two.npy/a.npy', /^--out: (not a folder|the folder does not exist)/],
  ['a folder in place of the file', 'folder.npy', /^--out: what stands there is not a file/],
])('refuses %s', async (_, path, message) => {
  mkdirSync(join(folder, 'folder.npy'), { recursive: true });
  await expect(checkedOutputFile('--out', join(folder, path), ['.npy', '.png'])).rejects.toThrow(message);
});

test('never puts a file in the place of a device', async () => {
  const place = emptyFolder('device');
  symlinkSync('/dev/null', join(place, 'null.npy'));
  await expect(checkedOutputFile('--out', join(place, 'null.npy'), ['.npy'])).rejects.toThrow(/not a file/);
});

test('a folder may be made, but not below a file', async () => {
  await expect(checkedOutputFolder('--out', join(folder, 'new', 'deep'))).resolves.toBe(join(folder, 'new', 'deep'));
  await expect(checkedOutputFolder('--out', join(folder, 'two.npy', 'deep'))).rejects.toThrow(/^--out: not a folder/);
});
