import { defineOp } from '../op.ts';
import { sameShape } from '../shared/axes.ts';
import { sumToShapeOf } from '../shared/broadcast.ts';
import { inferBroadcast, lowerBinary } from '../shared/elementwise.ts';

/** y = x where x > 0, else slope * x; the slope is repeated to the shape of x (ONNX PRelu; He et al. 2015). */
export const prelu = defineOp({
  name: 'prelu',
  inputs: ['x', 'slope'],
  outputs: [''],
  attributes: {},
  infer: (context) => {
    const outputs = inferBroadcast(context);
    return sameShape(outputs[0]?.shape ?? [], context.inputs[0]?.shape ?? [])
      ? outputs
      : context.fail('the slope does not fit', 'a slope that can be repeated to the shape of x');
  },
  gradient: (context) => {
    const { node, needed, op } = context;
    const [x, slope] = node.inputs as [string, string];
    const g = context.cotangents[0] as string;
    const above = op('reluGradient', [g, x]);
    const below = op('subtract', [g, above]);
    return [
      needed[0] === true ? op('add', [above, op('multiply', [below, slope])]) : undefined,
      needed[1] === true ? sumToShapeOf(context, op('multiply', [below, x]), slope) : undefined,
    ];
  },
  lower: (context) => lowerBinary(context, 'prelu'),
});
