import { ConvscopeError } from '@convscope/gpu-engine/graph';
import type { Method } from './method.ts';
import { methods } from './methods/index.gen.ts';

const byName: ReadonlyMap<string, Method> = new Map(Object.values(methods).map((method) => [method.name, method]));

export const methodNames: readonly string[] = [...byName.keys()];

/** The method of this name. Throws `unknown-name`, naming all. */
export function methodNamed(name: string): Method {
  const method = byName.get(name);
  if (method !== undefined) return method;
  throw new ConvscopeError('unknown-name', `there is no method ${JSON.stringify(name)}`, {
    wanted: `one of ${methodNames.join(', ')}`,
  });
}
