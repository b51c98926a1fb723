import { boolean } from '../attributes.ts';
import { defineOp } from '../op.ts';
import { sumToShapeOf } from '../shared/broadcast.ts';
import { inferBroadcast, lowerBinary } from '../shared/elementwise.ts';

/**
 * y = what is left of a after division by b, with numpy's broadcasting; float32 or int32 (ONNX Mod). It has the sign of
 * b, or with `truncated` (ONNX's `fmod`) that of a. The gradient is that between the jumps.
 */
export const mod = defineOp({
  name: 'mod',
  inputs: ['a', 'b'],
  outputs: [''],
  integerInputs: 'all',
  attributes: { truncated: boolean(false) },
  infer: inferBroadcast,
  gradient: (context) => {
    const { node, needed, op } = context;
    const [a, b] = node.inputs as [string, string];
    const g = context.cotangents[0] as string;
    // y = a - b * n with an integer n = (a - y) / b.
    const forB = () => op('multiply', [g, op('divide', [op('subtract', [node.outputs[0] as string, a]), b])]);
    return [
      needed[0] === true ? sumToShapeOf(context, g, a) : undefined,
      needed[1] === true ? sumToShapeOf(context, forB(), b) : undefined,
    ];
  },
  lower: (context) => lowerBinary(context, context.attributes.truncated ? 'remainder' : 'modulo'),
});
