import type { GpuDevice } from '../device/gpu-device.ts';
import {
  ConvscopeError,
  concreteShape,
  elementCount,
  throwIfCancelled,
  valueOf,
  type Graph,
  type KernelQuestion,
  type TensorData,
} from '../graph/index.ts';
import type { Instance } from '../plan/instance.ts';
import { kernelQuestions } from '../plan/kernel-questions.ts';
import { median } from '../plan/median.ts';
import { ParameterSet } from '../plan/parameter-set.ts';
import { Plan } from '../plan/plan.ts';
import { profileMethod, profileRun, type ProfileSettings } from '../plan/profile.ts';
import { Random } from '../training/random.ts';
import type { KernelTiming, KernelTuning, TunedProblem } from './kernel-tuning.ts';
import { problemGraph, RESULT } from './problem-graph.ts';

export interface TuneOptions extends Pick<ProfileSettings, 'clock' | 'method'> {
  /** Measurements of every kernel, of which the median counts. Default: 5. */
  readonly rounds?: number;
  /** Set for training: what kernels compute from weights then counts in every run. Default: false. */
  readonly weightsChange?: boolean;
  readonly signal?: AbortSignal | undefined;
  /** Is told before every problem, and once at the end. */
  readonly onProgress?: ((progress: TuneProgress) => void) | undefined;
}

export interface TuneProgress {
  /** Problems measured so far. */
  readonly done: number;
  readonly total: number;
  /** The next one; undefined at the end. */
  readonly problem: string | undefined;
}

/** Milliseconds that one measurement should take, for clocks that are coarse: browsers round timestamps to 0.1 ms. */
const WANTED = 10;
const MOST_REPEATS = 200;
/** A kernel that takes as many times the best one's time twice is not measured again. */
const HOPELESS = 3;
/** Another kernel than the usual one has to take at most this part of its time: less is noise. */
const CLEARLY_FASTER = 0.95;

/**
 * Measures, for every problem of a graph that several kernels can do, which one is the fastest on this device, on random
 * data. The graph's sizes must be bound, and it may have updates: those are not run. Takes seconds to minutes. Throws
 * `cancelled`, `invalid-parameter` where the device has no timestamp queries and no clock is given, `device-lost`.
 */
export async function tuneKernels(device: GpuDevice, graph: Graph, options: TuneOptions = {}): Promise<KernelTuning> {
  const { clock, rounds = 5, weightsChange = false, signal, onProgress } = options;
  const method = profileMethod(device, options);
  const asked = new Map<string, { question: KernelQuestion; uses: number }>();
  for (const question of kernelQuestions(device, graph)) {
    const uses = (asked.get(question.key)?.uses ?? 0) + 1;
    if (question.hopeful.length > 1) asked.set(question.key, { question, uses });
  }
  const problems: TunedProblem[] = [];
  let done = 0;
  for (const [problem, { question, uses }] of asked) {
    onProgress?.({ done, total: asked.size, problem });
    const timings = await new Contest(device, question, { method, rounds, weightsChange, signal, clock }).timings();
    const candidate = fastest(timings, question.usual);
    if (timings.length > 1) problems.push({ problem, uses, candidate, usual: question.usual, timings });
    done += 1;
  }
  onProgress?.({ done, total: asked.size, problem: undefined });
  return { format: 'convscope-kernels', version: 1, adapter: device.adapter, method, rounds, problems };
}

function fastest(timings: readonly KernelTiming[], usual: string): string {
  const [best] = timings.toSorted((a, b) => a.milliseconds - b.milliseconds);
  const own = timings.find(({ name }) => name === usual);
  if (best === undefined) return usual;
  return own === undefined || best.milliseconds <= CLEARLY_FASTER * own.milliseconds ? best.name : usual;
}

interface ContestOptions {
  readonly clock: (() => number) | undefined;
  readonly signal: AbortSignal | undefined;
  readonly method: 'timestamps' | 'clock';
  readonly rounds: number;
  readonly weightsChange: boolean;
}

interface Contestant {
  readonly name: string;
  readonly instance: Instance;
  readonly times: number[];
}

