import { number } from '../attributes.ts';
import { defineOp } from '../op.ts';
import { inferSame, lowerUnary } from '../shared/unary.ts';

/** y = factor * x. */
export const scale = defineOp({
  name: 'scale',
  inputs: ['x'],
  outputs: [''],
  attributes: { factor: number({}) },
  infer: inferSame,
  gradient: ({ attributes, cotangents, op }) => [op('scale', [cotangents[0] as string], attributes)],
  lower: (context) => lowerUnary(context, { function: 'scale', alpha: context.attributes.factor }),
});
