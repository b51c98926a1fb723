import type { TensorData } from '@convscope/gpu-engine/graph';
import { sharedDevice } from '@convscope/viewer';
import { methodNamed, Session } from '@convscope/xai';
import { loadCheckpoints, sampleDigits } from '@convscope/zoo';

export async function show(evolution: HTMLElementTagNameMap['cs-evolution']): Promise<void> {
  const { model, snapshots } = await loadCheckpoints('digits');
  const device = await sharedDevice();
  const method = methodNamed('gradient-x-input');
  const input = sampleDigits(1).images;
  const shown = snapshots.filter((_, index) => index % 2 === 0 || index === snapshots.length - 1);
  const steps = [];
  for (const { step, parameters } of shown) {
    const session = await Session.create(device, { ...model, parameters });
    const explanation = await session.explain(method, { input });
    const tensor = (await explanation.tensor.read()) as TensorData<'float32'>;
    const [[best] = []] = await session.predict(input);
    steps.push({ step, tensor, probability: best?.probability ?? 0 });
    evolution.content = { model, method, input, explanation, className: best?.label ?? '', steps: [...steps] };
    explanation.dispose();
    session.dispose();
  }
  evolution.steps = steps.map(({ step }) => step);
  evolution.step = steps.at(-1)?.step ?? 0;
}
