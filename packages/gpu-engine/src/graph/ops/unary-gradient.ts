import { number, oneOf } from '../attributes.ts';
import { ConvscopeError } from '../errors.ts';
import { defineOp } from '../op.ts';
import { sameShape } from '../shared/axes.ts';
import { inferSame, lowerUnaryGradient, unaryFunctions, type UnaryFunction } from '../shared/unary.ts';

/** Functions made of straight lines, through whose slope no gradient flows. */
const straight: ReadonlySet<UnaryFunction> = new Set(['leakyRelu', 'hardSigmoid', 'thresholdedRelu', 'clip', 'abs']);

/** y = g * f'(x), f being one of the functions of one variable; g and x of one shape. No second derivatives in x. */
export const unaryGradient = defineOp({
  name: 'unaryGradient',
  inputs: ['g', 'x'],
  outputs: [''],
  attributes: { function: oneOf(unaryFunctions), alpha: number({}, 0), beta: number({}, 0) },
  infer: (context) => {
    const [g, x] = context.inputs;
    return sameShape(g?.shape ?? [], x?.shape ?? []) ? inferSame(context) : context.fail('shapes differ', 'one shape');
  },
  gradient: ({ node, attributes, cotangents, needed, op }) => {
    if (needed[1] === true && !straight.has(attributes.function)) {
      throw new ConvscopeError('invalid-graph', `${attributes.function} has no second derivative here`, {
        node: node.name,
      });
    }
    return [op('unaryGradient', [cotangents[0] as string, node.inputs[1] as string], attributes), undefined];
  },
  lower: (context) => lowerUnaryGradient(context, context.attributes),
});
