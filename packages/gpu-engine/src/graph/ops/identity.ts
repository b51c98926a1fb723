import { defineOp } from '../op.ts';

/** x itself, under another name. */
export const identity = defineOp({
  name: 'identity',
  inputs: ['x'],
  outputs: [''],
  integerInputs: 'all',
  attributes: {},
  infer: ({ inputs }) => inputs.map(({ dtype, shape }) => ({ dtype, shape })),
  gradient: ({ cotangents }) => [cotangents[0]],
});
