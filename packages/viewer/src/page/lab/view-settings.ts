import { html, type TemplateResult } from 'lit';
import type { Explanation } from '@convscope/xai';
import type { Lab } from './lab.ts';

/** Smooth where a map is coarser than the picture, unless the user chose. */
export function isSmoothFor(lab: Lab, explanation: Explanation | undefined): boolean {
  return lab.state.isSmooth ?? (explanation?.tensor.shape[2] ?? 0) < (lab.input?.shape[2] ?? 0);
}

export function opacityField(lab: Lab): TemplateResult {
  return html`<label class="slider"
    >Opacity of the map
    <input
      type="range"
      min="0"
      max="1"
      step="0.05"
      .value=${String(lab.opacity)}
      @input=${(event: Event) => lab.change({ opacity: Number((event.target as HTMLInputElement).value) })}
    />
  </label>`;
}

/** How maps lie over the picture. */
export function viewSettings(lab: Lab, explanation: Explanation | undefined): TemplateResult {
  return html`${opacityField(lab)}
    <label class="check">
      <input
        type="checkbox"
        .checked=${isSmoothFor(lab, explanation)}
        @change=${(event: Event) => lab.change({ isSmooth: (event.target as HTMLInputElement).checked })}
      />
      Smooth between the map’s pixels
    </label>`;
}
