import { Random } from '@convscope/gpu-engine';
import { ancestors, throwIfCancelled, valueOf, type Graph, type TensorData } from '@convscope/gpu-engine/graph';
import type { ExplanationRequest, Method } from '../method.ts';
import { Session } from '../session.ts';
import { pixelMap } from './pixel-map.ts';
import { spearman } from './spearman.ts';

export interface RandomizationStep {
  /** The weights that are random from this step on, with those of all steps before. */
  readonly parameter: string;
  /** Rank correlation of the map with that of the trained network; NaN where the map has become constant. */
  readonly correlation: number;
}

/**
 * The model-parameter randomisation test, from the top down (Adebayo et al. 2018, 1810.03292, section 4.1): the layers'
 * parameters become random one after another from the class scores to the input, and after each the map for the same
 * class is compared with the trained network's by Spearman's rank correlation. A map that stays the same does not show
 * what the network has learned.
 *
 * Weights are drawn from a normal distribution of the trained ones' mean and standard deviation, which keeps activations
 * in range; biases and normalisation parameters are shuffled among themselves.
 *
 * @param request one picture, and the class or unit; with a target, since the top class changes with the weights.
 * @param stages into how many steps the layers are put at most, alike in number; each layer is one where it is not given.
 */
export async function parameterRandomization(
  session: Session,
  method: Method,
  request: ExplanationRequest,
  stages = Infinity,
): Promise<readonly RandomizationStep[]> {
  const { signal, onProgress, seed = 0 } = request;
  const subject = { method, request: { ...request, onProgress: undefined } };
  const [steps = []] = await parameterRandomizations(session, [subject], { stages, seed, signal, onProgress });
  return steps;
}

/** A method that is judged, and what it is asked. */
export interface RandomizationSubject {
  readonly method: Method;
  readonly request: ExplanationRequest;
  /** How strongly its map points at each pixel (`pixelMap`), where that is known: it need not be computed again. */
  readonly trained?: ArrayLike<number>;
}

export interface RandomizationOptions {
  readonly stages?: number;
  readonly seed?: number;
  readonly signal?: AbortSignal | undefined;
  /** Called with the done part of the work, 0 to 1. */
  readonly onProgress?: ((done: number) => void) | undefined;
}

/** `parameterRandomization` of several methods, which share the random networks and the plans of both: a list each. */
export async function parameterRandomizations(
  session: Session,
  subjects: readonly RandomizationSubject[],
  { stages = Infinity, seed = 0, signal, onProgress }: RandomizationOptions = {},
): Promise<readonly (readonly RandomizationStep[])[]> {
  const trained: ArrayLike<number>[] = [];
  for (const subject of subjects) trained.push(subject.trained ?? (await mapOf(session, subject)));
  const parameters = await session.parameters.read();
  const steps = merged(parameterGroups(session.model.graph, session.model.logits), stages);
  const own = await Session.create(session.device, { ...session.model, parameters });
  try {
    const results: RandomizationStep[][] = subjects.map(() => []);
    for (const [index, group] of steps.entries()) {
      throwIfCancelled(signal);
      for (const name of group) {
        const values = parameters.get(name);
        if (values?.dtype !== 'float32') continue;
        own.parameters.write(name, randomized(values as TensorData<'float32'>, new Random(seed, hashOf(name))));
      }
      for (const [place, subject] of subjects.entries()) {
        const correlation = spearman(trained[place] ?? [], await mapOf(own, subject));
        results[place]?.push({ parameter: group.at(-1) as string, correlation });
        onProgress?.((index + (place + 1) / subjects.length) / steps.length);
      }
    }
    return results;
  } finally {
    own.dispose();
  }
}

async function mapOf(session: Session, { method, request }: RandomizationSubject): Promise<Float32Array> {
  const explanation = await session.explain(method, request);
  try {
    return pixelMap(method, await explanation.tensor.read(), request.input.shape);
  } finally {
    explanation.dispose();
  }
}

/** Parameters from the class scores down: each layer's weights, last in their group, with what belongs to them. */
export function parameterGroups(graph: Graph, logits: string): readonly (readonly string[])[] {
  const path = ancestors(graph, [valueOf(graph, logits).name]);
  const seen = new Set<string>();
  const groups: string[][] = [];
  let pending: string[] = [];
  for (const { inputs, outputs } of graph.nodes.toReversed()) {
    if (!outputs.some((output) => path.has(output))) continue;
    const fresh = inputs.filter((name) => graph.parameters.has(name) && !seen.has(name));
    for (const name of fresh) seen.add(name);
    const weights = fresh.filter((name) => isWeight(valueOf(graph, name).shape));
    pending.push(...fresh.filter((name) => !weights.includes(name)));
    if (weights.length === 0) continue;
    groups.push([...pending, ...weights]);
    pending = [];
  }
  groups.at(-1)?.unshift(...pending);
  return groups;
}

/** Neighbours together, so that there are at most `count`. */
function merged(groups: readonly (readonly string[])[], count: number): readonly (readonly string[])[] {
  if (groups.length <= count) return groups;
  const end = (stage: number): number => Math.round((stage * groups.length) / count);
  return Array.from({ length: count }, (_, stage) => groups.slice(end(stage), end(stage + 1)).flat());
}

/** Biases and normalisation parameters have one axis of more than one element at most. */
function isWeight(shape: readonly (number | string)[]): boolean {
  return shape.filter((size) => size !== 1).length > 1;
}

function randomized({ shape, data }: TensorData<'float32'>, random: Random): TensorData<'float32'> {
  if (!isWeight(shape)) {
    const order = random.permutation(data.length);
    return { dtype: 'float32', shape, data: Float32Array.from(order, (index) => data[index] as number) };
  }
  const mean = data.reduce((sum, value) => sum + value, 0) / data.length;
  const variance = data.reduce((sum, value) => sum + (value - mean) ** 2, 0) / data.length;
  const deviation = Math.sqrt(variance);
  return { dtype: 'float32', shape, data: data.map(() => mean + deviation * random.normal()) };
}

/** Gives each parameter its own sequence, whatever its place (FNV-1a). */
function hashOf(name: string): number {
  let hash = 0x811c9dc5;
  for (const character of name) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return hash >>> 0;
}
