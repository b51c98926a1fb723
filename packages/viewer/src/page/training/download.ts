import { writePng } from '@convscope/formats';
import { evolutionAnimation, evolutionFigure, type EvolutionContent } from '@convscope/xai/render';

/** Has the browser save the evolution of an explanation. Throws `invalid-parameter` where it is too large. */
export function saveEvolution(content: EvolutionContent, name: string, kind: 'gif' | 'png'): void {
  const bytes = kind === 'gif' ? evolutionAnimation(content) : writePng(evolutionFigure(content));
  download(bytes, `${name}.${kind}`, `image/${kind}`);
}

/** Has the browser save bytes as a file. */
function download(bytes: Uint8Array, fileName: string, type: string): void {
  const address = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
  // Some browsers read the bytes a while after the click.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
