/** erf(x) = 2 / √π · ∫ exp(-t²) dt from 0 to x: its power series, and from 3 on the continued fraction of erfc. */
export function errorFunction(x: number): number {
  const z = Math.abs(x);
  if (z < 3) {
    let [sum, power] = [0, z];
    for (let n = 0; Math.abs(power) > 1e-18; n += 1) {
      sum += power / (2 * n + 1);
      power *= (-z * z) / (n + 1);
    }
    return (Math.sign(x) * 2 * sum) / Math.sqrt(Math.PI);
  }
  let fraction = z;
  for (let k = 60; k > 0; k -= 1) fraction = z + k / 2 / fraction;
  return Math.sign(x) * (1 - Math.exp(-z * z) / Math.sqrt(Math.PI) / fraction);
}

/** The density of the standard normal distribution. */
export function normalDensity(x: number): number {
  return Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
}
