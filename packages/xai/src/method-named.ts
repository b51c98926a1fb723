import { ConvscopeError } from '@convscope/gpu-engine/graph';
import type { Model } from '@convscope/formats';
import { layersOf } from './layers.ts';
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

/** Undefined where the method works on the model, else why it does not. */
export function methodApplies(method: Method, model: Model): string | undefined {
  const needsMaps = method.layer === 'first-features' || method.layer === 'last-features';
  const hasMaps = layersOf(model.graph).some(({ kind }) => kind === 'features');
  return needsMaps && !hasMaps ? 'the network has no feature maps' : undefined;
}
