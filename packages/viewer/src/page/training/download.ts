import { html, nothing, type TemplateResult } from 'lit';
import { writePng } from '@convscope/formats';
import { evolutionAnimation, evolutionFigure, evolutionFrames, type EvolutionContent } from '@convscope/xai/render';
import { save } from '../share/save.ts';

export type EvolutionFile = 'gif' | 'mp4' | 'png';

/** Buttons for the files that this browser can make. */
export function saveButtons(
  { isReady, hasVideo }: { readonly isReady: boolean; readonly hasVideo: boolean },
  onSave: (kind: EvolutionFile) => void,
): TemplateResult {
  const kinds: readonly EvolutionFile[] = hasVideo ? ['gif', 'mp4', 'png'] : ['gif', 'png'];
  return html`${kinds.map(
    (kind, place) =>
      html`${place === 0 ? nothing : ' '}<button
          type="button"
          name=${kind}
          ?disabled=${!isReady}
          @click=${() => onSave(kind)}
        >
          Download as ${kind.toUpperCase()}
        </button>`,
  )}`;
}

/**
 * Has the browser save the evolution of an explanation. Throws `invalid-parameter` where it is too large, `device-limit`
 * where the browser encodes no film of its size.
 */
export async function saveEvolution(content: EvolutionContent, name: string, kind: EvolutionFile): Promise<void> {
  save(await fileOf(content, kind), `${name}.${kind}`);
}

async function fileOf(content: EvolutionContent, kind: EvolutionFile): Promise<Blob> {
  if (kind === 'mp4') {
    const { videoOf } = await import('../share/video.ts');
    return videoOf(evolutionFrames(content));
  }
  const bytes = kind === 'gif' ? evolutionAnimation(content) : writePng(evolutionFigure(content));
  return new Blob([bytes as Uint8Array<ArrayBuffer>], { type: `image/${kind}` });
}
