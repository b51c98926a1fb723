import { boolean } from '../attributes.ts';
import { defineOp } from '../op.ts';
import { inferTruth, lowerConversion } from '../shared/conversion.ts';

/** y = 1 where x is infinite, of the signs that count, else 0 (int32; ONNX IsInf). */
export const isInf = defineOp({
  name: 'isInf',
  inputs: ['x'],
  outputs: [''],
  attributes: { detectPositive: boolean(true), detectNegative: boolean(true) },
  infer: inferTruth,
  lower: (context) => {
    const { detectPositive, detectNegative } = context.attributes;
    lowerConversion(context, 'isInf', (detectPositive ? 1 : 0) + (detectNegative ? 2 : 0));
  },
});
