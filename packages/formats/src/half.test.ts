import { expect, test } from 'vitest';
import { bfloat16ToFloat32, float16ToFloat32, float32ToBfloat16, float32ToFloat16 } from './half.ts';

test('every binary16 pattern survives the way there and back', () => {
  for (let bits = 0; bits < 65536; bits++) {
    const value = float16ToFloat32(bits);
    if (Number.isNaN(value)) expect(float32ToFloat16(value) & 0x7fff).toBe(0x7e00);
    else if (float32ToFloat16(value) !== bits) expect.fail(`${bits} became ${float32ToFloat16(value)}`);
  }
});

test('every bfloat16 pattern survives the way there and back', () => {
  for (let bits = 0; bits < 65536; bits++) {
    const value = bfloat16ToFloat32(bits);
    if (Number.isNaN(value)) expect(float32ToBfloat16(value)).toBe(0x7fc0);
    else if (float32ToBfloat16(value) !== bits) expect.fail(`${bits} became ${float32ToBfloat16(value)}`);
  }
});

test('between two neighbours the nearer is taken, and the even one in the middle', () => {
  for (let bits = 0; bits < 0x7bff; bits++) {
    const low = float16ToFloat32(bits);
    const high = float16ToFloat32(bits + 1);
    const rounded = [0.25, 0.5, 0.75].map((part) => float32ToFloat16(low + (high - low) * part));
    const even = bits % 2 === 0 ? bits : bits + 1;
    if (rounded.join() !== [bits, even, bits + 1].join()) expect.fail(`above ${bits}: ${rounded.join()}`);
  }
});

test('the ends of the range', () => {
  expect(float16ToFloat32(float32ToFloat16(65519))).toBe(65504);
  expect(float16ToFloat32(float32ToFloat16(-65520))).toBe(-Infinity);
  expect(Object.is(float16ToFloat32(float32ToFloat16(-1e-20)), -0)).toBe(true);
  expect(bfloat16ToFloat32(float32ToBfloat16(1.00390625))).toBe(1);
});
