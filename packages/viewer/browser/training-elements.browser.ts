import { float32Tensor } from '@convscope/gpu-engine/graph';
import { assert, assertEqual, test } from '../../../scripts/browser-harness.ts';
import '../src/define.ts';
import type { CheckpointDetail, StepDetail } from '../src/index.ts';

function added<Name extends keyof HTMLElementTagNameMap>(name: Name): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  document.body.append(element);
  return element;
}

function one<T extends Element>(element: HTMLElement, selector: string): T {
  const found = element.shadowRoot?.querySelector<T>(selector);
  assert(found !== null && found !== undefined, `${element.localName} has no ${selector}`);
  return found;
}

function details<Detail>(element: HTMLElement, name: string): Detail[] {
  const seen: Detail[] = [];
  element.addEventListener(name, (event) => seen.push((event as CustomEvent<Detail>).detail));
  return seen;
}

test('cs-timeline goes to checkpoints by keys and pointer, says where it is, and plays to the end', async () => {
  const element = added('cs-timeline');
  element.steps = [0, 10, 30, 100];
  await element.updateComplete;
  const seen = details<CheckpointDetail>(element, 'checkpoint');
  const slider = one<HTMLElement>(element, '[role=slider]');
  const press = (key: string) => slider.dispatchEvent(new KeyboardEvent('keydown', { key, cancelable: true }));
  for (const key of ['ArrowRight', 'End', 'ArrowRight', 'ArrowLeft', 'Home', 'ArrowLeft', 'x']) press(key);
  assertEqual(
    seen.map(({ step }) => step),
    [10, 100, 30, 0],
  );
  await element.updateComplete;
  assertEqual(slider.getAttribute('aria-valuetext'), 'step 0, checkpoint 1 of 4');
  const { left, top, width } = slider.getBoundingClientRect();
  const pointer = { button: 0, pointerId: 1, clientX: left + width * 0.66, clientY: top + 5 };
  slider.setPointerCapture = () => undefined;
  slider.dispatchEvent(new PointerEvent('pointerdown', pointer));
  assertEqual(seen.at(-1), { index: 2, step: 30 });
  one<HTMLButtonElement>(element, 'button').click();
  assertEqual(element.playing, true);
  await new Promise<void>((resolve) => element.addEventListener('checkpoint', () => resolve(), { once: true }));
  assertEqual(element.index, 3);
  await new Promise((resolve) => requestAnimationFrame(resolve));
  assertEqual(element.playing, false, 'at the end');
  element.remove();
});

test('cs-training-chart draws each curve, marks a step, and has a table', async () => {
  const element = added('cs-training-chart');
  element.losses = [
    { step: 1, value: 2 },
    { step: 50, value: NaN },
    { step: 100, value: 0.5 },
  ];
  element.accuracies = [{ step: 100, value: 0.9 }];
  element.validationLosses = [{ step: 100, value: 0.4 }];
  element.cursor = 60;
  await element.updateComplete;
  assertEqual(element.shadowRoot?.querySelectorAll('[part=panel]').length, 2, 'no panel without values');
  assertEqual(one(element, 'polyline').getAttribute('points')?.split(' ').length, 2, 'points that are numbers');
  assert(one(element, 'table').textContent.includes('90.0 %'), 'the table lacks the accuracy');
  const seen = details<StepDetail>(element, 'step');
  const plot = one<SVGElement>(element, 'svg');
  plot.dispatchEvent(new KeyboardEvent('keydown', { key: 'End', cancelable: true }));
  assertEqual(seen, [{ step: 100 }]);
  element.remove();
});

test('cs-filters draws first-layer filters as pictures, and says which filters make none', async () => {
  const element = added('cs-filters');
  element.weights = float32Tensor([2, 1, 1, 2], [0, -4, 4, 0]);
  await element.updateComplete;
  const canvases = [...(element.shadowRoot?.querySelectorAll('canvas') ?? [])];
  const pixels = canvases.map((canvas) => [...(canvas.getContext('2d')?.getImageData(0, 0, 2, 1).data ?? [])]);
  assertEqual(pixels.length, 2);
  assertEqual(pixels[0]?.slice(0, 4), pixels[1]?.slice(4), 'zero has one colour in both');
  const seen = details<{ channel: number }>(element, 'filter');
  element.shadowRoot?.querySelectorAll('button')[1]?.click();
  assertEqual(seen, [{ channel: 1 }]);
  element.weights = float32Tensor([1, 5, 1, 1]);
  await element.updateComplete;
  assert(one(element, '[role=alert]').textContent.includes('1x5x1x1'), 'the shape is not named');
  element.remove();
});

test('cs-evolution shows its slot without content, and all checkpoints with it', async () => {
  const element = added('cs-evolution');
  element.textContent = 'nothing yet';
  await element.updateComplete;
  one(element, 'slot');
  const preprocessing = {
    channels: 1,
    height: 2,
    width: 2,
    mean: [0],
    standardDeviation: [1],
    scale: 1 / 255,
    order: 'rgb',
    resize: 'contain',
    background: [0, 0, 0],
  } as const;
  element.steps = [0, 10, 20];
  element.step = 10;
  element.content = {
    model: { name: 'm', preprocessing },
    method: { title: 'A method', explains: ['class'] },
    input: float32Tensor([1, 1, 2, 2], [0, 1, 0, 1]),
    explanation: { sign: 'positive', remarks: [] },
    className: 'cat',
    steps: [0, 10].map((step) => ({ step, tensor: float32Tensor([1, 1, 1, 1], [step]), probability: step / 20 })),
  };
  await element.updateComplete;
  assertEqual(element.shadowRoot?.querySelectorAll('.strip canvas').length, 2, 'drawn so far');
  assertEqual(element.shadowRoot?.querySelectorAll('.large canvas').length, 3);
  assert(one(element, '.caption').textContent.includes('cat: 50 %'), 'the probability is missing');
  const seen = details<{ step: number }>(element, 'step');
  element.shadowRoot?.querySelectorAll<HTMLElement>('.strip button')[2]?.click();
  assertEqual(seen, [{ step: 20 }]);
  element.remove();
});
