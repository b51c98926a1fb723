import { mayEqual } from '../dimension.ts';
import type { Operand } from '../lowering.ts';
import { defineOp } from '../op.ts';
import { overBatch } from '../shared/batches.ts';
import { aroundAxis } from '../shared/axes.ts';

/** y[n, c, …] = x[n, c, …] + b[c]; x [N, C, …] of rank 2 or more, b [C]. */
export const bias = defineOp({
  name: 'bias',
  inputs: ['x', 'b'],
  outputs: [''],
  attributes: {},
  infer: ({ inputs: [x, b], fail }) => {
    if (
      x === undefined ||
      b === undefined ||
      x.shape.length < 2 ||
      b.shape.length !== 1 ||
      !mayEqual(b.shape[0], x.shape[1])
    ) {
      return fail('the bias does not fit the channels', 'x [N, C, …] and b [C]');
    }
    return [{ dtype: 'float32', shape: x.shape }];
  },
  gradient: ({ cotangents, needed, op, value }) => {
    const g = cotangents[0] as string;
    const axes = value(g).shape.flatMap((_, axis) => (axis === 1 ? [] : [axis]));
    return [g, needed[1] === true ? op('reduceSum', [g], { axes }) : undefined];
  },
  lower: (context) =>
    overBatch(
      context,
      ({ inputs, outputs, emit }) => {
        const [input, bias] = inputs as [Operand, Operand];
        const output = outputs[0] as Operand;
        const { size, inner } = aroundAxis(input.shape, 1);
        emit({
          kernel: 'bias/main',
          uniforms: { count: output.elements, channels: size, spatial: inner },
          bindings: { input, bias, output },
          threads: output.elements,
          operations: output.elements,
        });
      },
      [1],
    ),
});
