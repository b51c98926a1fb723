import { writeNpy } from '@convscope/formats';
import type { Explanation } from '@convscope/xai';

/** Offers bytes as a download. */
export function save(blob: Blob, fileName: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = fileName;
  link.click();
  // Some browsers read the bytes a while after the click.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** The raw, unnormalised numbers of an explanation as a .npy file. */
export async function npyOf({ tensor }: Explanation): Promise<Blob> {
  return new Blob([writeNpy(await tensor.read()) as Uint8Array<ArrayBuffer>], { type: 'application/octet-stream' });
}

/** A file's name made of words: what file systems or shells would take for something else becomes a dash. */
export function fileNameOf(words: readonly (string | number | undefined)[], ending: string): string {
  const stem = words
    .filter((word) => word !== undefined && word !== '')
    .join('-')
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/^[-.]+|-+$/g, '')
    .slice(0, 100);
  return `${stem === '' ? 'convscope' : stem}.${ending}`;
}
