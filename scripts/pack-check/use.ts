import { readOnnx, type Model } from '@convscope/formats';
import { GpuDevice } from '@convscope/gpu-engine';
import { float32Tensor } from '@convscope/gpu-engine/graph';
import '@convscope/viewer/define';
import '@convscope/viewer/elements/explanation/define';
import { methodNamed, Session, type Explanation } from '@convscope/xai';
import { loadModel } from '@convscope/zoo';

export async function explain(bytes: Uint8Array | undefined): Promise<Explanation> {
  const model: Model = bytes === undefined ? await loadModel('digits') : readOnnx(bytes, 'model.onnx');
  const session = await Session.create(await GpuDevice.request(navigator.gpu), model);
  return session.explain(methodNamed('grad-cam'), { input: float32Tensor([1, 1, 28, 28]), target: 3 });
}

const element = document.createElement('cs-explanation');
element.model = 'digits';
element.loading = 'eager';
element.target = 3;
// @ts-expect-error a class is a number
element.target = 'three';
element.addEventListener('load', ({ detail }) => detail.prediction.map(({ label }) => label));
element.addEventListener('progress', ({ detail: { stage, bytes = 0 } }) => stage === 'network' && bytes > 0);
element.addEventListener('click', (event) => event.clientX);
// @ts-expect-error a result has no pages
element.addEventListener('load', ({ detail }) => detail.pages);
document.querySelector('cs-heatmap')?.addEventListener('probe', ({ detail: { place } }) => place?.[0]);
document.querySelector('cs-heatmap')?.setAttribute('opacity', '0.5');
