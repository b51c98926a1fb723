/**
 * Nodes in (0, 1), ascending, and weights that sum to 1, of Gauss-Legendre quadrature: exact for polynomials of degree
 * below 2 * count. Newton's iteration on the Legendre polynomial from the usual cosine estimate (NIST DLMF 3.5.19).
 */
export function gaussLegendre(count: number): { readonly nodes: Float64Array; readonly weights: Float64Array } {
  const nodes = new Float64Array(count);
  const weights = new Float64Array(count);
  for (let k = 0; k < count; k++) {
    let x = Math.cos((Math.PI * (k + 0.75)) / (count + 0.5));
    let derivative = 1;
    for (let iteration = 0; iteration < 100; iteration++) {
      const value = legendre(count, x);
      derivative = (count * (x * value.polynomial - value.before)) / (x * x - 1);
      const step = value.polynomial / derivative;
      x -= step;
      if (Math.abs(step) < 1e-15) break;
    }
    nodes[count - 1 - k] = (1 + x) / 2;
    weights[count - 1 - k] = 1 / ((1 - x * x) * derivative * derivative);
  }
  return { nodes, weights };
}

/** The Legendre polynomials of degree `count` and of one degree less at x, by their recurrence. */
function legendre(count: number, x: number): { readonly polynomial: number; readonly before: number } {
  let before = 1;
  let polynomial = x;
  for (let degree = 2; degree <= count; degree++) {
    [before, polynomial] = [polynomial, ((2 * degree - 1) * x * polynomial - (degree - 1) * before) / degree];
  }
  return { polynomial, before };
}
