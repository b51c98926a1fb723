import { float32Tensor, type TensorData } from '@convscope/gpu-engine/graph';
import { writeNpy, writePng } from '@convscope/formats';
import type { ClassScore, Explanation } from '@convscope/xai';
import { assert, assertEqual, test } from '../../../scripts/browser-harness.ts';
import '../src/define.ts';
import type { InputDetail } from '../src/index.ts';
import { sharedDevice } from '../src/index.ts';

async function explanationOf(data: TensorData, sign: Explanation['sign']): Promise<Explanation> {
  const tensor = await (await sharedDevice()).upload(data);
  return { method: 'test', tensor, sign, layer: 'layer', remarks: [], dispose: () => tensor.dispose() };
}

function added<Name extends keyof HTMLElementTagNameMap>(name: Name): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  document.body.append(element);
  return element;
}

async function eventOf<Detail>(element: HTMLElement, name: string, act: () => void = () => undefined): Promise<Detail> {
  const seen = new Promise<Event>((resolve) => element.addEventListener(name, resolve, { once: true }));
  act();
  return ((await seen) as CustomEvent<Detail>).detail;
}

function all<T extends Element>(element: HTMLElement, selector: string): T[] {
  return [...(element.shadowRoot?.querySelectorAll<T>(selector) ?? [])];
}

function one<T extends Element>(element: HTMLElement, selector: string): T {
  const [found] = all<T>(element, selector);
  assert(found !== undefined, `${element.localName} has no ${selector}`);
  return found;
}

function pixel(canvas: HTMLCanvasElement, x: number, y: number): number[] {
  return Array.from(canvas.getContext('2d')?.getImageData(x, y, 1, 1).data ?? []);
}

function score(index: number, label: string, logit: number, probability: number): ClassScore {
  return { index, label, logit, probability };
}

test('cs-class-scores shows labels as text, and selects by click and by arrow key', async () => {
  const element = added('cs-class-scores');
  assertEqual(element.status, 'idle');
  const hostile = '<img src=x onerror="window.hacked = true">';
  element.scores = [score(1, 'cat', 2, 0.7), score(0, hostile, 1, 0.3)];
  await eventOf(element, 'load');
  assertEqual(all(element, 'img').length, 0, 'elements made of a label');
  const labels = all(element, '.label').map(({ textContent }) => textContent);
  assertEqual(labels, [hostile, 'cat']);
  const [first, second] = all<HTMLElement>(element, '[role=radio]');
  assertEqual(await eventOf(element, 'target', () => second?.click()), { index: 1, label: 'cat' });
  assertEqual(element.getAttribute('target'), '1');
  await element.updateComplete;
  const press = (): void => {
    second?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true }));
  };
  assertEqual(await eventOf(element, 'target', press), { index: 0, label: hostile });
  await element.updateComplete;
  assertEqual([first?.tabIndex, second?.tabIndex], [0, -1], 'tab stops');
  element.remove();
});

test('cs-class-scores shows the best of many classes', async () => {
  const element = added('cs-class-scores');
  element.top = 3;
  element.order = 'score';
  element.scores = Array.from({ length: 1000 }, (_, index) =>
    score(index, `class ${index}`, -Math.abs(index - 500), 0.001),
  );
  await element.updateComplete;
  assertEqual(
    all(element, '.label').map(({ textContent }) => textContent),
    ['class 500', 'class 499', 'class 501'],
  );
  element.remove();
});

test('cs-class-scores shows the best of many classes and the selected one, and finds the others', async () => {
  const element = added('cs-class-scores');
  element.top = 2;
  element.order = 'score';
  element.scores = ['tabby', 'tiger cat', 'boxer', 'tiger'].map((label, index) => score(index, label, -index, 0.25));
  element.target = 3;
  await eventOf(element, 'load');
  const labels = (): string[] => all(element, '.label').map(({ textContent }) => textContent);
  assertEqual(labels(), ['tabby', 'tiger cat', 'tiger']);
  const search = async (text: string): Promise<string[]> => {
    const field = one<HTMLInputElement>(element, 'input');
    field.value = text;
    field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    await element.updateComplete;
    return labels();
  };
  assertEqual(await search('TIGER'), ['tiger cat', 'tiger']);
  assertEqual(await search('2'), ['boxer']);
  assertEqual(await search('zebra'), []);
  assertEqual(one(element, '.none').textContent, 'No class is called that.');
  element.remove();
});

