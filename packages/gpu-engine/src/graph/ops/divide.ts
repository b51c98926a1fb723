import { defineOp } from '../op.ts';
import { sumToShapeOf } from '../shared/broadcast.ts';
import { inferBroadcast, lowerBinary } from '../shared/elementwise.ts';

/** y = a / b, with numpy's broadcasting; float32 or int32. Integers are cut towards zero. */
export const divide = defineOp({
  name: 'divide',
  inputs: ['a', 'b'],
  outputs: [''],
  integerInputs: 'all',
  attributes: {},
  infer: inferBroadcast,
  gradient: (context) => {
    const { node, needed, op } = context;
    const [a, b] = node.inputs as [string, string];
    const quotient = op('divide', [context.cotangents[0] as string, b]);
    const forB = () => op('scale', [op('multiply', [quotient, node.outputs[0] as string])], { factor: -1 });
    return [
      needed[0] === true ? sumToShapeOf(context, quotient, a) : undefined,
      needed[1] === true ? sumToShapeOf(context, forB(), b) : undefined,
    ];
  },
  lower: (context) => lowerBinary(context, 'divide'),
});
