import { writePng } from '@convscope/formats';
import { evolutionAnimation, evolutionFigure, type EvolutionContent } from '@convscope/xai/render';
import { save } from '../share/save.ts';

/** Has the browser save the evolution of an explanation. Throws `invalid-parameter` where it is too large. */
export function saveEvolution(content: EvolutionContent, name: string, kind: 'gif' | 'png'): void {
  const bytes = kind === 'gif' ? evolutionAnimation(content) : writePng(evolutionFigure(content));
  save(new Blob([bytes as Uint8Array<ArrayBuffer>], { type: `image/${kind}` }), `${name}.${kind}`);
}
