import type { Picture } from '@convscope/formats';
import type { Scale } from '../scale.ts';
import { drawPicture, drawText, fillBox, textWidth, type Color } from './drawing.ts';
import { colorBar } from './panels.ts';

export const BAR_HEIGHT = 16;
const INK: Color = [32, 32, 36];

export interface ScalePlace {
  readonly sign: 'signed' | 'positive';
  readonly scale: Scale;
  readonly left: number;
  readonly top: number;
  readonly width: number;
}

/** The colours with the numbers at their ends and, where zero lies between, in the middle. */
export function drawScale(figure: Picture, { sign, scale, left, top, width }: ScalePlace): void {
  drawPicture(figure, colorBar(sign), { left, top, width, height: BAR_HEIGHT });
  const ticks = [scale.min, ...(sign === 'signed' ? [0] : [(scale.min + scale.max) / 2]), scale.max];
  ticks.forEach((value, tick) => {
    const text = shortNumber(value);
    const place = Math.round((tick / (ticks.length - 1)) * (width - 2));
    fillBox(figure, { left: left + place, top: top + BAR_HEIGHT, width: 2, height: 4 }, INK);
    const shift = [0, 0.5, 1][tick] ?? 0;
    drawText(figure, text, left + place + 2 - Math.round(shift * textWidth(text)), top + BAR_HEIGHT + 6, INK);
  });
}

/** Three significant digits, without trailing zeros. */
function shortNumber(value: number): string {
  return String(Number(value.toPrecision(3)));
}
