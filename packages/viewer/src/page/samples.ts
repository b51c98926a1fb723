import { pictureToTensor, tensorToPicture, type Model } from '@convscope/formats';
import { valueOf } from '@convscope/gpu-engine/graph';
import { loadModel, sampleDigits } from '@convscope/zoo';
import type { InputSample } from '../elements/image-input/cs-image-input.ts';

const SAMPLES = 10;

/** Digits to pick, as the network takes them; none for networks that are not about ten grey things. */
export async function samplesFor(model: Model): Promise<readonly InputSample[]> {
  const { graph, logits, preprocessing } = model;
  if (preprocessing.channels !== 1 || valueOf(graph, logits).shape[1] !== 10) return [];
  const { preprocessing: own } = await loadModel('digits');
  const { images, labels, classNames } = sampleDigits(SAMPLES);
  const size = own.channels * own.height * own.width;
  const samples = Array.from({ length: SAMPLES }, (_, n) => {
    const data = images.data.slice(n * size, (n + 1) * size);
    const tensor = { dtype: 'float32' as const, shape: [1, own.channels, own.height, own.width], data };
    const label = classNames[labels.data[n] ?? 0] ?? '';
    // The same numbers where they are already what the network takes.
    const isOwn = JSON.stringify(own) === JSON.stringify(preprocessing);
    return { label, tensor: isOwn ? tensor : pictureToTensor(tensorToPicture(tensor, own), preprocessing) };
  });
  return samples.sort((a, b) => a.label.localeCompare(b.label));
}
