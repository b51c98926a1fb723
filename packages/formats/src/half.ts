/** Conversions between float32 and the two 16-bit formats: IEEE 754 binary16 and bfloat16. */

const float32Scratch = /* @__PURE__ */ new Float32Array(1);
const uint32Scratch = /* @__PURE__ */ new Uint32Array(float32Scratch.buffer);

/** The value of a binary16 bit pattern: exact, subnormals, infinities and NaN included. */
export function float16ToFloat32(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}

/** The nearest binary16 bit pattern, ties to even; 65520 and above become infinity. NaN becomes the quiet 0x7e00. */
export function float32ToFloat16(value: number): number {
  float32Scratch[0] = value;
  const bits = uint32Scratch[0] ?? 0;
  const sign = (bits >>> 16) & 0x8000;
  const magnitude = bits & 0x7fffffff;
  if (magnitude > 0x7f800000) return sign | 0x7e00;
  if (magnitude >= 0x477ff000) return sign | 0x7c00;
  if (magnitude < 0x38800000) {
    // Below 2^-14 the result is subnormal: a multiple of 2^-24. The product is exact.
    const multiples = Math.abs(float32Scratch[0] ?? 0) * 2 ** 24;
    const below = Math.floor(multiples);
    const remainder = multiples - below;
    return sign | (remainder > 0.5 || (remainder === 0.5 && below % 2 === 1) ? below + 1 : below);
  }
  const roundedUp = magnitude + 0xfff + ((magnitude >>> 13) & 1);
  return sign | ((roundedUp - 0x38000000) >>> 13);
}

/** The value of a bfloat16 bit pattern: the upper half of a float32. */
export function bfloat16ToFloat32(bits: number): number {
  uint32Scratch[0] = bits << 16;
  return float32Scratch[0] ?? 0;
}

/** The nearest bfloat16 bit pattern, ties to even. NaN becomes the quiet 0x7fc0. */
export function float32ToBfloat16(value: number): number {
  if (Number.isNaN(value)) return 0x7fc0;
  float32Scratch[0] = value;
  const bits = uint32Scratch[0] ?? 0;
  return ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16) & 0xffff;
}
