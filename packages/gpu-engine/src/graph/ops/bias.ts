import { mayEqual } from '../dimension.ts';
import type { Operand } from '../lowering.ts';
import { defineOp } from '../op.ts';
import { overBatch } from '../shared/batches.ts';
import { aroundAxis } from '../shared/axes.ts';
import { RUN_LENGTH } from '../shared/run-length.ts';

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
      ({ inputs, outputs, emit, adapterClass }) => {
        const [input, bias] = inputs as [Operand, Operand];
        const output = outputs[0] as Operand;
        const { size: channels, inner } = aroundAxis(input.shape, 1);
        const segmentLength = inner === 1 ? channels : inner;
        const segments = segmentLength === 0 ? 0 : output.elements / segmentLength;
        const runLength = RUN_LENGTH[adapterClass];
        emit({
          kernel: 'bias/main',
          uniforms: { segments, segmentLength, runLength, channels, biasStep: inner === 1 ? 1 : 0 },
          bindings: { input, bias, output },
          threads: segments * Math.ceil(segmentLength / runLength),
          operations: output.elements,
        });
      },
      [1],
    ),
});
