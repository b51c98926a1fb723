import { optimizerScalars, Random, type Tensor } from '@convscope/gpu-engine';
import { float32Tensor, type TensorData } from '@convscope/gpu-engine/graph';
import type { Session } from '../session.ts';
import { layerValue } from './dream.ts';
import { INVERSION, INVERSION_OPTIMIZERS, inversionStep, type InversionOptimizer } from './inversion-step.ts';
import { runSteps, withState } from './making.ts';
import { sampleScale } from './picture-space.ts';

export interface InversionOptions {
  readonly layer: string;
  /** The picture to invert [1, C, H, W], as the network takes it. */
  readonly input: TensorData<'float32'>;
  readonly variation: number;
  readonly alphaNorm: number;
  /** In display steps for Adam. */
  readonly learningRate: number;
  readonly optimizer: InversionOptimizer;
  /** Of the schedule's 400 steps, as a factor: 100 steps at the learning rate, 200 at a tenth, 100 at a hundredth. */
  readonly length: number;
  readonly seed: number;
  readonly signal: AbortSignal | undefined;
  readonly onProgress?: ((done: number) => void) | undefined;
}

export interface Inversion {
  /** Samples [1, C, H, W]. */
  readonly samples: TensorData<'float32'>;
  /** ||features - target||^2 / ||target||^2 at the end. */
  readonly error: number;
  /** The learning rate that it went with. */
  readonly learningRate: number;
}

const PHASES = [
  { steps: 100, factor: 1 },
  { steps: 200, factor: 0.1 },
  { steps: 100, factor: 0.01 },
] as const;

/** Display steps: the noise that the picture starts from. */
const NOISE = 1;
/** How often the learning rate may be halved. */
const MOST_HALVINGS = 14;
/** Steps that show how good a learning rate is. */
const TRIAL_STEPS = 20;

/**
 * A picture whose features in a layer are those of the given one. The paper's learning rate is AlexNet's; other networks
 * and layers run away with it or die. So the start is tried with it and with halves of it, and the one that brings the
 * loss down most in 20 steps is taken.
 */
export async function inversion(session: Session, options: InversionOptions): Promise<Inversion> {
  const { layer, input, signal, onProgress, length } = options;
  const { model } = session;
  const { shape } = input;
  const target = await layerValue(session, layer, input);
  const energy = target.data.reduce((sum, value) => sum + value * value, 0) || 1;
  const middle = middleOf(session);
  const featureWeight = pictureEnergy(input, session, middle) / energy;
  const graph = inversionStep(model, { ...options, shape, middle });
  const memories = [...graph.updates.keys()].filter((name) => name !== INVERSION.state);
  const zeros = float32Tensor(shape);
  const random = new Random(options.seed, 0x1417);
  const start = float32Tensor(
    shape,
    zeros.data.map(() => NOISE * random.normal()),
  );
  const state = new Map([[INVERSION.state, start], ...memories.map((name) => [name, zeros] as const)]);
  return withState(session, state, async ({ parameters, instantiate }) => {
    const instance = await instantiate(graph);
    const energies = { error: Infinity, loss: Infinity };
    let done = 0;
    const counts = PHASES.map(({ steps }) => Math.max(1, Math.round(steps * length)));
    const total = counts.reduce((sum, count) => sum + count, 0);
    const run = async (steps: number, learningRate: number): Promise<void> => {
      let last: ReadonlyMap<string, Tensor> = new Map();
      await runSteps(instance, {
        from: 0,
        to: steps,
        options: (step) => ({
          inputs: { [INVERSION.target]: target },
          scalars: {
            ...optimizerScalars(INVERSION_OPTIMIZERS[options.optimizer], { step: step + 1, learningRate }),
            [INVERSION.featureWeight]: featureWeight,
          },
        }),
        signal,
        onStep: (_, results) => {
          last = results;
          onProgress?.(Math.min(1, done++ / total));
        },
      });
      const read = async (name: string): Promise<number> => (await last.get(name)?.read())?.data[0] ?? NaN;
      energies.error = (await read(INVERSION.error)) / energy;
      const loss = await read(INVERSION.loss);
      energies.loss = Number.isFinite(loss) ? loss : Infinity;
    };
    const forget = (): void => memories.forEach((name) => parameters.write(name, zeros));
    const restart = (): void => {
      parameters.write(INVERSION.state, start);
      forget();
      done = 0;
    };
    let { learningRate } = options;
    let least = Infinity;
    await run(1, learningRate);
    const before = energies.loss;
    // Adam's steps have the length that is asked for.
    const most = options.optimizer === 'adam' ? -1 : MOST_HALVINGS;
    for (let halvings = 0; halvings <= most; halvings++) {
      const tried = options.learningRate / 2 ** halvings;
      restart();
      await run(Math.min(TRIAL_STEPS, counts[0] as number), tried);
      if (energies.loss < least) [least, learningRate] = [energies.loss, tried];
      else if (least < before) break;
    }
    restart();
    for (const [phase, { factor }] of PHASES.entries()) {
      if (phase > 0) forget();
      await run(counts[phase] as number, learningRate * factor);
    }
    const { error } = energies;
    const made = (await parameters.tensor(INVERSION.state).read()) as TensorData<'float32'>;
    const plane = (shape[2] as number) * (shape[3] as number);
    const samples = made.data.map((value, index) => (value + (middle[Math.floor(index / plane)] ?? 0)) / 255);
    return { samples: float32Tensor(shape, samples), error, learningRate };
  });
}

/** The network's mean in display values, one a channel; mid-grey where it names none. */
function middleOf({ model: { preprocessing } }: Session): readonly number[] {
  const { mean } = preprocessing;
  const { factors, offsets } = sampleScale(preprocessing);
  if (mean.every((value) => value === 0)) return factors.map(() => 127.5);
  return factors.map((factor, channel) => Math.min(255, Math.max(0, (-255 * (offsets[channel] ?? 0)) / factor)));
}

/** The squared norm of a picture in display steps around the middle: the paper's sigma^2, of this picture. */
function pictureEnergy({ shape, data }: TensorData<'float32'>, session: Session, middle: readonly number[]): number {
  const { factors, offsets } = sampleScale(session.model.preprocessing);
  const plane = (shape[2] as number) * (shape[3] as number);
  return data.reduce((sum, value, index) => {
    const channel = Math.floor(index / plane) % factors.length;
    const display = (255 * (value - (offsets[channel] ?? 0))) / (factors[channel] ?? 1) - (middle[channel] ?? 0);
    return sum + display * display;
  }, 0);
}
