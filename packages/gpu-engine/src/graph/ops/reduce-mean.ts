import { defineOp } from '../op.ts';
import { inferReduction, keptShape, lowerSum, reductionAttributes } from '../shared/reduction.ts';
import { elementCount } from '../tensor-data.ts';

/** Mean over the axes (all where none is named). */
export const reduceMean = defineOp({
  name: 'reduceMean',
  inputs: ['x'],
  outputs: [''],
  attributes: reductionAttributes,
  infer: (context) => [inferReduction(context)],
  gradient: ({ node, attributes, cotangents, op, value }) => {
    const shape = value(node.inputs[0] as string).shape as readonly number[];
    const small = keptShape(shape, attributes.axes);
    const kept = op('reshape', [cotangents[0] as string], { shape: small, allowZero: true });
    const scaled = op('scale', [kept], { factor: Math.min(1, elementCount(small) / Math.max(1, elementCount(shape))) });
    return [op('expand', [scaled], { shape })];
  },
  lower: (context) => lowerSum(context, { finish: 'mean' }),
});
