import type { Candidate } from '../kernel-choice.ts';
import { copyOfRows, emitOuterProducts, innerRowsOf, sideBySide, type InnerRows } from '../product/outer-products.ts';
import { LARGEST_SCRATCH } from '../split-sum.ts';
import type { ForwardOperands } from './forward.ts';
import type { ConvolutionGeometry } from './geometry.ts';
import { hasManyChannels, keepsPlaces } from './sizes.ts';
import type { WeightGradientOperands } from './weight-gradient.ts';
import { emitWeightProduct } from './windows.ts';

// Convolutions with 1x1 taps as products of the weights and the planes of each picture, by sums of outer products.

/** Elements of a plane from which a tile's columns are not mostly empty. */
const SMALLEST_PLANE = 12;

export const pointwise: Candidate<ConvolutionGeometry, ForwardOperands> = {
  name: 'outer products',
  applies: isPointwise,
  mayWin: hasPlanes,
  emit: (context, g, { input, weight, output, isTransposed }) => {
    const { batch, inputChannels: inner, outputChannels: rows } = g;
    const plane = planeOf(g);
    // Weights [outputs, inputs], or with the two exchanged.
    const [rowStride, columnStride] = isTransposed ? [1, rows] : [inner, 1];
    const weights = { operand: weight, offset: 0, rowStride, columnStride };
    const a = innerRowsOf(weights) ?? copyOfRows(context, weights, { rows, inner, matrices: 1, matrixStride: 0 });
    const b = sideBySide(context, input, { rows: plane, inner, matrices: batch });
    const c = { operand: output, offset: 0, rowStride: plane, columnStride: 1, product: rows * plane };
    const products = { products: batch, factors: 1, rows, columns: plane, inner, splits: 1, perSplit: inner };
    emitOuterProducts(context, products, a, b, c);
  },
};

export const pointwiseWeights: Candidate<ConvolutionGeometry, WeightGradientOperands> = {
  name: 'outer products',
  applies: (g) => isPointwise(g) && 4 * (g.inputChannels + 3) * g.batch * planeOf(g) <= LARGEST_SCRATCH,
  mayWin: hasManyChannels,
  emit: (context, g, { input, outputCotangent, weightCotangent }) => {
    const { batch, inputChannels: columns, outputChannels: rows } = g;
    const plane = planeOf(g);
    // Pictures follow one another along the inner dimension.
    const factor = (operand: typeof input, channels: number): InnerRows => {
      const view = { operand, offset: 0, rowStride: plane, columnStride: 1 };
      return copyOfRows(context, view, {
        rows: channels,
        inner: plane,
        matrices: batch,
        matrixStride: channels * plane,
      });
    };
    const [a, b] = [factor(outputCotangent, rows), factor(input, columns)];
    const sizes = { rows, columns, inner: batch * plane };
    emitWeightProduct(context, sizes, a, b, weightCotangent, { offset: 0, accumulate: false });
  },
};

function isPointwise(g: ConvolutionGeometry): boolean {
  return keepsPlaces(g) && g.groups === 1 && g.batch > 0;
}

export function hasPlanes(g: ConvolutionGeometry): boolean {
  return planeOf(g) >= SMALLEST_PLANE;
}

function planeOf({ inputSize }: ConvolutionGeometry): number {
  return (inputSize[0] as number) * (inputSize[1] as number);
}
