import type { Tensor } from '@convscope/gpu-engine';
import { GraphBuilder, type Graph } from '@convscope/gpu-engine/graph';
import type { Method } from '../method.ts';
import type { Session } from '../session.ts';
import { classScores } from '../signal/batched.ts';
import { rectified } from '../signal/cam.ts';
import { softmax } from '../signal/softmax.ts';
import { batchOfChannels, weightedMaps, type ChannelsRequest } from '../signal/weighted-maps.ts';

/**
 * Score-CAM, algorithm 1: each map, resized bilinearly to the input and scaled to 0 … 1, masks the input; the softmax
 * over the channels of the class logits that this gives are the weights. The logit of the baseline, which the algorithm
 * takes off each, cancels in the softmax. (The authors' code takes class probabilities as weights instead.)
 */
export const scoreCam: Method = {
  name: 'score-cam',
  title: 'Score-CAM',
  summary: 'A layer’s maps, weighted with the score of the input seen through each of them. Needs no gradients.',
  formula: 'L = ReLU(Σ_k w_k A_k), w = softmax_k y_c(x ⊙ s(resize(A_k))), s scales to 0 … 1',
  paper: {
    authors: 'Wang, Wang, Du, Yang, Zhang, Ding, Mardziel, Hu',
    title: 'Score-CAM: Score-Weighted Visual Explanations for Convolutional Neural Networks',
    year: 2019,
    arxiv: '1910.01279',
  },
  explains: ['class'],
  layer: 'last-features',
  parameters: { relu: rectified(true), batch: batchOfChannels },
  run: (session, request) =>
    weightedMaps(
      session,
      request,
      'score-cam',
      async (channels) =>
        classScores(session, await maskedPictures(session, channels), channels.target, channels.signal),
      (scores) => Promise.resolve(softmax(scores)),
    ),
};

/** The picture seen through each of `count` maps: [count, C, H, W]. A map that is the same everywhere hides all. */
async function maskedPictures(
  session: Session,
  { picture, maps, first, count, signal }: ChannelsRequest,
): Promise<Tensor> {
  const [, channels, height, width] = picture.shape as [number, number, number, number];
  const [, , mapHeight, mapWidth] = maps.shape as [number, number, number, number];
  const plane = mapHeight * mapWidth;
  const shape = [count, 1, mapHeight, mapWidth];
  const build = (): Graph => {
    const builder = new GraphBuilder();
    const seen = builder.input('picture', 'float32', [1, channels, height, width]);
    const resized = builder.op('resize', [builder.input('maps', 'float32', shape)], { size: [height, width] });
    const extreme = (op: string) => builder.op(op, [resized], { axes: [1, 2, 3], keepDimensions: true });
    const least = extreme('reduceMin');
    const range = builder.op('subtract', [extreme('reduceMax'), least]);
    const smallest = builder.constant('smallest', { dtype: 'float32', shape: [], data: Float32Array.of(1e-30) });
    const scaled = builder.op('divide', [
      builder.op('subtract', [resized, least]),
      builder.op('maximum', [range, smallest]),
    ]);
    builder.output(builder.op('multiply', [seen, scaled]));
    return builder.build();
  };
  const data = maps.data.slice(first * plane, (first + count) * plane);
  const inputs = { picture, maps: { dtype: 'float32', shape, data } as const };
  const key = `seen through maps of ${shape.join('x')}`;
  const results = await session.run(key, picture, build, { inputs, signal });
  return results.values().next().value as Tensor;
}
