import { loadModel, sampleDigits } from '@convscope/zoo';

export async function show(picture: HTMLElementTagNameMap['cs-picture']): Promise<void> {
  const { images, labels, classNames } = sampleDigits(5);
  picture.preprocessing = (await loadModel('digits')).preprocessing;
  picture.captions = Array.from(labels.data, (label) => classNames[label] ?? '');
  picture.source = images;
}
