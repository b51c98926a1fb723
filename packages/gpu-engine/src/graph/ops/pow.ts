import { defineOp } from '../op.ts';
import { sumToShapeOf } from '../shared/broadcast.ts';
import { inferBroadcast, lowerBinary } from '../shared/elementwise.ts';

/**
 * y = a^b, with numpy's broadcasting; float32 or int32. 0^0 is 1; a negative float to the power of a fraction is NaN,
 * and so is the gradient of b for a negative a.
 */
export const pow = defineOp({
  name: 'pow',
  inputs: ['a', 'b'],
  outputs: [''],
  integerInputs: 'all',
  attributes: {},
  infer: inferBroadcast,
  gradient: (context) =>
    context.node.inputs.map((input, index) => {
      if (context.needed[index] !== true) return undefined;
      const slope = context.op('powDerivative', context.node.inputs, { by: index === 0 ? 'base' : 'exponent' });
      return sumToShapeOf(context, context.op('multiply', [context.cotangents[0] as string, slope]), input);
    }),
  lower: (context) => lowerBinary(context, 'power'),
});
