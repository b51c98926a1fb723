import { colorBar, type Scale } from '@convscope/xai/render';
import { imageElement } from '../figure/html.ts';
import { shortNumber } from '../text.ts';

/** The colours with the numbers that they stand for. */
export function scaleElement(sign: 'signed' | 'positive', { min, max }: Scale): string {
  const ticks = [min, sign === 'signed' ? 0 : (min + max) / 2, max].map(
    (value) => `<span>${shortNumber(value)}</span>`,
  );
  const meaning = sign === 'signed' ? 'The scale, from negative to positive' : 'The scale, from zero up';
  return `<div class="scale">${imageElement(colorBar(sign), meaning)}<div>${ticks.join('')}</div></div>`;
}
