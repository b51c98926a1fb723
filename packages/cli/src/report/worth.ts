import type { TensorData } from '@convscope/gpu-engine/graph';
import { deletionInsertion, type DeletionInsertion, type Session } from '@convscope/xai';
import type { JudgedPicture } from '../commands/check-method.ts';

/** Steps of the deletion and insertion curves. */
export const CURVE_STEPS = 20;
/** Steps in which all parameters become random: each costs the method once more. */
export const STAGES = 3;

/** The curves of pixels in no order: what a map that knows nothing gives. The order is the same every time. */
export async function curvesByChance(
  session: Session,
  { input, target, signal }: Pick<JudgedPicture, 'input' | 'target' | 'signal'>,
): Promise<DeletionInsertion> {
  return deletionInsertion(session, input, scattered(input), { target, steps: CURVE_STEPS, signal });
}

/** A number for each pixel, none of them near those of its neighbours: multiples of the golden ratio without the whole part. */
function scattered({ shape }: TensorData): Float64Array {
  const [, , height = 1, width = 1] = shape;
  return Float64Array.from({ length: height * width }, (_, pixel) => (pixel * 0.618_033_988_749_894_9) % 1);
}
