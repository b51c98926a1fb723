import { expect, test } from 'vitest';
import type { Method } from '../../method.ts';
import { methods } from '../../methods/index.gen.ts';
import { blankPicture, drawPicture, drawText, LINE_HEIGHT, textWidth, wrapText } from './drawing.ts';
import { LETTER_HEIGHT, LETTER_WIDTH, letterColumns } from './font.ts';

test('every printable character has a letter of its own, and others show as a question mark', () => {
  const letters = new Set<string>();
  for (let code = 0x20; code < 0x7f; code++) {
    const columns = letterColumns(String.fromCodePoint(code));
    expect(columns).toHaveLength(LETTER_WIDTH);
    for (const column of columns) expect(column).toBeLessThan(2 ** LETTER_HEIGHT);
    letters.add(columns.join());
  }
  expect(letters.size).toBe(0x7f - 0x20);
  for (const sign of '…×·°±ßµ') letters.add(letterColumns(sign).join());
  expect(letters.size).toBe(0x7f - 0x20 + 7);
  expect(letterColumns('漢')).toEqual(letterColumns('?'));
  expect(letterColumns('😀')).toEqual(letterColumns('?'));
});

test('accents are left out, and signs that look alike share a letter', () => {
  for (const [sign, letter] of ['ée', 'Åa'.toUpperCase(), 'ñn', "’'", '“"', '–-', '\u00a0 ']) {
    expect(letterColumns(sign as string)).toEqual(letterColumns(letter as string));
  }
});

test('every method’s title, summary and caveat can be drawn', () => {
  const texts = Object.values<Method>(methods).flatMap(({ title, summary, caveat = '' }) => [title, summary, caveat]);
  const missing = Array.from(texts.join('')).filter(
    (character) => character !== '?' && letterColumns(character).join() === letterColumns('?').join(),
  );
  expect(missing).toEqual([]);
});

test('draws a T as a bar and a stem, two pixels a dot', () => {
  const picture = blankPicture(textWidth('T'), LINE_HEIGHT, [255, 255, 255]);
  drawText(picture, 'T', 0, 0, [0, 0, 0]);
  const row = (y: number) =>
    Array.from({ length: 10 }, (_, x) => (picture.data[(y * picture.width + x) * 4] === 0 ? '#' : '.')).join('');
  expect([row(0), row(4), row(13), row(14)]).toEqual(['##########', '....##....', '....##....', '..........']);
});

test('zooms by blocks and leaves out what is transparent', () => {
  const picture = blankPicture(4, 2, [9, 9, 9]);
  const source = { width: 2, height: 1, data: Uint8ClampedArray.of(1, 2, 3, 255, 7, 7, 7, 0) };
  drawPicture(picture, source, { left: 0, top: 0, width: 4, height: 2 });
  expect(Array.from(picture.data.filter((_, index) => index % 4 === 0))).toEqual([1, 1, 9, 9, 1, 1, 9, 9]);
});

test('wraps at words, and breaks those that are too wide', () => {
  expect(wrapText('one two three', 12 * 7)).toEqual(['one two', 'three']);
  expect(wrapText('incomprehensible', 12 * 8)).toEqual(['incompre', 'hensible']);
});
