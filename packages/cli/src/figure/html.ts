import { writePng, type Picture } from '@convscope/formats';

/** Text that stands in an HTML page as it is, in attributes too. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A picture as part of the page. */
export function imageElement(picture: Picture, alternative: string): string {
  const base64 = Buffer.from(writePng(picture)).toString('base64');
  return `<img alt="${escaped(alternative)}" width="${picture.width}" height="${picture.height}" src="data:image/png;base64,${base64}">`;
}
