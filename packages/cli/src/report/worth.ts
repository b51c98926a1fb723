import type { TensorData } from '@convscope/gpu-engine/graph';
import {
  completeness,
  deletionInsertion,
  parameterRandomization,
  type Completeness,
  type DeletionInsertion,
  type RandomizationStep,
  type Session,
} from '@convscope/xai';
import { requestFor, type JudgedMethod, type JudgedPicture, type OwnMap } from '../commands/check-method.ts';

/** Steps of the deletion and insertion curves. */
export const CURVE_STEPS = 20;
/** Steps in which all parameters become random: each costs the method once more. */
const STAGES = 3;

/** What can be said of one map without knowing what decides. */
export interface Worth {
  readonly completeness: Completeness | undefined;
  readonly curves: DeletionInsertion;
  readonly randomization: readonly RandomizationStep[];
}

/** Runs every check on one map. `onProgress` gets the done part, 0 to 1. */
export async function worthOf(
  session: Session,
  judged: JudgedMethod,
  picture: JudgedPicture,
  { result, map }: Pick<OwnMap, 'result' | 'map'>,
  onProgress: (done: number) => void,
): Promise<Worth> {
  const { input, target, signal } = picture;
  const { method, parameters } = judged;
  const attribution = { method: method.name, parameters, input, target, attribution: result, signal };
  const curves = await deletionInsertion(session, input, map, { target, steps: CURVE_STEPS, signal });
  onProgress(0.3);
  return {
    completeness: await completeness(session, attribution),
    curves,
    randomization: await parameterRandomization(
      session,
      method,
      { ...requestFor(judged, picture), onProgress: (done) => onProgress(0.3 + 0.7 * done) },
      STAGES,
    ),
  };
}

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
