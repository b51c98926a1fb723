import { expect, test } from 'vitest';
import { CheckpointStore, type ByteFiles } from './checkpoint-store.ts';

/** Files in memory whose next write may break off after some bytes, the old content gone. */
class BreakingFiles implements ByteFiles {
  readonly contents = new Map<string, Uint8Array>();
  /** How many bytes the next write gets down. */
  room = Infinity;

  readonly read = async (name: string) => this.contents.get(name);
  readonly remove = async (name: string) => void this.contents.delete(name);
  readonly list = async () => [...this.contents.keys()];
  readonly write = async (name: string, bytes: Uint8Array) => {
    this.contents.set(name, bytes.slice(0, this.room));
    if (bytes.length > this.room) throw new DOMException('no room', 'QuotaExceededError');
  };
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const textIn = async (store: CheckpointStore, key = 'latest') => {
  const bytes = await store.read(key);
  return bytes && new TextDecoder().decode(bytes);
};

test('gives back what was kept last, under each key', async () => {
  const store = new CheckpointStore(new BreakingFiles());
  expect(await textIn(store)).toBeUndefined();
  for (const text of ['first', 'second', '', 'a third, longer one']) {
    await store.write('latest', bytesOf(text));
    await store.write('step-7', bytesOf(`seven ${text}`));
    expect(await textIn(store)).toBe(text);
  }
  expect(await textIn(store, 'step-7')).toBe('seven a third, longer one');
  expect(await store.keys()).toEqual(['latest', 'step-7']);
  await store.remove('latest');
  expect(await textIn(store)).toBeUndefined();
});

test('a write that breaks off at any byte leaves the one before, and the next one works', async () => {
  const content = bytesOf('the new checkpoint');
  for (let before = 1; before <= 3; before++) {
    for (let room = 0; room < 16 + content.length; room++) {
      const files = new BreakingFiles();
      const store = new CheckpointStore(files);
      for (let write = 1; write <= before; write++) await store.write('latest', bytesOf(`number ${write}`));
      files.room = room;
      await expect(store.write('latest', content)).rejects.toThrow(/untouched; got QuotaExceededError/);
      expect(await textIn(new CheckpointStore(files))).toBe(`number ${before}`);
      files.room = Infinity;
      await store.write('latest', content);
      expect(await textIn(new CheckpointStore(files))).toBe('the new checkpoint');
    }
  }
});

test('what another page wrote meanwhile is not taken for older', async () => {
  const files = new BreakingFiles();
  const [one, other] = [new CheckpointStore(files), new CheckpointStore(files)];
  await one.write('latest', bytesOf('one'));
  for (const text of ['other', 'other again']) await other.write('latest', bytesOf(text));
  one.refresh();
  await one.write('latest', bytesOf('one again'));
  expect(await textIn(other)).toBe('one again');
});

test('a bit that was flipped on the disk is found out', async () => {
  const files = new BreakingFiles();
  const store = new CheckpointStore(files);
  await store.write('latest', bytesOf('old'));
  await store.write('latest', bytesOf('new'));
  const newest = files.contents.get('latest.b') as Uint8Array;
  for (let bit = 0; bit < newest.length * 8; bit++) {
    const flipped = Uint8Array.from(newest);
    flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    files.contents.set('latest.b', flipped);
    expect(await textIn(store)).toBe('old');
  }
});

test('keys are no paths', async () => {
  await expect(new CheckpointStore(new BreakingFiles()).write('../x', bytesOf(''))).rejects.toThrow(/not a key/);
});
