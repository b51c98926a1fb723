import { resample } from '@convscope/formats';
import { ConvscopeError, shapeText, type TensorData } from '@convscope/gpu-engine/graph';
import type { Method } from '../method.ts';

/**
 * How strongly a result points at each pixel of the picture, [H W] row-major: what maps are judged by. Signals in the
 * input's shape become their largest magnitude over channels, or, where values add up to the score, their sum;
 * smaller maps are resized bilinearly. Throws `invalid-tensor` for what is no map of one picture.
 */
export function pixelMap(
  { ranking }: Pick<Method, 'ranking'>,
  result: TensorData,
  inputShape: readonly number[],
): Float32Array {
  const [batch, channels = 0, height = 0, width = 0] = result.shape;
  const isSignal = shapeText(result.shape) === shapeText(inputShape);
  if (batch !== 1 || result.shape.length !== 4 || (!isSignal && channels !== 1)) {
    throw new ConvscopeError('invalid-tensor', 'not one map of one picture', {
      got: shapeText(result.shape),
      wanted: `1x1xhxw or ${shapeText(inputShape)}`,
    });
  }
  const byMagnitude = (ranking ?? (isSignal ? 'magnitude' : 'value')) === 'magnitude';
  const plane = height * width;
  const map = new Float32Array(plane);
  for (let index = 0; index < result.data.length; index++) {
    const [value, pixel] = [result.data[index] as number, index % plane];
    map[pixel] = byMagnitude ? Math.max(map[pixel] as number, Math.abs(value)) : (map[pixel] as number) + value;
  }
  const [, , toHeight = 1, toWidth = 1] = inputShape;
  if (toHeight === height && toWidth === width) return map;
  const whole = { left: 0, top: 0, width, height };
  return resample(map, { width, height, channels: 1 }, whole, { width: toWidth, height: toHeight });
}
