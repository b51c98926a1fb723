import type { TensorData } from '@convscope/gpu-engine/graph';
import { engineTensor, type ConstantTensor } from '../constant-tensor.ts';
import type { Importer, NodeContext } from '../node-context.ts';
import { batchedProduct, productByKernels } from './batched-product.ts';

/** The matrix [I, O] as [O, I]. */
export function transposed(tensor: ConstantTensor): TensorData {
  const { dtype, data } = engineTensor(tensor);
  const [rows = 1, columns = 1] = tensor.shape;
  const result = new Float32Array(data.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      result[column * rows + row] = data[row * columns + column] as number;
    }
  }
  return { dtype, shape: [columns, rows], data: result };
}

/** alpha * A' * B' + beta * C; with known weights a dense layer of [O, I], as the engine and its rules have them. */
const gemm: Importer = (context) => {
  const { attributes } = context;
  const [transposeA, transposeB] = [attributes.flag('transA'), attributes.flag('transB')];
  const alpha = attributes.number('alpha', 1);
  const beta = attributes.number('beta', 1);
  const weights = context.known(1);
  const hasSum = context.hasInput(2) && beta !== 0;
  const steps: ((emit: Emit) => string | void)[] = [];
  const a = context.input(0);
  if (weights !== undefined && context.known(0) === undefined && !transposeA && weights.shape.length === 2) {
    const w = transposeB ? context.input(1) : context.weight(1, 'transposed', transposed(weights));
    steps.push((emit) => emit('dense', [a, w], {}));
  } else if (weights === undefined && transposeB && !transposeA && context.shape(1).length === 2) {
    const w = context.input(1);
    steps.push((emit) => emit('dense', [a, w], {}));
  } else {
    const b = context.input(1);
    steps.push((emit) => emit('matmul', [a, b], { transposeA, transposeB }));
  }
  if (alpha !== 1) steps.push((emit) => emit('scale', [previous()], { factor: alpha }));
  if (hasSum) steps.push((emit) => addSum(context, emit, previous(), beta));
  let last = '';
  const previous = () => last;
  steps.forEach((step, index) => {
    const isLast = index === steps.length - 1;
    const emit: Emit = (op, inputs, given) =>
      isLast ? context.output(op, inputs, given) : context.op(op, inputs, given);
    last = step(emit) ?? '';
  });
};

type Emit = (
  op: string,
  inputs: readonly string[],
  attributes: Parameters<NodeContext['op']>[2] & object,
) => string | void;

function addSum(context: NodeContext, emit: Emit, product: string, beta: number): string | void {
  const known = context.known(2);
  const columns = context.value(product).shape[1];
  const count = known?.data.length;
  const isRow = known !== undefined && count === columns && known.shape.at(-1) === count && beta === 1;
  if (isRow) {
    const bias =
      known.shape.length === 1
        ? context.input(2)
        : context.weight(2, 'row', { ...engineTensor(known), shape: [count as number] });
    return emit('bias', [product, bias], {});
  }
  const sum = beta === 1 ? context.input(2) : context.op('scale', [context.input(2)], { factor: beta });
  return emit('add', [product, sum], {});
}

/** numpy's matmul: vectors get a dimension for the time being, leading dimensions broadcast. */
const matmul: Importer = (context) => {
  const [left, right] = [context.shape(0), context.shape(1)];
  const weights = context.known(1);
  if (left.length === 2 && right.length === 2) {
    if (weights === undefined || context.known(0) !== undefined) {
      return context.output('matmul', [context.input(0), context.input(1)]);
    }
    return context.output('dense', [context.input(0), context.weight(1, 'transposed', transposed(weights))]);
  }
  if (left.length > 2 && right.length === 2 && weights !== undefined && context.known(0) === undefined) {
    // Turned once here: a transpose of the graph would run each time.
    const turned = transposed(weights);
    const kernels = context.weight(1, 'kernels', { ...turned, shape: [...turned.shape, 1, 1] });
    return context.pass(productByKernels(context, context.input(0), kernels));
  }
  const a = left.length === 1 ? context.op('reshape', [context.input(0)], { shape: [1, -1] }) : context.input(0);
  const b = right.length === 1 ? context.op('reshape', [context.input(1)], { shape: [-1, 1] }) : context.input(1);
  const product = batchedProduct(context, a, b);
  const rank = context.value(product).shape.length;
  const dropped = [...(left.length === 1 ? [rank - 2] : []), ...(right.length === 1 ? [rank - 1] : [])];
  if (dropped.length === 0) return context.pass(product);
  return context.output('squeeze', [product], { axes: dropped });
};

export const matrices: readonly (readonly [string, Importer])[] = [
  ['Gemm', gemm],
  ['MatMul', matmul],
];
