import { casesFrom } from '../cases.ts';
import type { OpSuite } from '../reference.ts';
import { dimensions2, required } from '../tensor.ts';
import { contract, type TrilinearForm } from '../trilinear-form.ts';

function form(xShape: readonly number[], wShape: readonly number[]): TrilinearForm {
  const [batch, inner] = dimensions2(xShape);
  const [outer] = dimensions2(wShape);
  return {
    shapes: [xShape, wShape, [batch, outer]],
    terms(visit) {
      for (let n = 0; n < batch; n += 1) {
        for (let o = 0; o < outer; o += 1) {
          for (let i = 0; i < inner; i += 1) visit(n * inner + i, o * inner + i, n * outer + o);
        }
      }
    },
  };
}

/** dense(x [N, I], w [O, I]) -> y [N, O]: y = x · wᵀ, PyTorch's Linear without a bias. */
export const dense: OpSuite = {
  op: 'dense',
  outputs: ['float32'],
  differentiableInputs: [0, 1],
  differentiableOutputs: [0],
  reference: {
    forward(inputs) {
      const [x, w] = [required(inputs, 0), required(inputs, 1)];
      return [contract(form(x.shape, w.shape), [x, w, undefined])];
    },
    vjp(inputs, _, cotangents) {
      const [x, w, g] = [required(inputs, 0), required(inputs, 1), required(cotangents, 0)];
      const terms = form(x.shape, w.shape);
      return [contract(terms, [undefined, w, g]), contract(terms, [x, undefined, g])];
    },
  },
  cases: casesFrom('dense', {
    odd: [
      [1, 1, 1],
      [1, 5000, 3],
      [5000, 3, 2],
      [1, 3, 5000],
      [3, 5, 7],
      [7, 4, 4],
      [2, 64, 64],
      [33, 31, 65],
      [65, 63, 9],
      [1, 129, 127],
      [17, 130, 10],
      [100, 32, 10],
    ],
    draw: (random) => [random.integer(1, 20), random.integer(1, 120), random.integer(1, 70)],
    build: ([batch = 1, inner = 1, outer = 1], values) => ({
      inputs: [values.general([batch, inner]), values.general([outer, inner])],
    }),
  }),
};
