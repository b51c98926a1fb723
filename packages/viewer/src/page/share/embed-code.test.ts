import { expect, test } from 'vitest';
import { embedCode } from './embed-code.ts';

const state = {
  model: { kind: 'zoo', name: 'digits' },
  preset: undefined,
  labels: undefined,
  input: { kind: 'sample', number: 3 },
  target: 7,
  opacity: 0.8,
} as const;

test('one element with what the tile shows', () => {
  expect(embedCode(state, { method: 'integrated-gradients', parameters: { steps: 20 }, seed: 2 })).toContain(
    '<cs-explanation model="digits" src="picture.png" method="integrated-gradients" target="7" seed="2" ' +
      'parameters="steps=20" opacity="0.8">',
  );
});

test('a tile’s own class counts before the page’s, and a unit needs none', () => {
  expect(embedCode(state, { method: 'grad-cam', layer: 'relu2', target: 1 })).toContain('layer="relu2" target="1"');
  expect(embedCode(state, { method: 'deconvnet', layer: 'relu2', unit: { channel: 4 } })).not.toContain('target');
});

test('names of files cannot leave their attribute', () => {
  const name = '"><script>alert(1)</script>.onnx';
  const code = embedCode({ ...state, model: { kind: 'file', name, hash: '00' } }, { method: 'gradient' });
  expect(code).toContain('model="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;.onnx"');
});
