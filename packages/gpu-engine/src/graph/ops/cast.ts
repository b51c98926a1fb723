import { boolean, oneOf } from '../attributes.ts';
import type { Operand } from '../lowering.ts';
import { defineOp } from '../op.ts';
import { lowerConversion } from '../shared/conversion.ts';

/**
 * x as another dtype: floats are cut towards zero. With `truth` the result is 1 where x is not 0 (a NaN is not), else 0:
 * ONNX's cast to bool. A gradient flows from float32 to float32 alone.
 */
export const cast = defineOp({
  name: 'cast',
  inputs: ['x'],
  outputs: [''],
  integerInputs: 'all',
  attributes: { to: oneOf(['float32', 'int32']), truth: boolean(false) },
  infer: ({ inputs: [x], attributes: { to } }) => [{ dtype: to, shape: x?.shape ?? [] }],
  gradient: ({ node, attributes: { truth }, cotangents, value }) => [
    value(node.inputs[0] as string).dtype === 'float32' && !truth ? cotangents[0] : undefined,
  ],
  lower: (context) => {
    const { to, truth } = context.attributes;
    const isFloat = (context.inputs[0] as Operand).dtype === 'float32';
    if (truth && to === 'int32') lowerConversion(context, isFloat ? 'floatToTruth' : 'integerToTruth');
    else if (truth) lowerConversion(context, isFloat ? 'floatToFloatTruth' : 'integerToFloatTruth');
    else if (isFloat) lowerConversion(context, to === 'float32' ? 'copy' : 'floatToInteger');
    else lowerConversion(context, to === 'float32' ? 'integerToFloat' : 'copy');
  },
});
