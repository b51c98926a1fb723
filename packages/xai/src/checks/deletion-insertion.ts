import { throwIfCancelled, type TensorData } from '@convscope/gpu-engine/graph';
import type { Session } from '../session.ts';
import { batchSize, classProbabilities } from '../signal/batched.ts';
import { blurred } from './blur.ts';

/** Side and standard deviation, in pixels, of the blur that insertion starts from, as in the authors' code. */
const BLUR = { side: 11, sigma: 5 } as const;

export interface DeletionInsertion {
  /** The class's probability with 0, 1/steps, … all of the strongest pixels replaced by zeros. */
  readonly deletion: Float64Array;
  /** With 0, 1/steps, … all of the strongest pixels put into the blurred picture. */
  readonly insertion: Float64Array;
  /** Areas under the curves, 0 to 1: a good map's deletion is low, its insertion high. */
  readonly deletionArea: number;
  readonly insertionArea: number;
}

export interface DeletionInsertionOptions {
  readonly target: number;
  /** Default: 32. The authors take one step a row of pixels. */
  readonly steps?: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Deletion and insertion (Petsiuk et al. 2018, 1806.07421, section 4.1): the pixels of one picture [1, C, H, W] in the
 * order in which the map [H W] ranks them, strongest first, equal ones in row-major order. Deleted pixels become zero
 * after normalisation; insertion starts from the picture blurred by 11 pixels with sigma 5.
 */
export async function deletionInsertion(
  session: Session,
  input: TensorData<'float32'>,
  map: ArrayLike<number>,
  { target, steps = 32, signal }: DeletionInsertionOptions,
): Promise<DeletionInsertion> {
  const order = Array.from({ length: map.length }, (_, pixel) => pixel);
  order.sort((a, b) => (map[b] as number) - (map[a] as number) || a - b);
  const zeros = new Float32Array(input.data.length);
  const along = (from: Float32Array, to: Float32Array) =>
    probabilities(session, input.shape, from, to, order, { target, steps, signal });
  const deletion = await along(input.data, zeros);
  const insertion = await along(blurred(input, BLUR).data, input.data);
  return { deletion, insertion, deletionArea: areaUnder(deletion), insertionArea: areaUnder(insertion) };
}

/** The class's probability while pixels of `from` become those of `to`, in order: steps + 1 numbers. */
async function probabilities(
  session: Session,
  shape: readonly number[],
  from: Float32Array,
  to: Float32Array,
  order: readonly number[],
  { target, steps, signal }: { target: number; steps: number; signal: AbortSignal | undefined },
): Promise<Float64Array> {
  const result = new Float64Array(steps + 1);
  const [size, plane] = [from.length, order.length];
  const current = Float32Array.from(from);
  let replaced = 0;
  const most = batchSize(session, shape, steps + 1);
  for (let first = 0; first <= steps; first += most) {
    throwIfCancelled(signal);
    const count = Math.min(most, steps + 1 - first);
    const data = new Float32Array(count * size);
    for (let row = 0; row < count; row++) {
      const wanted = Math.round(((first + row) / steps) * plane);
      for (; replaced < wanted; replaced++) {
        for (let index = order[replaced] as number; index < size; index += plane) current[index] = to[index] as number;
      }
      data.set(current, row * size);
    }
    const pictures = { dtype: 'float32', shape: [count, ...shape.slice(1)], data } as const;
    result.set(await classProbabilities(session, pictures, target, signal), first);
  }
  return result;
}

/** By the trapezoid rule, over 0 to 1. */
function areaUnder(curve: Float64Array): number {
  const ends = ((curve[0] as number) + (curve.at(-1) as number)) / 2;
  return (curve.reduce((sum, value) => sum + value, 0) - ends) / (curve.length - 1);
}