/** The kernels that can do one problem, on the same data. */
class Contest {
  readonly #device: GpuDevice;
  readonly #question: KernelQuestion;
  readonly #options: ContestOptions;

  constructor(device: GpuDevice, question: KernelQuestion, options: ContestOptions) {
    this.#device = device;
    this.#question = question;
    this.#options = options;
  }

  /** Every kernel's median time; without those for which the device has no room. */
  async timings(): Promise<readonly KernelTiming[]> {
    const graph = problemGraph(this.#question.problem, this.#options.weightsChange);
    const contestants: Contestant[] = [];
    const parameters = await this.#parameters(graph);
    if (parameters === undefined) return [];
    try {
      for (const name of this.#question.hopeful) {
        const instance = await this.#instance(graph, name, parameters);
        if (instance !== undefined) contestants.push({ name, instance, times: [] });
      }
      await this.#measure(contestants);
      return contestants.map(({ name, times }) => ({ name, milliseconds: median(times) }));
    } finally {
      for (const { instance } of contestants) {
        instance.dispose();
        instance.plan.dispose();
      }
      parameters.dispose();
    }
  }

  /** Once each to see what they take; then those that have a chance in turn, so that all meet the same disturbances. */
  async #measure(contestants: readonly Contestant[]): Promise<void> {
    for (const contestant of contestants) {
      // What compiles, or grows to its clock speed, does so now.
      await this.#time(contestant, 1);
      contestant.times.push(await this.#time(contestant, 1));
    }
    const best = Math.min(...contestants.map(({ times }) => times[0] as number));
    const isNear = ({ times }: Contestant) => Math.min(...times) <= HOPELESS * best;
    for (const contestant of contestants) {
      // Another process may have come between.
      if (!isNear(contestant)) contestant.times.push(await this.#time(contestant, 1));
    }
    const near = contestants.filter(isNear);
    for (const { times } of near) times.length = 0;
    const repeats = Math.max(1, Math.min(MOST_REPEATS, Math.round(WANTED / Math.max(best, 1e-3))));
    for (let round = 0; round < this.#options.rounds; round++) {
      for (const contestant of near) contestant.times.push(await this.#time(contestant, repeats));
    }
  }

  async #time({ instance }: Contestant, repeats: number): Promise<number> {
    const { method, clock, signal } = this.#options;
    throwIfCancelled(signal);
    const settings = { runs: 1, repeats, method, ...(clock === undefined ? {} : { clock }) };
    const { nodes } = await profileRun(instance, settings);
    return nodes.find(({ node }) => node === RESULT)?.milliseconds ?? 0;
  }

  async #instance(graph: Graph, name: string, parameters: ParameterSet): Promise<Instance | undefined> {
    const choices = new Map([...this.#device.kernelChoices, [this.#question.key, name]]);
    return whereThereIsRoom(async () => {
      const plan = await Plan.compile(this.#device, graph, { choices });
      try {
        return await plan.instantiate(parameters);
      } catch (error) {
        plan.dispose();
        throw error;
      }
    });
  }

  async #parameters(graph: Graph): Promise<ParameterSet | undefined> {
    const tensors = new Map([...graph.parameters.keys()].map((name) => [name, randomTensor(graph, name)]));
    return whereThereIsRoom(async () => ParameterSet.create(this.#device, tensors));
  }
}

/** Undefined where the device's memory or limits do not suffice. */
async function whereThereIsRoom<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (thrown) {
    const isFull = thrown instanceof ConvscopeError && ['out-of-memory', 'device-limit'].includes(thrown.code);
    if (isFull) return undefined;
    throw thrown;
  }
}

/** Numbers from -1 to 1; kernels could be faster over zeros. */
function randomTensor(graph: Graph, name: string): TensorData {
  const shape = concreteShape(valueOf(graph, name).shape, name);
  const random = new Random(name.charCodeAt(0));
  const data = new Float32Array(elementCount(shape));
  for (let index = 0; index < data.length; index++) data[index] = random.uniform(-1, 1);
  return { dtype: 'float32', shape, data };
}
