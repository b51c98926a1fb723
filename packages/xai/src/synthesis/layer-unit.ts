import type { Model } from '@convscope/formats';
import { ConvscopeError } from '@convscope/gpu-engine/graph';
import type { Unit } from '../method.ts';
import { layerShape } from './dream-step.ts';

/** The layer's shape for inputs of this shape. Throws `invalid-parameter` where it has no such unit. */
export function checkedUnit(
  model: Model,
  layer: string,
  inputShape: readonly number[],
  { channel, y, x }: Unit,
): readonly number[] {
  const shape = layerShape(model, layer, inputShape);
  const [, channels = 0, height = 1, width = 1] = shape;
  const inside = (value: number, size: number) => Number.isInteger(value) && value >= 0 && value < size;
  const isExact = y !== undefined || x !== undefined;
  if (inside(channel, channels) && (!isExact || (inside(y ?? -1, height) && inside(x ?? -1, width)))) return shape;
  throw new ConvscopeError('invalid-parameter', 'the layer has no such unit', {
    node: layer,
    got: [channel, ...(isExact ? [y, x] : [])].join(','),
    wanted: shape.length === 4 ? `C,Y,X below ${channels},${height},${width}` : `a channel below ${channels}`,
  });
}
