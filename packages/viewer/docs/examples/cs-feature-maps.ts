import { sharedDevice } from '@convscope/viewer';
import { methodNamed, Session } from '@convscope/xai';
import { loadModel, sampleDigits } from '@convscope/zoo';

export async function show(maps: HTMLElementTagNameMap['cs-feature-maps']): Promise<void> {
  const session = await Session.create(await sharedDevice(), await loadModel('digits'));
  const request = { input: sampleDigits(1).images, layer: 'relu1' };
  maps.explanation = await session.explain(methodNamed('feature-maps'), request);
}
