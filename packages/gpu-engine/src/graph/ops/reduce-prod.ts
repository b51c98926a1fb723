import { defineOp } from '../op.ts';
import { inferReduction, keptShape, lowerProduct, reductionAttributes } from '../shared/reduction.ts';

/** Product over the axes (all where none is named). The gradient is right where factors are 0, too. */
export const reduceProd = defineOp({
  name: 'reduceProd',
  inputs: ['x'],
  outputs: [''],
  attributes: reductionAttributes,
  infer: (context) => [inferReduction(context)],
  gradient: (context) => {
    const { node, attributes, cotangents, op, value } = context;
    const x = node.inputs[0] as string;
    const kept = keptShape(value(x).shape as readonly number[], attributes.axes);
    const g = op('reshape', [cotangents[0] as string], { shape: kept, allowZero: true });
    return [op('reduceProdGradient', [g, x], { axes: attributes.axes })];
  },
  lower: lowerProduct,
});
