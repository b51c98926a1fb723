import type { Picture } from '@convscope/formats';
import { LETTER_HEIGHT, LETTER_WIDTH, letterColumns } from './font.ts';

export type Color = readonly [red: number, green: number, blue: number];

/** In pixels of the picture. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Screen pixels a dot of a letter. */
const DOT = 2;
const ADVANCE = (LETTER_WIDTH + 1) * DOT;

/** The height of a line of text with the space below it. */
export const LINE_HEIGHT = (LETTER_HEIGHT + 2) * DOT;

export function blankPicture(width: number, height: number, color: Color): Picture {
  const picture = { width, height, data: new Uint8ClampedArray(width * height * 4) };
  fillBox(picture, { left: 0, top: 0, width, height }, color);
  return picture;
}

export function fillBox(picture: Picture, { left, top, width, height }: Box, color: Color): void {
  for (let y = top; y < top + height; y++) {
    for (let x = left; x < left + width; x++) picture.data.set([...color, 255], (y * picture.width + x) * 4);
  }
}

/** Draws a picture into a box, each of its pixels as a block; what is wholly transparent is left out. */
export function drawPicture(picture: Picture, source: Picture, { left, top, width, height }: Box): void {
  for (let y = 0; y < height; y++) {
    const sourceY = Math.floor((y * source.height) / height);
    for (let x = 0; x < width; x++) {
      const from = (sourceY * source.width + Math.floor((x * source.width) / width)) * 4;
      if (source.data[from + 3] === 0) continue;
      picture.data.set(source.data.subarray(from, from + 4), ((top + y) * picture.width + left + x) * 4);
    }
  }
}

/** Pixels from the first dot of a text to its last. */
export function textWidth(text: string): number {
  return Math.max(0, Array.from(text).length * ADVANCE - DOT);
}

/** Draws one line of text; what reaches over the picture's edge is cut off. */
export function drawText(picture: Picture, text: string, left: number, top: number, color: Color): void {
  Array.from(text).forEach((character, index) => {
    letterColumns(character).forEach((column, x) => {
      for (let y = 0; y < LETTER_HEIGHT; y++) {
        const dot = { left: left + index * ADVANCE + x * DOT, top: top + y * DOT, width: DOT, height: DOT };
        if ((column >> y) % 2 === 1 && dot.left + DOT <= picture.width) fillBox(picture, dot, color);
      }
    });
  });
}

/** Words in lines that are no wider than `width` pixels; a word that is wider alone is broken. */
export function wrapText(text: string, width: number): readonly string[] {
  const most = Math.max(1, Math.floor((width + DOT) / ADVANCE));
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').flatMap((word) => word.match(new RegExp(`.{1,${most}}`, 'gsu')) ?? [])) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (longer.length <= most) {
      line = longer;
      continue;
    }
    lines.push(line);
    line = word;
  }
  return line === '' ? lines : [...lines, line];
}
