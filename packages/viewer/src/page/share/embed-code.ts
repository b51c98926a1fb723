import type { LabState, Wish } from '../state/lab-state.ts';

/** What of the page the code depends on. */
export type EmbeddedState = Pick<LabState, 'model' | 'preset' | 'labels' | 'input' | 'target' | 'opacity'>;

/**
 * HTML that shows a tile's explanation in any page by one element (see docs/how-to/embed.md). A network or picture from
 * the user's disk stands there by its file's name, to be put beside the page; so does a drawing, as `picture.png`.
 */
export function embedCode({ model, preset, labels, input, opacity, ...state }: EmbeddedState, wish: Wish): string {
  const target = wish.target ?? state.target;
  const attributes = [
    ['model', model.kind === 'url' ? model.url : model.name],
    ['src', addressOf(input)],
    ['method', wish.method],
    ['layer', wish.layer],
    ['unit', wish.unit?.channel],
    ['target', wish.unit === undefined ? target : undefined],
    ['seed', wish.seed],
    ['parameters', parametersText(wish)],
    ['preprocess', preset],
    ['labels', labels],
    ['opacity', opacity],
  ].flatMap(([name, value]) => (value === undefined ? [] : [`${name}="${escaped(String(value))}"`]));
  return `<script type="module" src="convscope.js"></script>
<cs-explanation ${attributes.join(' ')}>
  Your browser has no WebGPU.
</cs-explanation>
`;
}

function addressOf(input: EmbeddedState['input']): string | undefined {
  if (input === undefined) return undefined;
  if (input.kind === 'url') return input.url;
  return input.kind === 'file' ? input.name : 'picture.png';
}

function parametersText({ parameters = {} }: Wish): string | undefined {
  const entries = Object.entries(parameters);
  return entries.length === 0 ? undefined : entries.map(([name, value]) => `${name}=${value}`).join(', ');
}

/** No text of a name can end the attribute. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
