/** The softmax of one list of numbers, in float64. */
export function softmax(values: ArrayLike<number>): Float64Array {
  const numbers = Float64Array.from(values);
  const largest = numbers.reduce((most, value) => Math.max(most, value), -Infinity);
  const powers = numbers.map((value) => Math.exp(value - largest));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}
