import { sharedDevice } from '@convscope/viewer';
import { methodNamed, Session } from '@convscope/xai';
import { loadModel, sampleDigits } from '@convscope/zoo';

export async function show(heatmap: HTMLElementTagNameMap['cs-heatmap']): Promise<void> {
  const model = await loadModel('digits');
  const session = await Session.create(await sharedDevice(), model);
  const input = sampleDigits(1).images;
  heatmap.input = input;
  heatmap.preprocessing = model.preprocessing;
  heatmap.explanation = await session.explain(methodNamed('gradient-x-input'), { input });
}
