import { ConvscopeError } from '@convscope/gpu-engine/graph';
import { parseParameter, type ExplanationRequest, type Method, type ParameterValues } from '@convscope/xai';

/** What attributes say of the explanation. */
export interface WantedExplanation {
  readonly layer: string | undefined;
  readonly unit: number | undefined;
  readonly target: number | undefined;
  readonly seed: number | undefined;
  readonly parameters: string | ParameterValues | undefined;
}

/** Of class and unit a method gets what it explains and was told; a layer stands for a unit of it. */
export function requestFor(method: Method, wanted: WantedExplanation): Omit<ExplanationRequest, 'input'> {
  const { layer, unit, target, seed, parameters } = wanted;
  const { explains } = method;
  return {
    ...(layer === undefined ? {} : { layer }),
    ...(unit === undefined ? {} : { unit: { channel: unit } }),
    ...(target === undefined || unit !== undefined || !explains.includes('class') ? {} : { target }),
    ...(seed === undefined ? {} : { seed }),
    ...(parameters === undefined ? {} : { parameters: parametersOf(method, parameters) }),
  };
}

/** `steps=20, baseline=0` as the method's parameters. Throws `invalid-parameter` where that is not what is written. */
export function parametersOf(method: Method, given: string | ParameterValues): ParameterValues {
  if (typeof given !== 'string') return given;
  const pairs = given
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part): [string, string] => {
      const at = part.indexOf('=');
      if (at < 1) {
        throw new ConvscopeError('invalid-parameter', 'parameters are written as name=value, name=value', {
          got: part,
        });
      }
      return [part.slice(0, at).trim(), part.slice(at + 1).trim()];
    });
  return Object.fromEntries(
    pairs.map(([name, text]) => {
      const specification = Object.hasOwn(method.parameters, name) ? method.parameters[name] : undefined;
      return [name, specification === undefined ? text : parseParameter(specification, text)];
    }),
  );
}
