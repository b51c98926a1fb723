import type { Tensor } from '@convscope/gpu-engine';
import {
  backward,
  GraphBuilder,
  valueOf,
  type BackwardRule,
  type Graph,
  type TensorData,
} from '@convscope/gpu-engine/graph';
import type { Session } from '../session.ts';
import { SEED } from './start.ts';

const SIGNAL = 'explanation.signal';
const PEAK = 'explanation.peak';

/**
 * For each picture of a batch [B, C, H, W] a channel of its own: the signal at the input, sent back by the rules from the
 * channel's strongest unit, seeded with its own value. The tensor [B, C, H, W] holds until the next call.
 */
export async function signalsOfChannels(
  session: Session,
  pictures: TensorData<'float32'>,
  { layer, channels, rules, name }: ChannelSignals,
  signal: AbortSignal | undefined,
): Promise<Tensor> {
  const { input } = session.model;
  const shape = valueOf(session.graphFor(pictures), layer).shape as readonly number[];
  const count = shape[1] as number;
  const seedShape = shape.map((size, axis) => (axis < 2 ? size : 1));
  const seed = { dtype: 'float32', shape: seedShape, data: new Float32Array(channels.length * count) } as const;
  channels.forEach((channel, row) => (seed.data[row * count + channel] = 1));
  const build = (graph: Graph): Graph => {
    const builder = new GraphBuilder(graph);
    const isMap = shape.length === 4;
    const peak = isMap
      ? (builder.node('reduceMax', [layer], { axes: [2, 3], keepDimensions: true }, PEAK)[0] ?? '')
      : layer;
    const own = builder.op('multiply', [peak, builder.input(SEED, 'float32', seedShape)]);
    const result = backward(builder.build(), { of: peak, seed: own, wrt: [input], rules });
    const named = new GraphBuilder(result.graph);
    named.alias(SIGNAL, result.cotangents.get(input) as string);
    return { ...named.build(), outputs: [SIGNAL] };
  };
  const results = await session.run(`${name} from channels of ${layer}`, pictures, build, {
    inputs: { [input]: pictures, [SEED]: seed },
    signal,
  });
  return results.get(SIGNAL) as Tensor;
}

export interface ChannelSignals {
  readonly layer: string;
  /** One a picture. */
  readonly channels: readonly number[];
  readonly rules: readonly BackwardRule[];
  /** Names the rules: two sets of rules have two names. */
  readonly name: string;
}
