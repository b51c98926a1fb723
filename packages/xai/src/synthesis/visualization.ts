import { optimizerScalars, Random, type Instance } from '@convscope/gpu-engine';
import { float32Tensor, type TensorData } from '@convscope/gpu-engine/graph';
import type { Session } from '../session.ts';
import { partsOf, runSteps, withState } from './making.ts';
import { fourierParameterization, pixelParameterization } from './parameterization.ts';
import { drawView, VIEW } from './transforms.ts';
import { ADAM, samplesGraph, VISUALIZATION, visualizationStep } from './visualization-step.ts';

export interface VisualizationOptions {
  readonly layer: string;
  /** Of the layer's shape [N, C, h, w] or [N, F]: what each of the N pictures is to bring forth. */
  readonly weights: TensorData<'float32'>;
  /** The pictures' shape [N, C, H, W]. */
  readonly shape: readonly number[];
  readonly parameterization: 'fourier' | 'pixel';
  readonly isTransformed: boolean;
  readonly steps: number;
  readonly learningRate: number;
  readonly diversity: number;
  readonly cosinePower: number;
  readonly seed: number;
  readonly signal: AbortSignal | undefined;
  readonly onProgress?: ((done: number) => void) | undefined;
  /** Called now and then with the samples [N, C, H, W] as they stand. */
  readonly onSamples?: ((samples: TensorData<'float32'>) => void) | undefined;
}

/** Steps in which gradients are redirected (Lucid). */
const REDIRECTED_STEPS = 16;

/** Samples [N, C, H, W] of pictures made from noise. The loop stays on the GPU; only what is shown is read. */
export async function visualization(session: Session, options: VisualizationOptions): Promise<TensorData<'float32'>> {
  const { model } = session;
  const { shape, steps, learningRate, isTransformed, weights, seed, signal, onProgress, onSamples } = options;
  const [, channels, height, width] = shape as [number, number, number, number];
  const parameterize = options.parameterization === 'fourier' ? fourierParameterization : pixelParameterization;
  const parameterization = parameterize(shape, channels === 3 ? model.preprocessing.order : undefined);
  const moments = float32Tensor(parameterization.shape);
  const start = parameterization.initial(seed);
  const graphs = [true, false].map((isRedirected) =>
    visualizationStep(model, { ...options, parameterization, isRedirected }),
  );
  const state = new Map(
    [...(graphs[0]?.updates.keys() ?? [])].map((name) => [name, name === VISUALIZATION.state ? start : moments]),
  );
  const random = new Random(seed, 0x71e3);
  return withState(session, state, async ({ instantiate }) => {
    const drawing = await instantiate(samplesGraph(parameterization));
    const draw = async (): Promise<TensorData<'float32'>> =>
      (await (await drawing.run()).values().next().value?.read()) as TensorData<'float32'>;
    const runPart = async (instance: Instance, from: number, to: number): Promise<void> =>
      runSteps(instance, {
        from,
        to,
        options: (step) => ({
          inputs: {
            [VISUALIZATION.weights]: weights,
            ...(isTransformed ? { [VIEW]: drawView(random, height, width) } : {}),
          },
          scalars: optimizerScalars(ADAM, { step, learningRate }),
        }),
        signal,
        onStep: (step) => onProgress?.(step / steps),
      });
    const run = async (instance: Instance, from: number, to: number): Promise<void> => {
      if (onSamples === undefined) return runPart(instance, from, to);
      for (const [start, end] of partsOf(from, to)) {
        await runPart(instance, start, end);
        onSamples(await draw());
      }
    };
    const [first, rest] = graphs.map((graph) => ({ ...graph, outputs: [] }));
    const redirected = Math.min(REDIRECTED_STEPS, steps);
    await run(await instantiate(first as NonNullable<typeof first>), 1, redirected + 1);
    if (steps > redirected) {
      await run(await instantiate(rest as NonNullable<typeof rest>), redirected + 1, steps + 1);
    }
    return draw();
  });
}
