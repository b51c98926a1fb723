import { defineOp } from '../op.ts';
import { sumToShapeOf } from '../shared/broadcast.ts';
import { inferBroadcast, lowerBinary } from '../shared/elementwise.ts';

/** y = a * b, with numpy's broadcasting; float32 or int32. */
export const multiply = defineOp({
  name: 'multiply',
  inputs: ['a', 'b'],
  outputs: [''],
  integerInputs: 'all',
  attributes: {},
  infer: inferBroadcast,
  gradient: (context) => {
    const [a, b] = context.node.inputs as [string, string];
    const g = context.cotangents[0] as string;
    return [
      context.needed[0] === true ? sumToShapeOf(context, context.op('multiply', [g, b]), a) : undefined,
      context.needed[1] === true ? sumToShapeOf(context, context.op('multiply', [g, a]), b) : undefined,
    ];
  },
  lower: (context) => lowerBinary(context, 'multiply'),
});
