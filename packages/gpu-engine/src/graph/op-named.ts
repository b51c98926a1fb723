import { ConvscopeError } from './errors.ts';
import type { OpDefinition } from './op.ts';
import { ops } from './ops/index.gen.ts';

/** The definition of an op. Throws `unknown-name` with the node that wants it. */
export function opNamed(op: string, node: string): OpDefinition {
  if (Object.hasOwn(ops, op)) return ops[op as keyof typeof ops] as unknown as OpDefinition;
  throw new ConvscopeError('unknown-name', 'no such op', {
    node,
    got: JSON.stringify(op),
    wanted: `one of ${Object.keys(ops).join(', ')}`,
  });
}
