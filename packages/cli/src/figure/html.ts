import { writePng, type Picture } from '@convscope/formats';

/** Text that stands in an HTML page as it is, in attributes too. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A picture as part of the page, shown `zoom` times as large, with the class names `classes`. */
export function imageElement(
  picture: Picture,
  alternative: string,
  { zoom = 1, classes = '' }: { readonly zoom?: number; readonly classes?: string } = {},
): string {
  const base64 = Buffer.from(writePng(picture)).toString('base64');
  const size = `width="${picture.width * zoom}" height="${picture.height * zoom}"`;
  const own = classes === '' ? '' : ` class="${classes}"`;
  return `<img${own} alt="${escaped(alternative)}" ${size} src="data:image/png;base64,${base64}">`;
}
