import { walk } from './broadcasting.ts';
import type { Fold } from './context.ts';

interface Reduction {
  readonly start: number;
  readonly add: (sum: number, value: number) => number;
  readonly finish?: (sum: number, count: number) => number;
}

const fold =
  ({ start, add, finish = Number }: Reduction): Fold =>
  (context) => {
    const x = context.input(0);
    const { attributes } = context;
    const rank = x.shape.length;
    const given = context.axes(1, rank) ?? [];
    if (given.length === 0 && attributes.flag('noop_with_empty_axes')) return [x];
    const axes = given.length === 0 ? x.shape.map((_, axis) => axis) : given;
    const kept = x.shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
    const result = context.allocate(x.type, kept);
    result.data.fill(start);
    const strides = kept.map((size, axis) =>
      axes.includes(axis)
        ? 0
        : kept.slice(axis + 1).reduce((product, other) => product * other, 1) * (size > 0 ? 1 : 0),
    );
    walk(x.shape, [strides], (position, [target = 0]) => {
      result.data[target] = add(result.data[target] as number, x.data[position] as number);
    });
    const count = axes.reduce((product, axis) => product * (x.shape[axis] ?? 1), 1);
    result.data.forEach((sum, index) => (result.data[index] = finish(sum, count)));
    const shape = attributes.flag('keepdims', true) ? kept : x.shape.filter((_, axis) => !axes.includes(axis));
    return [{ ...result, shape }];
  };

const sum = (a: number, b: number) => a + b;
const squares = (a: number, b: number) => a + b * b;

export const reductions: readonly (readonly [string, Fold])[] = [
  ['ReduceSum', fold({ start: 0, add: sum })],
  ['ReduceMean', fold({ start: 0, add: sum, finish: (total, count) => total / count })],
  ['ReduceProd', fold({ start: 1, add: (a, b) => a * b })],
  ['ReduceMin', fold({ start: Infinity, add: (a, b) => Math.min(a, b) })],
  ['ReduceMax', fold({ start: -Infinity, add: (a, b) => Math.max(a, b) })],
  ['ReduceL1', fold({ start: 0, add: (a, b) => a + Math.abs(b) })],
  ['ReduceL2', fold({ start: 0, add: squares, finish: (total) => Math.sqrt(total) })],
  ['ReduceSumSquare', fold({ start: 0, add: squares })],
  ['ReduceLogSum', fold({ start: 0, add: sum, finish: (total) => Math.log(total) })],
];
