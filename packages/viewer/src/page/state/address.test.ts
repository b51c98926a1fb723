import { expect, it } from 'vitest';
import { readAddress, writeAddress } from './address.ts';
import { firstState, type LabState } from './lab-state.ts';

const full: LabState = {
  model: { kind: 'file', name: 'a & b;c=<d>.onnx', hash: '0123456789abcdef' },
  preset: 'imagenet',
  labels: 'http://localhost:4173/files/labels/my names.txt',
  input: { kind: 'pixels', width: 28, height: 28, data: 'Y2BgAA-_' },
  view: 'attribution',
  target: 7,
  layer: 'features/relu:3;x=1&y',
  unit: { channel: 4, y: 2, x: 0 },
  unitMethod: 'guided-backprop',
  convolution: 'conv&1',
  filter: 3,
  method: 'guided-backprop',
  tiles: [
    { method: 'grad-cam', layer: 'a;b', target: 3, parameters: { relu: false } },
    { method: 'occlusion', parameters: { size: 9, fill: -0.5 } },
    { method: 'deconvnet', layer: 'relu2', unit: { channel: 12 }, seed: 5 },
  ],
  wallScale: 'one',
  opacity: 0.35,
  isSmooth: false,
  pictures: { dream: { method: 'gradient', seed: 2 } },
};

it('says the whole state, and reads it back', () => {
  const text = writeAddress(full);
  expect(text).not.toMatch(/[\s<>"]/);
  expect({ ...firstState, ...readAddress(`#${text}`) }).toEqual(full);
});

it('names a picture of the page’s own server, and no other scheme', () => {
  const input = { kind: 'url', url: 'http://localhost:4173/files/input/my cat&dog.png' } as const;
  expect(readAddress(writeAddress({ ...firstState, input })).input).toEqual(input);
  expect(readAddress('input=url:data%3Aimage/png,x').input).toBeUndefined();
});

it('leaves out what is as at the start', () => {
  expect(writeAddress(firstState)).toBe('model=digits');
  expect(readAddress('')).toEqual({});
});

it('keeps an empty wall empty', () => {
  expect(readAddress(writeAddress({ ...firstState, tiles: [] })).tiles).toEqual([]);
});

it('leaves out what it cannot understand', () => {
  expect(readAddress('tile=no-such-method&tile=grad-cam;p.relu=maybe;p.constructor=1;p.size=3&target=-1')).toEqual({
    tiles: [{ method: 'grad-cam' }],
    target: undefined,
  });
  expect(readAddress('model=url:javascript%3Aalert(1)&input=file:zz:x&view=%E0%A4%A&opacity=7&__proto__=1')).toEqual({
    model: firstState.model,
    input: undefined,
    view: 'overview',
    opacity: undefined,
  });
  expect(readAddress('x'.repeat(70_000))).toEqual({});
  expect(readAddress('tile=gradient&'.repeat(100)).tiles).toHaveLength(24);
});
