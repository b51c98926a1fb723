import { float32Tensor, int32Tensor, type TensorData } from '@convscope/gpu-engine/graph';
import { expect, test } from 'vitest';
import { readSafetensors, writeSafetensors } from './safetensors.ts';
import { ModelFormatError } from './errors.ts';
import { realFile, testOnRealData } from './fixtures.test-helper.ts';
import { expectOnlyTypedErrors } from './mutants.test-helper.ts';

const example = writeSafetensors(
  new Map<string, TensorData>([
    ['zeta', float32Tensor([2, 3], [1, 2, 3, -4, 0.5, NaN])],
    ['alpha', int32Tensor([2], [-7, 2_000_000_000])],
    ['scalar', float32Tensor([], [6])],
    ['empty', float32Tensor([0, 4], [])],
  ]),
  new Map([
    ['graph', '{"a": "ü"}'],
    ['author', 'x'],
  ]),
);

/** A file with the given header text and data. */
function fileOf(header: string, data: Uint8Array = new Uint8Array(0)): Uint8Array {
  const text = new TextEncoder().encode(header);
  const bytes = new Uint8Array(8 + text.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  bytes.set(data, 8 + text.length);
  return bytes;
}

test('what is written comes back', () => {
  const { tensors, metadata } = readSafetensors(example, 'x.safetensors');
  expect([...tensors.keys()]).toEqual(['alpha', 'empty', 'scalar', 'zeta']);
  expect(tensors.get('zeta')).toEqual(float32Tensor([2, 3], [1, 2, 3, -4, 0.5, NaN]));
  expect(tensors.get('alpha')).toEqual(int32Tensor([2], [-7, 2_000_000_000]));
  expect(tensors.get('scalar')).toEqual(float32Tensor([], [6]));
  expect(tensors.get('empty')?.shape).toEqual([0, 4]);
  expect(metadata.get('graph')).toBe('{"a": "ü"}');
});

test('the same content gives the same bytes, and the data begins at a multiple of eight', () => {
  const { tensors, metadata } = readSafetensors(example, 'x');
  const again = writeSafetensors(new Map([...tensors].reverse()), new Map([...metadata].reverse()));
  expect(again).toEqual(example);
  expect(Number(new DataView(example.buffer).getBigUint64(0, true)) % 8).toBe(0);
});

test('half precision on request; names such as __proto__ are only names', () => {
  const tensors = new Map([['__proto__', float32Tensor([3], [0.1, 70_000, -2])]]);
  const back = readSafetensors(writeSafetensors(tensors, new Map(), { floatType: 'F16' }), 'x').tensors.get(
    '__proto__',
  );
  expect([...(back?.data ?? [])]).toEqual([0.0999755859375, Infinity, -2]);
});

test.each<[string, string, Uint8Array, RegExp]>([
  ['a hole', '{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}', new Uint8Array(8), /hole/],
  [
    'an overlap',
    '{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}',
    new Uint8Array(12),
    /tensor b: overlaps/,
  ],
  ['data left over', '{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}', new Uint8Array(8), /do not fill/],
  ['data missing', '{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}', new Uint8Array(4), /do not fill/],
  [
    'a shape that does not fit',
    '{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}',
    new Uint8Array(8),
    /wanted 12/,
  ],
  [
    'a shape beyond 2^53',
    '{"a":{"dtype":"U8","shape":[4503599627370496,4],"data_offsets":[0,8]}}',
    new Uint8Array(8),
    /too many/,
  ],
  [
    'a key twice',
    '{"a":{"dtype":"U8","shape":[],"data_offsets":[0,1]},"a":{"dtype":"U8","shape":[],"data_offsets":[0,1]}}',
    new Uint8Array(1),
    /twice/,
  ],
  ['a negative offset', '{"a":{"dtype":"U8","shape":[1],"data_offsets":[-1,0]}}', new Uint8Array(0), /data_offsets/],
  [
    'an unknown dtype',
    '{"a":{"dtype":"F8_E4M3","shape":[1],"data_offsets":[0,1]}}',
    new Uint8Array(1),
    /dtype is not read.*F8_E4M3/,
  ],
  ['metadata that is no text', '{"__metadata__":{"a":1}}', new Uint8Array(0), /not text/],
  ['deep nesting', `{"a":${'['.repeat(50_000)}`, new Uint8Array(0), /nested/],
  ['no JSON', '{"a":nonsense}', new Uint8Array(0), /not JSON/],
])('refuses %s', (_, header, data, message) => {
  expect(() => readSafetensors(fileOf(header, data), 'bad.safetensors')).toThrow(ModelFormatError);
  expect(() => readSafetensors(fileOf(header, data), 'bad.safetensors')).toThrow(message);
});

test('refuses a header longer than the file, or than 100 MB, before anything is allocated', () => {
  const bytes = fileOf('{}');
  new DataView(bytes.buffer).setBigUint64(0, 1000n, true);
  expect(() => readSafetensors(bytes, 'x')).toThrow(/ends before its header/);
  new DataView(bytes.buffer).setBigUint64(0, 1n << 62n, true);
  expect(() => readSafetensors(bytes, 'x')).toThrow(/header length.*4611686018427387904/);
});

test('wide integers are narrowed only where they fit', () => {
  const header = '{"n":{"dtype":"I64","shape":[1],"data_offsets":[0,8]}}';
  const data = new Uint8Array(new BigInt64Array([-5n]).buffer);
  expect([...(readSafetensors(fileOf(header, data), 'x').tensors.get('n')?.data ?? [])]).toEqual([-5]);
  const wide = new Uint8Array(new BigInt64Array([1n << 40n]).buffer);
  expect(() => readSafetensors(fileOf(header, wide), 'x')).toThrow(
    /tensor n: element 0 does not fit int32; got 1099511627776/,
  );
});

test('2,000 mutants: a result or a typed error, quickly', () => {
  expectOnlyTypedErrors(example, (bytes) => readSafetensors(bytes, 'mutant'));
});

testOnRealData('real state dicts', () => {
  const { tensors } = readSafetensors(realFile('models/mnist_bn_safetensors/mnist.safetensors'), 'mnist.safetensors');
  expect(tensors.size).toBeGreaterThan(4);
  const resnet = readSafetensors(
    realFile('models/resnet20_cifar10/resnet20_cifar10.safetensors'),
    'resnet20.safetensors',
  );
  expect([...resnet.tensors.values()].filter(({ shape }) => shape.length === 4).length).toBeGreaterThan(18);
  expect(readSafetensors(writeSafetensors(resnet.tensors), 'again').tensors.size).toBe(resnet.tensors.size);
});
