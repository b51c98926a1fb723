import type { Attributes } from '../../src/graph/attributes.ts';
import { flagAttribute } from '../attributes.ts';
import { casesFrom } from '../cases.ts';
import type { OpSuite } from '../reference.ts';
import { dimensions2, required } from '../tensor.ts';
import { contract, type TrilinearForm } from '../trilinear-form.ts';

function form(aShape: readonly number[], bShape: readonly number[], attributes: Attributes): TrilinearForm {
  const transposeA = flagAttribute(attributes, 'transposeA');
  const transposeB = flagAttribute(attributes, 'transposeB');
  const [aRows, aColumns] = dimensions2(aShape);
  const [bRows, bColumns] = dimensions2(bShape);
  const rows = transposeA ? aColumns : aRows;
  const inner = transposeA ? aRows : aColumns;
  const columns = transposeB ? bRows : bColumns;
  return {
    shapes: [aShape, bShape, [rows, columns]],
    terms(visit) {
      for (let i = 0; i < rows; i += 1) {
        for (let j = 0; j < columns; j += 1) {
          for (let k = 0; k < inner; k += 1) {
            const a = transposeA ? k * aColumns + i : i * aColumns + k;
            const b = transposeB ? j * bColumns + k : k * bColumns + j;
            visit(a, b, i * columns + j);
          }
        }
      }
    },
  };
}

interface Configuration {
  readonly sizes: readonly [rows: number, inner: number, columns: number];
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

const oddSizes: readonly Configuration['sizes'][] = [
  [1, 1, 1],
  [1, 5000, 1],
  [1, 7, 33],
  [33, 7, 1],
  [5, 3, 6],
  [31, 33, 65],
  [64, 64, 32],
  [130, 9, 66],
];

/** matmul(a [M, K], b [K, N]) -> [M, N]; with transposeA, a is [K, M]; with transposeB, b is [N, K]. */
export const matmul: OpSuite = {
  op: 'matmul',
  outputs: ['float32'],
  differentiableInputs: [0, 1],
  differentiableOutputs: [0],
  reference: {
    forward(inputs, attributes) {
      const [a, b] = [required(inputs, 0), required(inputs, 1)];
      return [contract(form(a.shape, b.shape, attributes), [a, b, undefined])];
    },
    vjp(inputs, attributes, cotangents) {
      const [a, b, g] = [required(inputs, 0), required(inputs, 1), required(cotangents, 0)];
      const terms = form(a.shape, b.shape, attributes);
      return [contract(terms, [undefined, b, g]), contract(terms, [a, undefined, g])];
    },
  },
  cases: casesFrom<Configuration>('matmul', {
    odd: oddSizes.flatMap((sizes) =>
      [false, true].flatMap((transposeA) => [false, true].map((transposeB) => ({ sizes, transposeA, transposeB }))),
    ),
    draw: (random) => ({
      sizes: [random.integer(1, 50), random.integer(1, 60), random.integer(1, 50)],
      transposeA: random.chance(0.5),
      transposeB: random.chance(0.5),
    }),
    build: ({ sizes: [rows, inner, columns], transposeA, transposeB }, values) => ({
      inputs: [
        values.general(transposeA ? [inner, rows] : [rows, inner]),
        values.general(transposeB ? [columns, inner] : [inner, columns]),
      ],
      attributes: { transposeA, transposeB },
    }),
  }),
};
