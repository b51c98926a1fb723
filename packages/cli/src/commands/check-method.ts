import type { TensorData } from '@convscope/gpu-engine/graph';
import {
  completeness,
  completeParameters,
  deletionInsertion,
  methodNamed,
  methods,
  parameterRandomizations,
  pixelMap,
  type Completeness,
  type DeletionInsertion,
  type Explanation,
  type Method,
  type ParameterValues,
  type RandomizationStep,
  type RandomizationSubject,
  type Session,
} from '@convscope/xai';
import { invalid } from '../arguments.ts';
import { parseSettings } from '../explanation-request.ts';
import { nearest } from '../nearest.ts';

/** A method with the parameters that it is judged with. */
export interface JudgedMethod {
  readonly method: Method;
  readonly parameters: ParameterValues;
  /** What differs from the method's defaults, in words. */
  readonly settings: string;
}

/** Fewer samples than the defaults: a check runs each method many times. */
const LIGHTER: ReadonlyMap<string, ParameterValues> = new Map([['rise', { masks: 500 }]]);

/** Methods that say where in a picture something is, which is what can be judged. */
const JUDGEABLE: readonly Method[] = Object.values<Method>(methods).filter(
  ({ name, kind }) => kind !== 'picture' && name !== 'feature-maps',
);

/** The methods that the flags name, or all. Throws `invalid-parameter`, naming the flag. */
export function judgedMethods(names: readonly string[], settings: readonly string[]): readonly JudgedMethod[] {
  const all = JUDGEABLE.map(({ name }) => name);
  const chosen = names.flatMap((name) => name.split(',')).flatMap((name) => (name === 'all' ? all : [name]));
  for (const name of chosen) {
    if (all.includes(name)) continue;
    const near = nearest(name, all);
    throw invalid(
      '--method',
      `not a method whose maps can be judged${near === undefined ? '' : `, did you mean ${near}?`}`,
      {
        got: JSON.stringify(name),
        wanted: `all, or some of ${all.join(', ')}`,
      },
    );
  }
  const given = new Map<string, string[]>();
  for (const text of settings) {
    const [, name, setting] = /^([a-z0-9-]+)\.([^=]+=.*)$/s.exec(text) ?? [];
    if (name === undefined || setting === undefined || !chosen.includes(name)) {
      throw invalid('--set', 'not a setting of a method that is judged', {
        got: JSON.stringify(text),
        wanted: 'METHOD.key=value',
      });
    }
    given.set(name, [...(given.get(name) ?? []), setting]);
  }
  return [...new Set(chosen)].map((name) => {
    const method = methodNamed(name);
    const defaults = completeParameters(method);
    const own = parseSettings(method, given.get(name) ?? []);
    const parameters = given.has(name) ? own : { ...defaults, ...LIGHTER.get(name) };
    const changed = Object.entries(parameters).filter(([key, value]) => value !== defaults[key]);
    return { method, parameters, settings: changed.map(([key, value]) => `${String(value)} ${key}`).join(', ') };
  });
}

/** A method's map for one picture and class. */
export interface OwnMap extends Pick<Explanation, 'sign' | 'remarks'> {
  readonly result: TensorData<'float32'>;
  /** What it is judged by: how strongly it points at each pixel. */
  readonly map: Float32Array;
  readonly layer: string | undefined;
}

export interface JudgedPicture {
  /** [1, C, H, W]. */
  readonly input: TensorData<'float32'>;
  readonly target: number;
  readonly layer?: string | undefined;
  readonly seed: number;
  readonly signal: AbortSignal;
}

/** Which layer and class the method is asked about: class-agnostic methods take none, others no layer. */
export function requestFor(
  { method, parameters }: JudgedMethod,
  { input, target, layer, seed, signal }: JudgedPicture,
) {
  const looksAtLayer = method.layer === 'first-features' || method.layer === 'last-features';
  return {
    input,
    parameters,
    seed,
    signal,
    ...(method.explains.includes('class') ? { target } : {}),
    ...(looksAtLayer && layer !== undefined ? { layer } : {}),
  };
}

export async function mapOf(session: Session, judged: JudgedMethod, picture: JudgedPicture): Promise<OwnMap> {
  const explanation = await session.explain(judged.method, requestFor(judged, picture));
  try {
    const result = (await explanation.tensor.read()) as TensorData<'float32'>;
    const map = pixelMap(judged.method, result, picture.input.shape);
    const { sign, layer, remarks } = explanation;
    return { result, map, sign, layer, remarks };
  } finally {
    explanation.dispose();
  }
}

/** All that can be said of one map without knowing what decides. */
export interface Worth {
  readonly completeness: Completeness | undefined;
  readonly curves: DeletionInsertion;
  readonly randomization: readonly RandomizationStep[];
}

/** What the curves and the sum of one map say. */
export async function curvesOf(
  session: Session,
  { method, parameters }: JudgedMethod,
  { input, target, signal }: JudgedPicture,
  { result, map }: Pick<OwnMap, 'result' | 'map'>,
  steps: number,
): Promise<Pick<Worth, 'completeness' | 'curves'>> {
  const attribution = { method: method.name, parameters, input, target, attribution: result, signal };
  const curves = await deletionInsertion(session, input, map, { target, steps, signal });
  return { curves, completeness: await completeness(session, attribution) };
}

/** What the randomisation of parameters is asked about one method. */
export function randomizationSubject(
  judged: JudgedMethod,
  picture: JudgedPicture,
  { map }: Pick<OwnMap, 'map'>,
): RandomizationSubject {
  return { method: judged.method, request: requestFor(judged, picture), trained: map };
}

/** What one map is worth, and whose it is. */
export interface Judgement extends Worth {
  readonly name: string;
  readonly settings: string;
  readonly layer: string | undefined;
  readonly caveat: string | undefined;
}

export async function judgementOf(
  session: Session,
  judged: JudgedMethod,
  picture: JudgedPicture,
  steps: number,
): Promise<Judgement> {
  const { method, settings } = judged;
  const own = await mapOf(session, judged, picture);
  const curves = await curvesOf(session, judged, picture, own, steps);
  const { seed, signal } = picture;
  const subject = randomizationSubject(judged, picture, own);
  const [randomization = []] = await parameterRandomizations(session, [subject], { seed, signal });
  return { name: method.name, settings, layer: own.layer, ...curves, randomization, caveat: method.caveat };
}
