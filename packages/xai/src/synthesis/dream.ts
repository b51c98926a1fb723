import { Random, type Instance } from '@convscope/gpu-engine';
import { float32Tensor, valueOf, type Graph, type TensorData } from '@convscope/gpu-engine/graph';
import type { Unit } from '../method.ts';
import type { Session } from '../session.ts';
import { DREAM, dreamStep, layerShape, rollIndices, type DreamStepOptions } from './dream-step.ts';
import { trunkFor } from './attach-network.ts';
import { runSteps, withState } from './making.ts';
import { fromSamples } from './picture-space.ts';
import { resized, sizeWithLongerSide, sum, type Size } from './resized.ts';

export interface DreamOptions extends Pick<DreamStepOptions, 'layer' | 'objective' | 'scale' | 'clip'> {
  readonly octaves: number;
  readonly octaveScale: number;
  /** Steps in each octave. */
  readonly iterations: number;
  /** In samples: 1 is from black to white. */
  readonly step: number;
  /** Pixels that the picture is rolled by at most, in each direction; a quarter of it where that is less. */
  readonly jitter: number;
  /** What counts of the layer. */
  readonly unit?: Unit | undefined;
  /** Samples of a picture [1, C, H, W] that guides. */
  readonly guide?: TensorData<'float32'> | undefined;
  /** Pictures of the sequence; each next one starts from the middle of the one before. */
  readonly frames: number;
  /** The part of the side that is cut off between two pictures of the sequence. */
  readonly zoom: number;
  readonly seed: number;
  readonly signal: AbortSignal | undefined;
  readonly onProgress?: ((done: number) => void) | undefined;
  /** Called after each octave with the samples [1, C, H, W] as they stand. */
  readonly onSamples?: ((samples: TensorData<'float32'>) => void) | undefined;
}

/** Octaves whose shorter side would be below this show nothing to a network, and are left out. */
const LEAST_SIDE = 16;

/** The sizes that a dream goes through, the smallest first. */
export function octaveSizes({ height, width }: Size, octaves: number, octaveScale: number): readonly Size[] {
  const sizes = Array.from({ length: octaves }, (_, octave) => ({
    height: Math.round(height / octaveScale ** octave),
    width: Math.round(width / octaveScale ** octave),
  }));
  return sizes.filter((size, octave) => octave === 0 || Math.min(size.height, size.width) >= LEAST_SIDE).toReversed();
}

/**
 * Deep dreams over samples [1, C, H, W]: at each octave the base picture of that size plus the details that the smaller
 * octaves brought, which gradient ascent then goes on with. Gives one picture a frame.
 */
