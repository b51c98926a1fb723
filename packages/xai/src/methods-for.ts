import type { Model } from '@convscope/formats';
import { applicabilityOf, type Applicability } from './applicability.ts';
import type { Method } from './method.ts';
import { methods } from './methods/index.gen.ts';

/** Every method with whether it works on the model, in the order of the list of methods. */
export function methodsFor(model: Model): readonly Applicability[] {
  return applicabilityOf(Object.values<Method>(methods), model);
}