test('cs-feature-maps shows many channels a part at a time, and the selected one always', async () => {
  const element = added('cs-feature-maps');
  const values = Float32Array.from({ length: 7 }, (_, index) => index);
  const explanation = await explanationOf(float32Tensor([1, 7, 1, 1], values), 'positive');
  element.most = 2;
  element.colormap = 'grey';
  element.unit = { channel: 6 };
  element.explanation = explanation;
  await eventOf(element, 'load');
  const channels = (): number[] =>
    all<HTMLElement>(element, '[data-channel]').map((map) => Number(map.dataset['channel']));
  const greys = (): (number | undefined)[] =>
    all<HTMLCanvasElement>(element, 'canvas').map((canvas) => pixel(canvas, 0, 0)[0]);
  const grey = (value: number): number => Math.round((value / 6) * 255);
  assertEqual(channels(), [0, 1, 6]);
  assertEqual(greys(), [0, 1, 6].map(grey));
  one<HTMLElement>(element, '.more button').click();
  await element.updateComplete;
  assertEqual(channels(), [0, 1, 2, 3, 6]);
  assertEqual(greys(), [0, 1, 2, 3, 6].map(grey));
  element.remove();
  explanation.dispose();
});

test('cs-image-input takes no drawings for colour networks, and leaves claimed drops alone', async () => {
  const element = added('cs-image-input');
  element.preprocessing = { ...element.preprocessing, channels: 3, mean: [0, 0, 0], standardDeviation: [1, 1, 1] };
  await element.updateComplete;
  let inputs = 0;
  element.addEventListener('input', () => inputs++);
  const pad = one(element, '.pad');
  for (const type of ['pointerdown', 'pointerup']) pad.dispatchEvent(new PointerEvent(type, { pointerId: 1 }));
  const claim = (event: Event): void => event.preventDefault();
  globalThis.addEventListener('drop', claim, { capture: true });
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File(['x'], 'x.onnx'));
  pad.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, composed: true, cancelable: true }));
  globalThis.removeEventListener('drop', claim, { capture: true });
  await element.updateComplete;
  assertEqual([inputs, element.status, all(element, '[role=alert]').length], [0, 'idle', 0]);
  element.remove();
});

test('cs-feature-maps draws all channels on one scale, and selects units by pointer and keyboard', async () => {
  const element = added('cs-feature-maps');
  const values = Float32Array.from({ length: 3 * 4 }, (_, index) => index);
  const explanation = await explanationOf(float32Tensor([1, 3, 2, 2], values), 'positive');
  element.explanation = explanation;
  element.colormap = 'grey';
  assertEqual((await element.updateComplete) && element.status, 'loading');
  await eventOf(element, 'load');
  assertEqual(element.status, 'ready');
  const greys = all<HTMLCanvasElement>(element, 'canvas').map((canvas) => pixel(canvas, 1, 1)[0]);
  assertEqual(
    greys,
    [3, 7, 11].map((value) => Math.round((value / 11) * 255)),
  );

  const buttons = all<HTMLElement>(element, 'button');
  assertEqual(await eventOf(element, 'unit', () => buttons[1]?.click()), { channel: 1 });
  const { left, top, width, height } = (buttons[1] as HTMLElement).getBoundingClientRect();
  const place = { clientX: left + 0.75 * width, clientY: top + 0.25 * height, bubbles: true, detail: 1 };
  const again = (): unknown => buttons[1]?.dispatchEvent(new MouseEvent('click', place));
  assertEqual(await eventOf(element, 'unit', () => void again()), { channel: 1, y: 0, x: 1 });
  await element.updateComplete;
  assertEqual(all(element, '.mark').length, 1);
  buttons[1]?.focus();
  const down = new KeyboardEvent('keydown', { key: 'ArrowDown', shiftKey: true, bubbles: true });
  assertEqual(await eventOf(element, 'unit', () => buttons[1]?.dispatchEvent(down)), { channel: 1, y: 1, x: 1 });

  buttons[2]?.dispatchEvent(new PointerEvent('pointermove', { clientX: 0, clientY: 0, bubbles: true }));
  const text = (): string => one(element, '.value').textContent.trim();
  for (let turn = 0; turn < 100 && !text().includes('channel 2'); turn++) await new Promise(requestAnimationFrame);
  assertEqual(text(), 'channel 2, row 0, column 0: 8.00');
  element.remove();
  explanation.dispose();
});

