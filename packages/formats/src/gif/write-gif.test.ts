import { expect, test } from 'vitest';
import { fixture } from '../fixtures.test-helper.ts';
import type { Picture } from '../picture.ts';
import { paletteFor } from './palette.ts';
import { writeGif } from './write-gif.ts';

/** The pictures of make-gif-fixture.py: noise of `colors` colours, from the generator that is there too. */
function noise(seed: number, colors: number): Picture {
  const [width, height] = [90, 70];
  const data = new Uint8ClampedArray(4 * width * height);
  let state = seed;
  for (let pixel = 0; pixel < width * height; pixel++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const color = (state >>> 8) % colors;
    data.set([color, (color * 7) % 256, (color * 31) % 256, 255], 4 * pixel);
  }
  return { width, height, data };
}

const frames = [1, 2, 200, 230].map((colors, index) => ({
  picture: noise(index, colors),
  milliseconds: 100 * (index + 1),
}));

test('gives the bytes that Pillow reads as the pictures they were made of', () => {
  // make-gif-fixture.py checks that file, pixel by pixel; 6300 pixels of noise fill the table of codes more than once.
  expect(Buffer.from(writeGif(frames)).equals(Buffer.from(fixture('animation.gif')))).toBe(true);
});

test('one picture needs no loop, and transparent pixels become white', () => {
  const picture = { width: 2, height: 1, data: Uint8ClampedArray.of(10, 20, 30, 255, 0, 0, 0, 0) };
  const bytes = writeGif([{ picture, milliseconds: 20 }]);
  const text = new TextDecoder('latin1').decode(bytes);
  expect(text.startsWith('GIF89a')).toBe(true);
  expect(text).not.toContain('NETSCAPE');
  expect([...bytes.subarray(13, 19)]).toEqual([10, 20, 30, 255, 255, 255]);
});

test('more than 256 colours go to near ones', () => {
  const counts = new Map<number, number>();
  for (let red = 0; red < 32; red++) {
    for (let green = 0; green < 32; green++) counts.set((red << 19) | (green << 11) | 40, 1 + red);
  }
  const { colors, indexOf } = paletteFor(counts);
  expect(colors.length).toBe(256);
  const gaps = [...counts.keys()].map((color) => {
    const near = colors[indexOf.get(color) ?? -1] ?? 0;
    return Math.max(...[16, 8, 0].map((shift) => Math.abs(((color >> shift) & 255) - ((near >> shift) & 255))));
  });
  expect(Math.max(...gaps)).toBeLessThanOrEqual(32);
});

test.each<[string, Parameters<typeof writeGif>[0], RegExp]>([
  ['no pictures', [], /at least one picture/],
  ['two sizes', [frames[0], { ...frames[1], picture: { ...noise(1, 2), height: 35 } }] as never, /90x70, 90x35/],
  ['no time', [{ picture: noise(1, 2), milliseconds: 0 }], /20 to 655350 ms/],
])('refuses %s', (_, given, message) => expect(() => writeGif(given)).toThrow(message));
