import { sharedDevice } from '@convscope/viewer';
import { Session } from '@convscope/xai';
import { loadModel, sampleDigits } from '@convscope/zoo';

export async function show(scores: HTMLElementTagNameMap['cs-class-scores']): Promise<void> {
  const session = await Session.create(await sharedDevice(), await loadModel('digits'));
  const [prediction = []] = await session.predict(sampleDigits(1).images);
  scores.scores = prediction;
  scores.target = prediction[0]?.index;
}
