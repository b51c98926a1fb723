import type { Picture } from '@convscope/formats';
import type { ClassScore } from '@convscope/xai';
import { imageElement } from '../figure/html.ts';
import { printable } from '../text.ts';

/** Pictures up to this side are shown with their pixels. */
const SMALL = 96;

/** A picture that small networks see is shown with its pixels, a photo smoothly. */
export function pictureElement(picture: Picture, alternative: string): string {
  const isSmall = Math.max(picture.width, picture.height) <= SMALL;
  return imageElement(picture, printable(alternative), { classes: `wide${isSmall ? ' pixels' : ''}` });
}

export function classText({ index, label }: Pick<ClassScore, 'index' | 'label'>): string {
  return label === String(index) ? `class ${index}` : printable(label);
}
