import type { Preprocessing } from '@convscope/formats';
import { ConvscopeError, shapeText, type TensorData } from '@convscope/gpu-engine/graph';

/** Shows a tensor [N, C, H, W] of unknown normalisation: its least value black, its largest white. */
export function stretchedPreprocessing({ shape, data }: TensorData<'float32'>): Preprocessing {
  const [, channels, height = 1, width = 1] = shape;
  if (shape.length !== 4 || (channels !== 1 && channels !== 3)) {
    throw new ConvscopeError('invalid-tensor', 'only pictures can be shown', {
      got: shapeText(shape),
      wanted: 'Nx1xHxW or Nx3xHxW',
    });
  }
  const finite = data.filter(Number.isFinite);
  const [least, largest] = finite.reduce(
    ([a, b], value) => [Math.min(a, value), Math.max(b, value)],
    [Infinity, -Infinity],
  );
  const range = largest > least ? largest - least : 1;
  // (x / 255 - mean) / standardDeviation, turned round: standardDeviation * tensor + mean lies within 0 to 1.
  return {
    channels,
    height,
    width,
    mean: Array.from({ length: channels }, () => (Number.isFinite(least) ? -least / range : 0)),
    standardDeviation: Array.from({ length: channels }, () => 1 / range),
    scale: 1 / 255,
    order: 'rgb',
    resize: 'stretch',
  };
}
