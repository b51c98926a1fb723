import { expect, test } from 'vitest';
import type { Attributes } from '../src/graph/attributes.ts';
import type { Float64Tensor } from './reference.ts';
import { suites } from './suites.ts';
import { tensorOf } from './tensor.ts';

// Small numbers that PyTorch 1.13 gives, or that can be worked out by hand.

function outputsOf(op: string, inputs: readonly Float64Tensor[], attributes: Attributes = {}): number[][] {
  const suite = suites.find((candidate) => candidate.op === op);
  return suite?.reference.forward(inputs, attributes).map(({ data }) => Array.from(data)) ?? [];
}

const oneToNine = tensorOf([1, 1, 3, 3], [1, 2, 3, 4, 5, 6, 7, 8, 9]);

test('conv2d does not flip its kernel and takes pads as top, left, bottom, right', () => {
  const kernel = tensorOf([1, 1, 2, 2], [1, 10, 100, 1000]);
  const attributes = { strides: [2, 2], pads: [0, 1, 2, 0], dilations: [1, 1], groups: 1 };
  expect(outputsOf('conv2d', [oneToNine, kernel], attributes)).toEqual([[4010, 6532, 70, 98]]);
});

test('conv2d groups take consecutive channels', () => {
  const [x, w] = [tensorOf([1, 2, 1, 1], [1, 2]), tensorOf([4, 1, 1, 1], [10, 100, 1000, 10_000])];
  const attributes = { strides: [1, 1], pads: [0, 0, 0, 0], dilations: [1, 1], groups: 2 };
  expect(outputsOf('conv2d', [x, w], attributes)).toEqual([[10, 100, 2000, 20_000]]);
});

test('maxPool rounds up with ceilMode and takes the first of equal values', () => {
  const x = tensorOf([1, 1, 3, 3], [1, 3, 3, 3, 2, 0, -1, -2, -2]);
  const attributes = { kernelSize: [2, 2], strides: [2, 2], pads: [0, 0, 0, 0], dilations: [1, 1], ceilMode: true };
  expect(outputsOf('maxPool', [x], attributes)).toEqual([
    [3, 3, -1, -2],
    [1, 2, 6, 8],
  ]);
});

test('maxPool gives 0 and switch -1 where a window holds no input', () => {
  const attributes = { kernelSize: [1, 1], strides: [1, 1], pads: [0, 1, 0, 0], dilations: [1, 1], ceilMode: false };
  expect(outputsOf('maxPool', [tensorOf([1, 1, 1, 1], [-5])], attributes)).toEqual([
    [0, -5],
    [-1, 0],
  ]);
});

test('averagePool divides by what lies in the input, or in the padded input', () => {
  const shared = { kernelSize: [2, 2], strides: [2, 2] };
  const padded = { ...shared, pads: [1, 1, 1, 1] };
  const bare = { ...shared, pads: [0, 0, 0, 0] };
  const including = { ceilMode: true, countIncludePad: true };
  expect(outputsOf('averagePool', [oneToNine], { ...padded, ...including })).toEqual([[0.25, 1.25, 2.75, 7]]);
  expect(outputsOf('averagePool', [oneToNine], { ...bare, ...including })).toEqual([[3, 4.5, 7.5, 9]]);
  expect(outputsOf('averagePool', [oneToNine], { ...padded, ceilMode: false, countIncludePad: false })).toEqual([
    [1, 2.5, 5.5, 7],
  ]);
});

test('unpool adds up where switches meet', () => {
  const [g, switches] = [tensorOf([1, 1, 1, 3], [1, 2, 4]), tensorOf([1, 1, 1, 3], [3, 3, -1])];
  expect(outputsOf('unpool', [g, switches], { inputSize: [2, 2] })).toEqual([[0, 0, 0, 3]]);
});

test.each([
  ['bilinear', 'half-pixel', [0, 4, 10, 16, 20]],
  ['bilinear', 'align-corners', [0, 5, 10, 15, 20]],
  ['bilinear', 'asymmetric', [0, 6, 12, 18, 20]],
  ['nearest', 'asymmetric', [0, 0, 10, 10, 20]],
  ['nearest', 'half-pixel', [0, 0, 10, 20, 20]],
  ['nearest', 'align-corners', [0, 10, 10, 20, 20]],
] as const)('resize %s %s from 3 to 5', (mode, coordinates, wanted) => {
  const options = { mode, coordinates, rounding: 'default', scales: [], region: [0, 0, 1, 1] };
  const filter = { cubicCoefficient: -0.75, excludeOutside: false, antialias: false, extrapolation: 0 };
  const [y = []] = outputsOf('resize', [tensorOf([1, 1, 1, 3], [0, 10, 20])], {
    size: [1, 5],
    ...options,
    ...filter,
  });
  y.forEach((value, index) => expect(value).toBeCloseTo(wanted[index] ?? Number.NaN, 12));
});

test('dropout keeps what its hash says', () => {
  const ones = tensorOf(
    [16],
    Array.from({ length: 16 }, () => 1),
  );
  const kept = (seed: number, stream: number, rate: number) =>
    outputsOf('dropout', [ones, tensorOf([], [seed])], { rate, stream })[0]?.map((value) => (value > 0 ? 1 : 0));
  expect(kept(1, 0, 0.5)).toEqual([0, 1, 1, 1, 1, 1, 1, 1, 0, 0, 1, 1, 0, 1, 0, 1]);
  expect(kept(-7, 3, 0.25)).toEqual([1, 1, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
});

test('reduceMax names the first maximum within the reduced axes', () => {
  const x = tensorOf([2, 2, 2], [1, 5, 2, 0, 5, 1, 7, 7]);
  expect(outputsOf('reduceMax', [x], { axes: [0, 2], keepDimensions: false })).toEqual([
    [5, 7],
    [1, 2],
  ]);
});

test('optimisers step as in PyTorch', () => {
  const scalar = (value: number) => tensorOf([], [value]);
  const sgd = { momentum: 0.5, weightDecay: 0.5, nesterov: true };
  expect(outputsOf('sgd', [scalar(1), scalar(2), scalar(3), scalar(0.1)], sgd)).toEqual([[0.55], [4]]);
  const adam = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 };
  const firstStep = [scalar(1), scalar(2), scalar(0), scalar(0), scalar(0.1 / (1 - 0.9)), scalar(Math.sqrt(1 - 0.999))];
  expect(outputsOf('adam', firstStep, adam)[0]?.[0]).toBeCloseTo(0.9, 8);
});
