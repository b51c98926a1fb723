import { elementCount } from '@convscope/gpu-engine/graph';
import type { NodeContext } from '../node-context.ts';

/**
 * a [..., M, K] * b [..., K, P] as convolutions of one cell, which the engine runs and differentiates for any number of
 * matrices: a product by one matrix is a layer over a line, products of many are one group of channels each.
 */
export function batchedProduct(context: NodeContext, a: string, b: string): string {
  const [left, right] = [context.value(a).shape, context.value(b).shape];
  if (left.length === 2 && right.length === 2) return context.op('matmul', [a, b]);
  return right.length === 2 ? productByMatrix(context, a, b) : groupedProduct(context, a, b);
}

/** [N, ..., K] * [K, P]: channels K to channels P along a line of all places but the batch. */
function productByMatrix(context: NodeContext, a: string, b: string): string {
  const [inner, columns] = context.concrete(context.value(b).shape) as [number, number];
  const turned = context.op('transpose', [b], { permutation: [1, 0] });
  return productByKernels(context, a, context.op('reshape', [turned], { shape: [columns, inner, 1, 1] }));
}

/** [N, ..., K] times a matrix that lies turned, as the kernels [P, K, 1, 1] of a convolution. */
export function productByKernels(context: NodeContext, a: string, kernels: string): string {
  const shape = context.value(a).shape;
  const [columns, inner] = context.concrete(context.value(kernels).shape) as [number, number];
  const places = context.concrete(shape.slice(1, -1));
  const lines = context.op('reshape', [a], { shape: [0, -1, inner] });
  const channels = context.op('transpose', [lines], { permutation: [0, 2, 1] });
  const x = context.op('unsqueeze', [channels], { axes: [3] });
  const y = context.op('squeeze', [context.op('conv2d', [x, kernels])], { axes: [3] });
  const product = context.op('transpose', [y], { permutation: [0, 2, 1] });
  return places.length === 1 ? product : context.op('reshape', [product], { shape: [0, ...places, columns] });
}

/** [B, M, K] * [B, K, P]: b's rows are channels, a's rows are the weights of b's group. */
function groupedProduct(context: NodeContext, a: string, b: string): string {
  const [left, right] = [context.concrete(context.value(a).shape), context.concrete(context.value(b).shape)];
  const [rows, inner] = left.slice(-2) as [number, number];
  const columns = right.at(-1) as number;
  const lead = broadcast(context, left.slice(0, -2), right.slice(0, -2));
  const groups = elementCount(lead);
  const repeated = (value: string, last: readonly number[]) => {
    const wanted = [...lead, ...last];
    const isSame = context.value(value).shape.join() === wanted.join();
    return isSame ? value : context.op('expand', [value], { shape: wanted });
  };
  const w = context.op('reshape', [repeated(a, [rows, inner])], { shape: [groups * rows, inner, 1, 1] });
  const x = context.op('reshape', [repeated(b, [inner, columns])], { shape: [1, groups * inner, columns, 1] });
  const y = context.op('conv2d', [x, w], { groups });
  return context.op('reshape', [y], { shape: [...lead, rows, columns] });
}

function broadcast(context: NodeContext, a: readonly number[], b: readonly number[]): readonly number[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, axis) => {
    const [x, y] = [a[axis - rank + a.length] ?? 1, b[axis - rank + b.length] ?? 1];
    if (x !== y && x !== 1 && y !== 1)
      context.attributes.fail('the matrices do not broadcast', a.join('x'), b.join('x'));
    return x === 1 ? y : x;
  });
}
