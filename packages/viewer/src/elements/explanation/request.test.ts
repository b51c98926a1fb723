import { expect, it } from 'vitest';
import { methodNamed } from '@convscope/xai';
import { parametersOf, requestFor } from './request.ts';

const nothing = { layer: undefined, unit: undefined, target: undefined, seed: undefined, parameters: undefined };

it('reads parameters from text, typed as the method has them', () => {
  const method = methodNamed('smooth-grad');
  expect(parametersOf(method, ' samples=5, level = 0.2,statistic=square,')).toEqual({
    samples: 5,
    level: 0.2,
    statistic: 'square',
  });
  expect(parametersOf(methodNamed('grad-cam'), 'relu=false')).toEqual({ relu: false });
  expect(() => parametersOf(method, 'samples')).toThrow('name=value');
  // Unknown names stay for the session to refuse; none of them reaches a prototype.
  expect(parametersOf(method, 'toString=1')).toEqual({ toString: '1' });
});

it('gives methods only what they explain', () => {
  expect(requestFor(methodNamed('feature-maps'), { ...nothing, target: 3 })).toEqual({});
  expect(requestFor(methodNamed('grad-cam'), { ...nothing, target: 3 })).toEqual({ target: 3 });
  expect(requestFor(methodNamed('deconvnet'), { ...nothing, target: 3, layer: 'relu2', unit: 5 })).toEqual({
    layer: 'relu2',
    unit: { channel: 5 },
  });
});
