import { float32Tensor, int32Tensor } from '@convscope/gpu-engine/graph';
import { expect, test } from 'vitest';
import { ModelFormatError } from './errors.ts';
import { fixture, realFile, testOnRealData } from './fixtures.test-helper.ts';
import { expectOnlyTypedErrors } from './mutants.test-helper.ts';
import { readNpy, writeNpy } from './npy.ts';

test.each(['float16-little', 'float32-big', 'float64-little', 'version-2', 'version-3'])(
  '%s becomes float32',
  (name) => {
    expect(readNpy(fixture(`${name}.npy`), name)).toEqual(float32Tensor([2, 3], [0, 1, 2, 100, 5, 127]));
  },
);

test.each(['uint8', 'int8', 'uint16-big', 'int16-little', 'uint32-little', 'int32-big', 'uint64-big', 'int64-little'])(
  '%s becomes int32',
  (name) => {
    expect(readNpy(fixture(`${name}.npy`), name)).toEqual(int32Tensor([2, 3], [0, 1, 2, 100, 5, 127]));
  },
);

test('booleans, scalars and Fortran order', () => {
  expect(readNpy(fixture('bool.npy'), 'x')).toEqual(int32Tensor([2, 3], [0, 1, 1, 1, 1, 1]));
  expect(readNpy(fixture('scalar.npy'), 'x')).toEqual(float32Tensor([], [2.5]));
  const counted = float32Tensor(
    [2, 3, 4],
    Float32Array.from({ length: 24 }, (_, index) => index),
  );
  expect(readNpy(fixture('fortran.npy'), 'x')).toEqual(counted);
});

test.each([
  float32Tensor([2, 2], [1, -2, NaN, Infinity]),
  int32Tensor([3], [1, 2, -3]),
  float32Tensor([], [4]),
  float32Tensor([0, 3], []),
])('what is written comes back', (tensor) => {
  const bytes = writeNpy(tensor);
  expect(readNpy(bytes, 'x')).toEqual(tensor);
  expect((bytes.length - tensor.data.byteLength) % 64).toBe(0);
});

/** A version 1 file with this header and eight bytes of data. */
function fileOf(header: string): Uint8Array {
  const bytes = new Uint8Array(10 + header.length + 8);
  const text = `\x93NUMPY\x01\x00${String.fromCharCode(header.length & 255, header.length >> 8)}${header}`;
  for (let index = 0; index < text.length; index++) bytes[index] = text.charCodeAt(index);
  return bytes;
}

test.each<[string, RegExp]>([
  ["{'descr': '<f4', 'fortran_order': False, 'shape': (3,)}", /got 8 bytes; wanted 12/],
  ["{'descr': '<f4', 'fortran_order': False, 'shape': (9999999999, 9999999999)}", /too many elements/],
  ["{'descr': '|O', 'fortran_order': False, 'shape': (1,)}", /descr: this element type is not read; got \|O/],
  ["{'descr': '<c8', 'fortran_order': False, 'shape': (1,)}", /<c8/],
  ["{'descr': [('x', '<f4')], 'fortran_order': False, 'shape': (2,)}", /structured/],
  ["{'descr': '<f4', 'fortran_order': 0, 'shape': (2,)}", /fortran_order/],
  ["{'descr': '<f4', 'fortran_order': False, 'shape': 2}", /shape/],
  ["{'descr': '<f4', 'fortran_order': False, 'shape': (-2,)}", /not the dictionary/],
  ["{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (2,)}", /not the dictionary/],
  ["{'descr': '<f4', 'fortran_order': False, 'shape': (2,), 'x': 1}", /unknown key/],
  ["__import__('os').system('true')", /not the dictionary/],
  [`{'shape': ${'('.repeat(3000)}`, /not the dictionary/],
  ['', /not the dictionary/],
])('refuses the header %s', (header, message) => {
  expect(() => readNpy(fileOf(header), 'bad.npy')).toThrow(ModelFormatError);
  expect(() => readNpy(fileOf(header), 'bad.npy')).toThrow(message);
});

test('2,000 mutants: a result or a typed error, quickly', () => {
  expectOnlyTypedErrors(fixture('fortran.npy'), (bytes) => readNpy(bytes, 'mutant'));
});

testOnRealData('real arrays', () => {
  const input = readNpy(realFile('models/squeezenet1.1/test_data_set/0/input_0.npy'), 'input_0.npy');
  expect(input.shape).toEqual([1, 3, 224, 224]);
  expect(input.dtype).toBe('float32');
});
