import { integers } from '../attributes.ts';
import type { Operand } from '../lowering.ts';
import { defineOp } from '../op.ts';
import { eight, sameShape, stridesOf } from '../shared/axes.ts';
import { mergeDimensions } from '../shared/broadcast.ts';
import { reducedAxes } from '../shared/reduction.ts';

/** Zeros of `inputShape` with each g at the position, within the reduced axes, that `reduceMax` found. */
export const reduceMaxGradient = defineOp({
  name: 'reduceMaxGradient',
  inputs: ['g', 'positions'],
  outputs: [''],
  integerInputs: [1],
  attributes: { axes: integers({}, []), inputShape: integers({ min: 0 }) },
  infer: ({ inputs: [g, positions], attributes, fail }) =>
    sameShape(g?.shape ?? [], positions?.shape ?? [])
      ? [{ dtype: 'float32', shape: attributes.inputShape }]
      : fail('shapes differ', 'one shape for g and positions'),
  lower: ({ inputs, outputs, attributes, emit }) => {
    const [cotangent, positions] = inputs as [Operand, Operand];
    const output = outputs[0] as Operand;
    const reduced = reducedAxes(attributes.axes, output.shape.length);
    const stridesWithin = (wanted: boolean) => {
      const sizes = output.shape.map((size, axis) => (reduced.has(axis) === wanted ? size : 1));
      return stridesOf(sizes).map((stride, axis) => (reduced.has(axis) === wanted ? stride : 0));
    };
    const { sizes, strides } = mergeDimensions(output.shape, [stridesWithin(false), stridesWithin(true)]);
    emit({
      kernel: 'reduce-max-gradient/main',
      uniforms: {
        count: output.elements,
        rank: sizes.length,
        outputSize: eight(sizes, 1),
        keptStride: eight(strides[0] ?? [], 0),
        reducedStride: eight(strides[1] ?? [], 0),
      },
      bindings: { cotangent, positions, output },
      threads: output.elements,
      operations: output.elements,
    });
  },
});
