import { sharedDevice, type ImageInputEventMap } from '@convscope/viewer';
import { Session } from '@convscope/xai';
import { loadModel } from '@convscope/zoo';

export async function show(input: HTMLElementTagNameMap['cs-image-input']): Promise<void> {
  const model = await loadModel('digits');
  const session = await Session.create(await sharedDevice(), model);
  const answer = document.createElement('p');
  answer.textContent = 'Draw a digit.';
  input.after(answer);
  input.preprocessing = model.preprocessing;
  const predict = async ({ detail }: ImageInputEventMap['input']): Promise<void> => {
    const [[best] = []] = await session.predict(detail.tensor);
    answer.textContent = best === undefined ? '' : `The network says “${best.label}”.`;
  };
  input.addEventListener('input', (event) => void predict(event));
}
