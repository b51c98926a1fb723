import { loadModel } from '@convscope/zoo';

export async function show(filters: HTMLElementTagNameMap['cs-filters']): Promise<void> {
  const { parameters } = await loadModel('digits');
  // Of the first convolution: [Co, 1, Kh, Kw].
  filters.weights = [...parameters.values()].find(({ shape }) => shape.length === 4);
}
