import { valueOf, type TensorData } from '@convscope/gpu-engine/graph';
import { initializeParameters } from '@convscope/gpu-engine';
import { expect, test } from 'vitest';
import { architectureNamed, architectureNames } from './architecture.ts';

const sizes = { channels: 1, height: 28, width: 28, classes: 10 };

test.each([
  ['digits-net', 115_114],
  ['seed-mnist', 3_274_634],
])('%s has %i parameters, the same in training and in use', (name, count) => {
  const { build } = architectureNamed(name);
  const [training, inference] = (['training', 'inference'] as const).map((mode) => {
    return build({ ...sizes, mode, batch: 'N' });
  });
  expect(training?.parameters).toEqual(inference?.parameters);
  expect(training?.scalars).toEqual(['seed']);
  expect(inference?.scalars).toEqual([]);
  const tensors: TensorData[] = inference === undefined ? [] : [...initializeParameters(inference, 1).values()];
  expect(tensors.reduce((total, { data }) => total + data.length, 0)).toBe(count);
  expect(inference === undefined ? [] : valueOf(inference, 'logits').shape).toEqual(['N', 10]);
});

test('layers have the names that people ask for', () => {
  const graph = architectureNamed('digits-net').build({ ...sizes, mode: 'inference', batch: 'N' });
  for (const name of ['conv1', 'relu1', 'pool1', 'conv3', 'relu3', 'dense1', 'dense2', 'logits']) valueOf(graph, name);
  expect(valueOf(graph, 'conv3').shape).toEqual(['N', 32, 7, 7]);
});

test('other sizes and colours fit too', () => {
  for (const name of architectureNames) {
    const graph = architectureNamed(name).build({
      mode: 'inference',
      batch: 2,
      channels: 3,
      height: 33,
      width: 30,
      classes: 4,
    });
    expect(valueOf(graph, 'logits').shape).toEqual([2, 4]);
  }
});
