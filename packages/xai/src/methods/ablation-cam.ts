import type { Tensor } from '@convscope/gpu-engine';
import { valueOf, type Graph } from '@convscope/gpu-engine/graph';
import type { Method } from '../method.ts';
import type { Session } from '../session.ts';
import { classScores, scoresOf } from '../signal/batched.ts';
import { rectified } from '../signal/cam.ts';
import { repeated } from '../signal/layer-values.ts';
import { withReplacedValue } from '../signal/replace-value.ts';
import { batchOfChannels, weightedMaps, type ChannelsRequest } from '../signal/weighted-maps.ts';

const KEPT = 'explanation.kept';
const REMAINING = 'explanation.remaining';

/**
 * Ablation-CAM: the weight of a channel is the part of the class score that is lost when the channel is set to zero,
 * (y - y_k) / y (equation 5). Here the loss is divided by the score's magnitude, so that a negative score does not turn
 * evidence for the class into evidence against it.
 */
export const ablationCam: Method = {
  name: 'ablation-cam',
  title: 'Ablation-CAM',
  summary: 'A layer’s maps, weighted with what the class score loses without each of them. Needs no gradients.',
  formula: 'L = ReLU(Σ_k w_k A_k), w_k = (y_c − y_c(A_k = 0)) / |y_c|',
  paper: {
    authors: 'Desai, Ramaswamy',
    title: 'Ablation-CAM: Visual Explanations for Deep Convolutional Network via Gradient-free Localization',
    year: 2020,
  },
  explains: ['class'],
  layer: 'last-features',
  parameters: { relu: rectified(true), batch: batchOfChannels },
  run: (session, request) =>
    weightedMaps(
      session,
      request,
      'ablation-cam',
      (channels) => scoresWithout(session, channels),
      async (scores, { picture, target, signal }) => {
        const [whole = 0] = await classScores(session, picture, target, signal);
        return scores.map((score) => (whole - score) / (Math.abs(whole) || 1));
      },
    ),
};

/** The class score without each of `count` channels of the layer. */
async function scoresWithout(
  session: Session,
  { picture, target, layer, maps, first, count, signal }: ChannelsRequest,
): Promise<Float64Array> {
  const { input, logits } = session.model;
  const channels = maps.shape[1] as number;
  const kept = {
    dtype: 'float32',
    shape: [count, channels, 1, 1],
    data: new Float32Array(count * channels).fill(1),
  } as const;
  for (let row = 0; row < count; row++) kept.data[row * channels + first + row] = 0;
  const build = (graph: Graph): Graph => {
    const without = withReplacedValue(graph, layer, (builder, value) =>
      builder.op('multiply', [value, builder.input(KEPT, 'float32', kept.shape)], {}, REMAINING),
    );
    return { ...without, outputs: [valueOf(without, logits).name] };
  };
  const pictures = repeated(picture, count);
  const results = await session.run(`without channels of ${layer}`, pictures, build, {
    inputs: { [input]: pictures, [KEPT]: kept },
    signal,
  });
  return scoresOf(await (results.values().next().value as Tensor).read(), target);
}