export async function dream(
  session: Session,
  samples: TensorData<'float32'>,
  options: DreamOptions,
): Promise<readonly TensorData<'float32'>[]> {
  const { layer, unit, octaves, octaveScale, iterations, frames, zoom, signal, onProgress, onSamples } = options;
  const { model } = session;
  const [, channels = 1] = samples.shape;
  const full = sizeWithLongerSide(samples, 0);
  const sizes = octaveSizes(full, octaves, octaveScale);
  const shapes = sizes.map(({ height, width }) => [1, channels, height, width]);
  const guide = options.guide === undefined ? undefined : await guideFeatures(session, layer, options.guide);
  const random = new Random(options.seed, 0xd9ea);
  const state = new Map(shapes.map((shape, octave) => [nameOf(octave), float32Tensor(shape)]));
  const done = frames * sizes.length * iterations;
  let steps = 0;

  return withState(session, state, async ({ parameters, instantiate }) => {
    const octaveSteps: { readonly instance: Instance; readonly fixed: Record<string, TensorData<'float32'>> }[] = [];
    for (const [octave, shape] of shapes.entries()) {
      const graph = dreamStep(model, {
        ...options,
        shape,
        picture: nameOf(octave),
        isMasked: unit !== undefined,
        ...(guide === undefined ? {} : { guidePlaces: guide.shape[1] as number }),
      });
      octaveSteps.push({
        instance: await instantiate(graph),
        fixed: {
          ...(guide === undefined ? {} : { [DREAM.guide]: guide }),
          ...(unit === undefined ? {} : { [DREAM.mask]: unitMask(layerShape(model, layer, shape), unit) }),
        },
      });
    }
    const pictures: TensorData<'float32'>[] = [];
    let base = samples;
    for (let frame = 0; frame < frames; frame++) {
      let detail: TensorData<'float32'> | undefined;
      for (const [octave, size] of sizes.entries()) {
        const octaveBase = octave === sizes.length - 1 ? base : resized(base, size);
        const start = detail === undefined ? octaveBase : sum(octaveBase, resized(detail, size));
        parameters.write(nameOf(octave), start);
        const { instance, fixed } = octaveSteps[octave] as (typeof octaveSteps)[number];
        await runSteps(instance, {
          from: 0,
          to: iterations,
          options: () => ({
            inputs: { ...fixed, ...jitterInputs(random, size, options.jitter) },
            scalars: { [DREAM.step]: options.step },
          }),
          signal,
          onStep: () => onProgress?.(++steps / done),
        });
        const dreamt = (await parameters.tensor(nameOf(octave)).read()) as TensorData<'float32'>;
        detail = sum(dreamt, octaveBase, -1);
        if (octave === sizes.length - 1) base = dreamt;
        onSamples?.(octave === sizes.length - 1 ? dreamt : resized(dreamt, full));
      }
      pictures.push(base);
      const { height, width } = full;
      const [top, left] = [(height * zoom) / 2, (width * zoom) / 2];
      base = resized(base, full, { top, left, height: height - 2 * top, width: width - 2 * left });
    }
    return pictures;
  });
}

function nameOf(octave: number): string {
  return `${DREAM.picture}:${octave}`;
}

function jitterInputs(random: Random, { height, width }: Size, jitter: number): Record<string, TensorData<'int32'>> {
  const shift = (size: number): number => {
    const most = Math.min(jitter, Math.floor(size / 4));
    return random.below(2 * most + 1) - most;
  };
  const [rows, rowsBack] = rollIndices(height, shift(height));
  const [columns, columnsBack] = rollIndices(width, shift(width));
  return {
    [DREAM.rolledRows]: rows,
    [DREAM.rolledColumns]: columns,
    [DREAM.rowsBack]: rowsBack,
    [DREAM.columnsBack]: columnsBack,
  };
}

/** Ones where the unit is, over [1, C, h, w] or [1, F]. */
function unitMask(shape: readonly number[], { channel, y, x }: Unit): TensorData<'float32'> {
  const [, , height = 1, width = 1] = shape;
  const plane = height * width;
  const mask = float32Tensor([1, ...shape.slice(1)]);
  const exact = channel * plane + (y ?? 0) * width + (x ?? 0);
  mask.data.fill(1, y === undefined ? channel * plane : exact, y === undefined ? (channel + 1) * plane : exact + 1);
  return mask;
}

/** The guide's features in the layer, [C, places]. */
async function guideFeatures(
  session: Session,
  layer: string,
  guide: TensorData<'float32'>,
): Promise<TensorData<'float32'>> {
  const { model } = session;
  const features = await layerValue(session, layer, fromSamples(guide, model.preprocessing));
  const [, channels = 1, height = 1, width = 1] = features.shape;
  return { ...features, shape: [channels, height * width] };
}

/** What a layer gives for inputs [N, C, H, W] of any size that it can take. */
export async function layerValue(
  session: Session,
  layer: string,
  input: TensorData<'float32'>,
): Promise<TensorData<'float32'>> {
  const graph: Graph = trunkFor(session.model, layer, input.shape);
  return withState(session, new Map(), async ({ instantiate }) => {
    const results = await (await instantiate(graph)).run({ inputs: { [graph.inputs[0] as string]: input } });
    return (await results.get(valueOf(graph, layer).name)?.read()) as TensorData<'float32'>;
  });
}