test('cs-heatmap draws a map over the picture, with zero in the middle of a signed scale', async () => {
  const element = added('cs-heatmap');
  element.input = float32Tensor(
    [1, 1, 4, 4],
    Array.from({ length: 16 }, (_, index) => index / 15),
  );
  element.interpolation = 'nearest';
  element.opacity = 0.5;
  const explanation = await explanationOf(float32Tensor([1, 1, 1, 2], [-1, 0]), 'signed');
  element.explanation = explanation;
  await eventOf(element, 'load');
  const map = one<HTMLCanvasElement>(element, '.map');
  assertEqual(pixel(map, 1, 1), [5, 48, 97, 255], 'the lowest colour');
  const middle = pixel(map, map.width - 2, 1);
  assert(
    middle.slice(0, 3).every((part) => part > 240),
    `zero is drawn as ${middle.join()}`,
  );
  assertEqual(getComputedStyle(map).opacity, '0.5');
  assertEqual(pixel(one(element, '.picture'), 3, 3), [255, 255, 255, 255], 'the picture');
  const ticks = all(element, '.ticks span').map(({ textContent }) => textContent);
  assertEqual(ticks, ['−1.00', '0', '1.00']);

  const stage = one<HTMLElement>(element, '.stage');
  stage.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft', bubbles: true }));
  const text = (): string => one(element, '.value').textContent.trim();
  for (let turn = 0; turn < 100 && !text().includes('row'); turn++) await new Promise(requestAnimationFrame);
  assertEqual(text(), 'row 0, column 0: −1.00');
  element.remove();
  explanation.dispose();
});

test('cs-heatmap says what is wrong with what it cannot draw, and shows its slot without anything', async () => {
  const element = added('cs-heatmap');
  await element.updateComplete;
  assertEqual(all(element, 'slot').length, 1);
  const explanation = await explanationOf(float32Tensor([3, 2]), 'signed');
  element.explanation = explanation;
  const { message } = await eventOf<{ message: string }>(element, 'error');
  assert(message.includes('got float32 3x2'), message);
  assertEqual(element.getAttribute('status'), 'error');
  const good = await explanationOf(float32Tensor([1, 1, 2, 2], [1, 2, 3, 4]), 'positive');
  element.explanation = good;
  await eventOf(element, 'load');
  assertEqual(all(element, '.map').length, 1);
  element.remove();
  good.dispose();
  explanation.dispose();
});

test('cs-image-input gives samples, and PNG and .npy files decoded in a worker', async () => {
  const element = added('cs-image-input');
  const tensor = float32Tensor([1, 1, 28, 28], new Float32Array(784).fill(0.25));
  element.samples = [{ label: 'grey', tensor }];
  await element.updateComplete;
  const click = (): void => one<HTMLElement>(element, '.samples button').click();
  const picked = await eventOf<InputDetail>(element, 'input', click);
  assertEqual([picked.origin, picked.label, picked.tensor === tensor], ['sample', 'grey', true]);
  const pad = one<HTMLCanvasElement>(element, '.pad');
  assertEqual(pixel(pad, 200, 200)[0], 64, 'the sample on the surface');

  const drop = (bytes: Uint8Array, name: string) => (): void => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([bytes as Uint8Array<ArrayBuffer>], name));
    one(element, '.surface').dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
  };
  const white = { width: 28, height: 28, data: new Uint8ClampedArray(28 * 28 * 4).fill(255) };
  const fromPng = await eventOf<InputDetail>(element, 'input', drop(writePng(white), 'white.png'));
  assertEqual([fromPng.origin, fromPng.label, fromPng.tensor.data[400]], ['file', 'white.png', 1]);
  const fromNpy = await eventOf<InputDetail>(element, 'input', drop(writeNpy(tensor), 'grey.npy'));
  assertEqual([fromNpy.tensor.shape, fromNpy.tensor.data[0]], [[1, 1, 28, 28], 0.25]);

  const { message } = await eventOf<{ message: string }>(element, 'error', drop(new Uint8Array(40), 'bad.png'));
  assert(message.includes('bad.png'), message);
  assertEqual(element.status, 'error');
  element.remove();
});

test('the device is one for all, and another after a loss', async () => {
  const device = await sharedDevice();
  assert(device === (await sharedDevice()), 'two devices');
  device.dispose();
  await device.lost;
  await Promise.resolve();
  const next = await sharedDevice();
  assert(next !== device, 'the lost device was given again');
  next.assertUsable();
});
