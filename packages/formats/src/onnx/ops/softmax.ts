import type { Importer } from '../node-context.ts';
import { outputReshaped } from './shapes.ts';

/**
 * Since opset 13 along one axis (default the last); before, over everything from `axis` (default 1) on, as if the
 * tensor were a matrix.
 */
const softmax =
  (op: 'softmax' | 'logSoftmax' | 'hardmax'): Importer =>
  (context) => {
    const shape = context.shape(0);
    const isOld = context.opset < 13;
    const axis = context.axis(context.attributes.integer('axis', isOld ? 1 : -1), Math.max(shape.length, 1));
    const rest = shape.slice(axis + 1);
    if (!isOld || rest.every((size) => size === 1)) return context.output(op, [context.input(0)], { axis });
    const matrix = context.op('flatten', [context.input(0)], { axis });
    return outputReshaped(context, context.op(op, [matrix], { axis: 1 }), shape);
  };

export const softmaxes: readonly (readonly [string, Importer])[] = [
  ['Softmax', softmax('softmax')],
  ['LogSoftmax', softmax('logSoftmax')],
  ['Hardmax', softmax('hardmax')],
];
