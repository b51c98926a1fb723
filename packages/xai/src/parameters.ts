import { ConvscopeError } from '@convscope/gpu-engine/graph';
import type { Method, ParameterSpecification, ParameterValue, ParameterValues } from './method.ts';

/** Completes given parameters with a method's defaults. Throws `invalid-parameter`, naming what is allowed. */
export function completeParameters(method: Method, given: ParameterValues = {}): ParameterValues {
  for (const name of Object.keys(given)) {
    if (Object.hasOwn(method.parameters, name)) continue;
    throw new ConvscopeError('invalid-parameter', `the method has no parameter ${JSON.stringify(name)}`, {
      node: method.name,
      wanted: Object.keys(method.parameters).join(', ') || 'no parameters',
    });
  }
  const values: Record<string, ParameterValue> = {};
  for (const [name, specification] of Object.entries(method.parameters)) {
    const value = Object.hasOwn(given, name) ? (given[name] as ParameterValue) : specification.default;
    if (!accepts(specification, value)) {
      throw new ConvscopeError('invalid-parameter', `${name} is not valid`, {
        node: method.name,
        got: JSON.stringify(value),
        wanted: allowedValues(specification),
      });
    }
    values[name] = value;
  }
  return values;
}

/** What a parameter may be, in words: `an integer from 1 to 50`. */
export function allowedValues(specification: ParameterSpecification): string {
  switch (specification.type) {
    case 'boolean':
      return 'true or false';
    case 'choice':
      return `one of ${specification.choices.join(', ')}`;
    default: {
      const kind = specification.type === 'integer' ? 'an integer' : 'a number';
      return `${kind} from ${specification.min} to ${specification.max}`;
    }
  }
}

/** A parameter's value from text, as a command line gives it; text that fits no type stays text and is refused later. */
export function parseParameter(specification: ParameterSpecification, text: string): ParameterValue {
  if (specification.type === 'boolean') return text === 'true' ? true : text === 'false' ? false : text;
  if (specification.type === 'choice') return text;
  return text.trim() === '' ? text : Number(text);
}

function accepts(specification: ParameterSpecification, value: ParameterValue): boolean {
  switch (specification.type) {
    case 'boolean':
      return typeof value === 'boolean';
    case 'choice':
      return specification.choices.some((choice) => choice === value);
    default:
      return (
        typeof value === 'number' &&
        (specification.type === 'number' ? Number.isFinite(value) : Number.isInteger(value)) &&
        value >= specification.min &&
        value <= specification.max
      );
  }
}
