import { defineOp } from '../op.ts';
import { sumToShapeOf } from '../shared/broadcast.ts';
import { inferBroadcast, lowerBinary } from '../shared/elementwise.ts';

/** y = a + b, with numpy's broadcasting; float32 or int32. */
export const add = defineOp({
  name: 'add',
  inputs: ['a', 'b'],
  outputs: [''],
  integerInputs: 'all',
  attributes: {},
  infer: inferBroadcast,
  gradient: (context) =>
    context.node.inputs.map((input, index) =>
      context.needed[index] === true ? sumToShapeOf(context, context.cotangents[0] as string, input) : undefined,
    ),
  lower: (context) => lowerBinary(context, 'add'),
});
