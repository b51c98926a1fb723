import type { Float64Tensor, Tolerance } from './reference.ts';
import { coordinatesOf } from './tensor.ts';

/**
 * Undefined where `got` agrees with `want`, otherwise a message with the worst element. Floats may differ by `relative`
 * (default 1e-4) of the largest magnitude in `want`, plus `absolute` (default 1e-6, for tensors that ought to be zero).
 * Integers must be equal. A NaN never agrees; an infinity only with itself.
 */
export function compareTensors(
  got: Float32Array | Int32Array,
  want: Float64Tensor,
  { relative = 1e-4, absolute = 1e-6 }: Tolerance = {},
): string | undefined {
  if (got.length !== want.data.length) {
    return `got ${got.length} elements, wanted ${want.data.length} for shape [${want.shape.join(',')}]`;
  }
  const largest = want.data.reduce((max, value) => (Number.isFinite(value) ? Math.max(max, Math.abs(value)) : max), 0);
  const allowed = got instanceof Int32Array ? 0 : relative * largest + absolute;
  let worst = -1;
  let worstError = -1;
  let wrong = 0;
  for (let index = 0; index < got.length; index += 1) {
    const error = errorOf(got[index]!, want.data[index]!);
    if (error <= allowed) continue;
    wrong += 1;
    if (error > worstError) {
      worst = index;
      worstError = error;
    }
  }
  if (worst < 0) return undefined;
  const place = coordinatesOf(worst, want.shape).join(',');
  return (
    `${wrong} of ${got.length} elements differ, worst at [${place}] of [${want.shape.join(',')}]: ` +
    `got ${got[worst]}, wanted ${want.data[worst]}, off by ${worstError.toPrecision(3)}, ` +
    `allowed ${allowed.toPrecision(3)} (largest magnitude ${largest.toPrecision(3)})`
  );
}

function errorOf(got: number, want: number): number {
  if (got === want) return 0;
  const error = Math.abs(got - want);
  return Number.isNaN(error) ? Infinity : error;
}
