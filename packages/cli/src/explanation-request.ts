import type { Model } from '@convscope/formats';
import { ConvscopeError, valueOf, withInputShapes, type Graph, type TensorData } from '@convscope/gpu-engine/graph';
import {
  completeParameters,
  methodApplies,
  methodNames,
  parseParameter,
  type ChannelWeight,
  type ExplanationRequest,
  type Method,
  type ParameterValue,
  type ParameterValues,
  type Unit,
} from '@convscope/xai';
import { invalid } from './arguments.ts';
import { layerNamed } from './layer-flag.ts';

export const methodFlag = {
  type: 'choice',
  placeholder: 'NAME',
  required: true,
  choices: methodNames,
  description: 'how to explain',
} as const;

export const seedFlag = {
  type: 'integer',
  min: 0,
  max: 2 ** 31 - 1,
  description: 'for methods that draw random numbers',
} as const;

/** What the flags of `explain` say, before the model is known. */
export interface RequestFlags {
  readonly layer: string | undefined;
  readonly unit: string | undefined;
  readonly target: number | undefined;
  readonly seed: number | undefined;
}

/** The values of `--set`, with defaults for the others. Throws `invalid-parameter`, naming what is allowed. */
export function parseSettings(method: Method, texts: readonly string[]): ParameterValues {
  const given = new Map<string, ParameterValue>();
  for (const text of texts) {
    const [, key, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
    if (key === undefined || value === undefined) {
      throw invalid('--set', 'not a setting', { got: JSON.stringify(text), wanted: 'key=value' });
    }
    if (given.has(key)) throw invalid('--set', `${key} is given twice`);
    const specification = Object.hasOwn(method.parameters, key) ? method.parameters[key] : undefined;
    given.set(key, specification === undefined ? value : parseParameter(specification, value));
  }
  return naming('--set', () => completeParameters(method, Object.fromEntries(given)));
}

/** Checks what does not depend on the model: which flags a method takes, and the form of the unit. */
export function checkFlags(method: Method, { layer, unit, target }: RequestFlags): Unit | undefined {
  const { name, explains } = method;
  const showsLayer = explains.length === 0;
  if (layer !== undefined && method.layer === 'none') throw invalid('--layer', `${name} looks at no layer`);
  if (target !== undefined && !explains.includes('class')) throw invalid('--target', `${name} explains no class`);
  if (unit === undefined) {
    if (target !== undefined && layer !== undefined && method.layer === 'unit') {
      throw invalid('--layer', 'a class (--target) and a unit (--layer) cannot both be explained');
    }
    return undefined;
  }
  if (!showsLayer && !explains.includes('unit')) throw invalid('--unit', `${name} explains classes, not units`);
  if (target !== undefined) throw invalid('--unit', 'a class (--target) and a unit cannot both be explained');
  if (layer === undefined && !showsLayer) throw invalid('--unit', 'a unit needs its layer', { wanted: '--layer' });
  const numbers = /^\d{1,9}(,\d{1,9},\d{1,9})?$/.test(unit) ? unit.split(',').map(Number) : [];
  const [channel, y, x] = numbers;
  if (channel === undefined || (showsLayer && y !== undefined)) {
    throw invalid('--unit', 'not a unit', { got: JSON.stringify(unit), wanted: showsLayer ? 'C' : 'C or C,Y,X' });
  }
  return y === undefined || x === undefined ? { channel } : { channel, y, x };
}

/** Weights of channels, as `3:1,17:-0.5`. Throws `invalid-parameter`. */
export function parseDirection(text: string): readonly ChannelWeight[] {
  return text.split(',').map((part) => {
    const [, channel, weight] = /^(\d{1,9}):(-?\d{1,9}(?:\.\d{1,9})?)$/.exec(part.trim()) ?? [];
    if (channel !== undefined && weight !== undefined) return { channel: Number(channel), weight: Number(weight) };
    throw invalid('--direction', 'not a direction', { got: JSON.stringify(text), wanted: 'C:WEIGHT,C:WEIGHT,…' });
  });
}

/** The request, checked against the model before any GPU is opened. Throws ConvscopeError, naming the flag. */
export function checkedRequest(
  model: Model,
  method: Method,
  input: TensorData<'float32'>,
  { layer, target, seed, unit }: Omit<RequestFlags, 'unit'> & { readonly unit: Unit | undefined },
): ExplanationRequest {
  const problem = methodApplies(method, model);
  if (problem !== undefined) throw invalid('--method', `${method.name} does not work here: ${problem}`);
  const graph =
    method.input === undefined ? withInputShapes(model.graph, new Map([[model.input, input.shape]])) : model.graph;
  const classes = valueOf(graph, model.logits).shape[1] as number;
  if (target !== undefined && target >= classes) {
    throw invalid('--target', 'there is no such class', {
      got: String(target),
      wanted: `an integer from 0 to ${classes - 1}`,
    });
  }
  if (layer !== undefined) checkLayer(graph, method, layer, unit);
  return { input, layer, unit, target, seed };
}

function checkLayer(graph: Graph, method: Method, layer: string, unit: Unit | undefined): void {
  const { shape } = layerNamed(graph, layer, method.layer !== 'unit');
  if (unit === undefined) return;
  const [, channels = 1, ...position] = shape as readonly number[];
  const [height = 1, width = 1] = position;
  const { channel, y, x } = unit;
  const isExact = y !== undefined && x !== undefined;
  // Sizes that are symbols, where a method takes any, let every position pass; the method itself checks it.
  const fits = channel < channels && (!isExact || (position.length === 2 && !(y >= height) && !(x >= width)));
  if (fits) return;
  throw invalid('--unit', `${layer} has no such unit`, {
    got: isExact ? `${channel},${y},${x}` : String(channel),
    wanted: `C from 0 to ${channels - 1}${position.length === 2 ? `, Y to ${height - 1}, X to ${width - 1}` : ''}`,
  });
}

function naming<T>(flag: string, work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    if (!(thrown instanceof ConvscopeError)) throw thrown;
    throw new ConvscopeError(thrown.code, `${flag}: ${thrown.message}`, {}, { cause: thrown });
  }
}
