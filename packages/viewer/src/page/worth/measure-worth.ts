import { Random } from '@convscope/gpu-engine';
import { shapeText, type TensorData } from '@convscope/gpu-engine/graph';
import {
  completeness,
  completeParameters,
  deletionInsertion,
  methodNamed,
  parameterRandomization,
  pixelMap,
  type Completeness,
  type Explanation,
  type RandomizationStep,
} from '@convscope/xai';
import type { Lab } from '../lab/lab.ts';
import { requestOf } from '../lab/slot.ts';
import type { Wish } from '../state/lab-state.ts';
import type { Curves } from './worth-words.ts';

/** What shows how much a map is worth; what is not there does not apply, or has not been measured yet. */
export interface Worth {
  readonly completeness?: Completeness | undefined;
  readonly curves?: Curves;
  readonly randomization?: readonly RandomizationStep[];
}

export interface WorthRequest {
  readonly wish: Wish;
  readonly explanation: Explanation;
  /** What the explanation is about. */
  readonly input: TensorData<'float32'>;
  readonly signal: AbortSignal;
  /** Called with what is known so far and the done part of the work, 0 to 1. */
  readonly onProgress: (known: Worth, done: number) => void;
}

/** Steps of the curves, and stages in which weights become random: enough to see how they go. */
const STEPS = 32;
const STAGES = 4;

/** Only one map of one picture can rank its pixels. */
export function canBeJudged({ tensor }: Explanation, input: TensorData<'float32'>): boolean {
  return tensor.shape[0] === 1 && (tensor.shape[1] === 1 || shapeText(tensor.shape) === shapeText(input.shape));
}

/** Runs the checks one after another in the lab's queue, so that other work comes in between. */
export async function measureWorth(lab: Lab, request: WorthRequest): Promise<Worth> {
  const { wish, explanation, input, signal, onProgress } = request;
  const method = methodNamed(wish.method);
  const words = `Judging ${method.title} …`;
  const run = <Result>(work: () => Promise<Result>): Promise<Result> => lab.run(words, signal, work);
  const target = explanation.targets?.[0]?.index ?? lab.target;
  let worth: Worth = {};
  const attribution = await run(async () => (await explanation.tensor.read()) as TensorData<'float32'>);
  if (lab.hasClasses && target !== undefined) {
    if (explanation.targets !== undefined) {
      const parameters = completeParameters(method, wish.parameters);
      const asked = { method: method.name, parameters, input, target, attribution, signal };
      worth = { completeness: await run(async () => completeness(lab.session, asked)) };
      onProgress(worth, 0.05);
    }
    const along = async (map: ArrayLike<number>) =>
      run(async () => deletionInsertion(lab.session, input, map, { target, steps: STEPS, signal }));
    const order = pixelMap(method, attribution, input.shape);
    const map = await along(order);
    onProgress(worth, 0.2);
    worth = { ...worth, curves: { map, random: await along(anyOrder(order.length)), label: lab.labelOf(target) } };
    onProgress(worth, 0.35);
  }
  const [unit] = explanation.units ?? [];
  const fixed = {
    ...requestOf(lab, wish),
    input,
    layer: explanation.layer ?? wish.layer,
    ...(explanation.targets === undefined || target === undefined ? {} : { target }),
    ...(unit === undefined ? {} : { unit }),
    signal,
    onProgress: (done: number) => onProgress(worth, 0.35 + 0.65 * done),
  };
  const randomization = await run(async () => parameterRandomization(lab.session, method, fixed, STAGES));
  return { ...worth, randomization };
}

/** Ranks that put the pixels in random order, the same for all maps of a size. */
function anyOrder(size: number): Float32Array {
  return Float32Array.from(new Random(1, size).permutation(size));
}
