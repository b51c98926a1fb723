import { optimizerScalars, Random, type Tensor } from '@convscope/gpu-engine';
import { float32Tensor, type TensorData } from '@convscope/gpu-engine/graph';
import type { Session } from '../session.ts';
import { layerValue } from './dream.ts';
import {
  INVERSION,
  INVERSION_OPTIMIZERS,
  inversionPicture,
  inversionStep,
  stateShape,
  type InversionOptimizer,
  type InversionSpace,
} from './inversion-step.ts';
import { partsOf, runSteps, withState } from './making.ts';
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
  readonly space: InversionSpace;
  /** Of the optimizer's schedule, as a factor. */
  readonly length: number;
  readonly seed: number;
  readonly signal: AbortSignal | undefined;
  readonly onProgress?: ((done: number) => void) | undefined;
  /** Called now and then with the samples [1, C, H, W] as they stand. */
  readonly onSamples?: ((samples: TensorData<'float32'>) => void) | undefined;
}

export interface Inversion {
  /** Samples [1, C, H, W]. */
  readonly samples: TensorData<'float32'>;
  /** ||features - target||^2 / ||target||^2 at the end. */
  readonly error: number;
  /** The learning rate that it went with. */
  readonly learningRate: number;
}

/** Steps before each of which the optimizer forgets, and the learning rate's factor when a part of them is done. */
interface Phase {
  readonly steps: number;
  readonly factor: (done: number) => number;
}

/** Of momentum, the paper's. Adam's falls along a half cosine: the large steps find the shapes, the small ones the rest. */
const SCHEDULES: Readonly<Record<InversionOptimizer, readonly Phase[]>> = {
  momentum: [
    { steps: 100, factor: () => 1 },
    { steps: 200, factor: () => 0.1 },
    { steps: 100, factor: () => 0.01 },
  ],
  adam: [{ steps: 300, factor: (done) => (1 + Math.cos(Math.PI * done)) / 2 }],
};

/** Display steps: the noise that the picture starts from. */
const NOISE = 1;
/** How often the learning rate may be halved. */
const MOST_HALVINGS = 14;
/** Steps that show how good a learning rate is. */
const TRIAL_STEPS = 20;

/**
 * A picture whose features in a layer are those of the given one. The paper's learning rate for momentum is AlexNet's;
 * other networks and layers run away with it or die. So the start is tried with it and with halves of it, and the one
 * that brings the loss down most in 20 steps is taken.
 */
export async function inversion(session: Session, options: InversionOptions): Promise<Inversion> {
  const { layer, input, optimizer, signal, onProgress, onSamples, length } = options;
  const { model } = session;
  const { shape } = input;
  const target = await layerValue(session, layer, input);
  const energy = target.data.reduce((sum, value) => sum + value * value, 0) || 1;
  const middle = middleOf(session);
  const featureWeight = pictureEnergy(input, session, middle) / energy;
  const stepOptions = { ...options, shape, middle };
  const graph = inversionStep(model, stepOptions);
  const memories = [...graph.updates.keys()].filter((name) => name !== INVERSION.state);
  const zeros = float32Tensor(stateShape(stepOptions));
  const random = new Random(options.seed, 0x1417);
  const start = float32Tensor(
    zeros.shape,
    zeros.data.map(() => NOISE * random.normal()),
  );
  const state = new Map([[INVERSION.state, start], ...memories.map((name) => [name, zeros] as const)]);
  return withState(session, state, async ({ parameters, instantiate }) => {
    const instance = await instantiate(graph);
    const drawing = await instantiate(inversionPicture(stepOptions));
    const phases = SCHEDULES[optimizer].map((phase) => ({ ...phase, steps: stepsOf(phase, length) }));
    const total = phases.reduce((sum, { steps }) => sum + steps, 0);
    const energies = { error: Infinity, loss: Infinity };
    let done = 0;
    const run = async (from: number, to: number, learningRate: (step: number) => number): Promise<void> => {
      let last: ReadonlyMap<string, Tensor> = new Map();
      await runSteps(instance, {
        from,
        to,
        options: (step) => ({
          inputs: { [INVERSION.target]: target },
          scalars: {
            ...optimizerScalars(INVERSION_OPTIMIZERS[optimizer], { step: step + 1, learningRate: learningRate(step) }),
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
    const draw = async (): Promise<TensorData<'float32'>> => {
      const results = await drawing.run();
      return samplesOf((await results.get(INVERSION.picture)?.read()) as TensorData<'float32'>, middle);
    };
    const forget = (): void => memories.forEach((name) => parameters.write(name, zeros));
    const restart = (): void => {
      parameters.write(INVERSION.state, start);
      forget();
      done = 0;
    };
    let { learningRate } = options;
    if (optimizer === 'momentum') {
      let least = Infinity;
      await run(0, 1, () => learningRate);
      const before = energies.loss;
      for (let halvings = 0; halvings <= MOST_HALVINGS; halvings++) {
        const tried = options.learningRate / 2 ** halvings;
        restart();
        await run(0, Math.min(TRIAL_STEPS, phases[0]?.steps ?? 0), () => tried);
        if (energies.loss < least) [least, learningRate] = [energies.loss, tried];
        else if (least < before) break;
      }
      restart();
    }
    for (const [index, { steps, factor }] of phases.entries()) {
      if (index > 0) forget();
      const parts = onSamples === undefined ? [[0, steps] as const] : partsOf(0, steps);
      for (const [from, to] of parts) {
        await run(from, to, (step) => learningRate * factor(step / steps));
        onSamples?.(await draw());
      }
    }
    return { samples: await draw(), error: energies.error, learningRate };
  });
}

function stepsOf({ steps }: Phase, length: number): number {
  return Math.max(1, Math.round(steps * length));
}

/** Of a picture in display steps around the middle. */
function samplesOf({ shape, data }: TensorData<'float32'>, middle: readonly number[]): TensorData<'float32'> {
  const plane = (shape[2] as number) * (shape[3] as number);
  return float32Tensor(
    shape,
    data.map((value, index) => (value + (middle[Math.floor(index / plane)] ?? 0)) / 255),
  );
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
