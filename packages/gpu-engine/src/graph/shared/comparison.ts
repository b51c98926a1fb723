import { defineOp, type OpDefinition } from '../op.ts';
import { inferBroadcast, inferComparison, lowerComparison, lowerIntegers, type Comparison } from './elementwise.ts';

/** An op that compares two tensors of one dtype. Its result is an integer, so there is no gradient. */
export function defineComparison(name: Comparison): OpDefinition {
  return defineOp({
    name,
    inputs: ['a', 'b'],
    outputs: [''],
    integerInputs: 'all',
    attributes: {},
    infer: inferComparison,
    lower: (context) => lowerComparison(context, name),
  });
}

/** An op that joins two int32 tensors of truth values. */
export function defineLogic(name: 'and' | 'or' | 'xor'): OpDefinition {
  return defineOp({
    name,
    inputs: ['a', 'b'],
    outputs: [''],
    integerInputs: [0, 1],
    attributes: {},
    infer: inferBroadcast,
    lower: (context) => lowerIntegers(context, name),
  });
}
