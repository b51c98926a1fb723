import type { TensorData } from '@convscope/gpu-engine/graph';
import type { ParameterValues } from '../method.ts';
import type { Session } from '../session.ts';
import { classScores } from '../signal/batched.ts';

/** Whether an attribution's parts make the whole. */
export interface Completeness {
  /** The sum of the attribution. */
  readonly sum: number;
  /** What it should be: the class score minus that of the baseline. */
  readonly wanted: number;
  readonly gap: number;
  /** The gap's magnitude as a share of what it should be. */
  readonly relativeGap: number;
}

/** Methods whose values are meant to add up to the score, and the baseline they count from. */
const BASELINES: ReadonlyMap<string, (parameters: ParameterValues) => number> = new Map<
  string,
  (parameters: ParameterValues) => number
>([
  ['integrated-gradients', (parameters) => Number(parameters['baseline'] ?? 0)],
  ['gradient-x-input', () => 0],
]);

/**
 * The completeness gap of an attribution for one picture [1, C, H, W]: its sum against the change of the class's logit
 * from the baseline to the picture (Sundararajan et al. 2017, 1703.01365, section 3). Undefined for methods that
 * promise no such sum. Gradient x input keeps it only where the network is piecewise linear without biases.
 */
export async function completeness(
  session: Session,
  { method, parameters, input, target, attribution, signal }: CompletenessRequest,
): Promise<Completeness | undefined> {
  const baselineOf = BASELINES.get(method);
  if (baselineOf === undefined) return undefined;
  const size = input.data.length;
  const data = new Float32Array(2 * size).fill(baselineOf(parameters));
  data.set(input.data);
  const both = { ...input, shape: [2, ...input.shape.slice(1)], data };
  const [score = 0, base = 0] = await classScores(session, both, target, signal);
  const sum = Float64Array.from(attribution.data).reduce((total, value) => total + value, 0);
  const wanted = score - base;
  return { sum, wanted, gap: sum - wanted, relativeGap: Math.abs(sum - wanted) / Math.max(Math.abs(wanted), 1e-12) };
}

export interface CompletenessRequest {
  /** The method's name. */
  readonly method: string;
  readonly parameters: ParameterValues;
  readonly input: TensorData<'float32'>;
  readonly target: number;
  readonly attribution: TensorData;
  readonly signal?: AbortSignal | undefined;
}
