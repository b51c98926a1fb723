import type { Model } from '@convscope/formats';
import { ConvscopeError, float32Tensor, valueOf, type TensorData } from '@convscope/gpu-engine/graph';
import type { ExplainedTarget, MethodRequest, Unit } from '../method.ts';
import { layerShape } from './dream-step.ts';
import { checkedUnit } from './layer-unit.ts';

/** What one picture is to bring forth: weights of a layer's channels, over all of its places or at one. */
export interface VisualizationGoal {
  readonly caption: string;
  readonly channels: readonly { readonly channel: number; readonly weight: number }[];
  readonly place?: readonly [y: number, x: number];
}

export interface VisualizationGoals {
  readonly layer: string;
  readonly goals: readonly VisualizationGoal[];
  /** One a goal. */
  readonly targets?: readonly ExplainedTarget[];
  readonly units?: readonly Unit[];
  readonly remarks: readonly string[];
}

/**
 * The goals of a request: a direction, a unit, all channels of a layer, a class or all classes, of the last two those
 * from the parameter `first` on, at most `most`. Throws `invalid-parameter`, `unknown-name`.
 */
export function visualizationGoals(
  model: Model,
  {
    layer,
    unit,
    target,
    direction,
    parameters,
  }: Pick<MethodRequest, 'layer' | 'unit' | 'target' | 'direction' | 'parameters'>,
  /** [1, C, H, W]. */
  inputShape: readonly number[],
): VisualizationGoals {
  const given = [unit, target, direction].filter((value) => value !== undefined).length;
  if (given > 1 || (target !== undefined && layer !== undefined)) {
    throw wrong('only one of a class, a unit and a direction can be shown', 'a target, or a layer with a unit');
  }
  if (layer === undefined && (unit !== undefined || direction !== undefined)) {
    throw wrong('a unit or direction needs the layer that it belongs to', 'a layer');
  }
  const name = valueOf(model.graph, layer ?? model.logits).name;
  const shape = layerShape(model, name, inputShape);
  const [, channels = 0, height = 1, width = 1] = shape;
  if (direction !== undefined) {
    for (const { channel } of direction) checkedUnit(model, name, inputShape, { channel });
    return { layer: name, goals: [{ caption: 'direction', channels: direction }], remarks: [] };
  }
  if (unit !== undefined) {
    checkedUnit(model, name, inputShape, unit);
    const isNeuron = unit.y !== undefined || parameters['objective'] === 'neuron';
    const place = [unit.y ?? Math.floor(height / 2), unit.x ?? Math.floor(width / 2)] as const;
    const goal = { caption: `channel ${unit.channel}`, channels: [{ channel: unit.channel, weight: 1 }] };
    const neuron = { channel: unit.channel, y: place[0], x: place[1] };
    const isExact = isNeuron && shape.length === 4;
    return {
      layer: name,
      goals: [isExact ? { ...goal, place } : goal],
      units: [isExact ? neuron : unit],
      remarks: [],
    };
  }
  if (target !== undefined && !(Number.isInteger(target) && target >= 0 && target < channels)) {
    throw wrong('there is no such class', `an integer from 0 to ${channels - 1}`, String(target));
  }
  const first = target ?? Number(parameters['first']);
  if (first >= channels) throw wrong('the first one lies behind the last', `below ${channels}`, String(first));
  const count = target === undefined ? Math.min(Number(parameters['most']), channels - first) : 1;
  const numbers = Array.from({ length: count }, (_, index) => first + index);
  const isClass = layer === undefined;
  const labelOf = (index: number): string => model.labels[index] ?? String(index);
  return {
    layer: name,
    goals: numbers.map((channel) => ({
      caption: isClass ? labelOf(channel) : `channel ${channel}`,
      channels: [{ channel, weight: 1 }],
    })),
    ...(isClass
      ? { targets: numbers.map((index) => ({ index, label: labelOf(index) })) }
      : { units: numbers.map((channel) => ({ channel })) }),
    remarks:
      count < channels && target === undefined
        ? [`shows ${isClass ? 'classes' : 'channels'} ${first} to ${first + count - 1} of ${channels}`]
        : [],
  };
}

/** The weights [N, C, h, w] or [N, F] of goals, one a picture: means over the places that count. */
export function goalWeights(goals: readonly VisualizationGoal[], shape: readonly number[]): TensorData<'float32'> {
  const [, channels = 0, height = 1, width = 1] = shape;
  const plane = height * width;
  const weights = float32Tensor([goals.length, ...shape.slice(1)]);
  goals.forEach(({ channels: weighted, place }, n) => {
    for (const { channel, weight } of weighted) {
      const start = (n * channels + channel) * plane;
      if (place === undefined) weights.data.fill(weight / plane, start, start + plane);
      else weights.data[start + place[0] * width + place[1]] = weight;
    }
  });
  return weights;
}

function wrong(message: string, wanted: string, got?: string): ConvscopeError {
  return new ConvscopeError('invalid-parameter', message, { wanted, ...(got === undefined ? {} : { got }) });
}
