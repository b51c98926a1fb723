import { defineOp } from '../op.ts';
import { sumToShapeOf } from '../shared/broadcast.ts';
import { inferBroadcast, lowerBinary } from '../shared/elementwise.ts';

/** y = the larger of a and b, with numpy's broadcasting; float32 or int32. Where they are equal, a takes the gradient. */
export const maximum = defineOp({
  name: 'maximum',
  inputs: ['a', 'b'],
  outputs: [''],
  integerInputs: 'all',
  attributes: {},
  infer: inferBroadcast,
  gradient: (context) =>
    context.node.inputs.map((input, index) => {
      if (context.needed[index] !== true) return undefined;
      const chosen = context.op(index === 0 ? 'greaterOrEqual' : 'less', context.node.inputs);
      const mask = context.op('cast', [chosen], { to: 'float32' });
      return sumToShapeOf(context, context.op('multiply', [context.cotangents[0] as string, mask]), input);
    }),
  lower: (context) => lowerBinary(context, 'maximum'),
});
