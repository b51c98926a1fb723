import { oneOf } from '../attributes.ts';
import { defineOp } from '../op.ts';
import { inferBroadcast, lowerBinary } from '../shared/elementwise.ts';

/** The derivative of a^b by its base, b * a^(b - 1), or by its exponent, a^b * log(a); 0 where a, or b, makes it so. */
export const powDerivative = defineOp({
  name: 'powDerivative',
  inputs: ['a', 'b'],
  outputs: [''],
  attributes: { by: oneOf(['base', 'exponent']) },
  infer: inferBroadcast,
  lower: (context) => lowerBinary(context, context.attributes.by === 'base' ? 'powerByBase' : 'powerByExponent'),
});
