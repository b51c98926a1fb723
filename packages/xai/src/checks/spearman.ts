/**
 * Spearman's rank correlation of two lists of numbers, -1 to 1: Pearson's of their ranks, equal values sharing the mean
 * of their ranks. NaN where one of them is constant.
 */
export function spearman(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const [x, y] = [ranks(a), ranks(b)];
  const mean = (x.length + 1) / 2;
  let [product, ofX, ofY] = [0, 0, 0];
  for (let index = 0; index < x.length; index++) {
    const [dx, dy] = [(x[index] as number) - mean, (y[index] as number) - mean];
    product += dx * dy;
    ofX += dx * dx;
    ofY += dy * dy;
  }
  return product / Math.sqrt(ofX * ofY);
}

/** Ranks from 1 on. */
function ranks(values: ArrayLike<number>): Float64Array {
  const order = Array.from({ length: values.length }, (_, index) => index);
  order.sort((i, j) => (values[i] as number) - (values[j] as number));
  const result = new Float64Array(values.length);
  for (let first = 0; first < order.length;) {
    let last = first;
    while (last + 1 < order.length && values[order[last + 1] as number] === values[order[first] as number]) last++;
    for (let place = first; place <= last; place++) result[order[place] as number] = (first + last) / 2 + 1;
    first = last + 1;
  }
  return result;
}
