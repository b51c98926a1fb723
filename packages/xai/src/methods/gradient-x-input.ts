import type { Tensor } from '@convscope/gpu-engine';
import { GraphBuilder, type Graph } from '@convscope/gpu-engine/graph';
import type { Method } from '../method.ts';
import { inputSignal } from '../signal/input-signal.ts';

/** The gradient times the input, element by element. */
export const gradientXInput: Method = {
  name: 'gradient-x-input',
  title: 'Gradient x input',
  summary: 'How much each pixel gives to the score to first order: its gradient times its own value.',
  formula: 'M = x ⊙ ∂y_c / ∂x',
  paper: {
    authors: 'Shrikumar, Greenside, Shcherbina, Kundaje',
    title: 'Not Just a Black Box: Learning Important Features Through Propagating Activation Differences',
    year: 2016,
    arxiv: '1605.01713',
  },
  explains: ['class', 'unit'],
  layer: 'unit',
  ranking: 'value',
  parameters: {},
  run: async (session, request) => {
    const result = await inputSignal(session, request, 'gradient', []);
    const { shape } = request.input;
    const build = (): Graph => {
      const builder = new GraphBuilder();
      const factors = [builder.input('gradient', 'float32', shape), builder.input('input', 'float32', shape)];
      builder.output(builder.op('multiply', factors));
      return builder.build();
    };
    const inputs = { gradient: result.tensor, input: request.input };
    const products = await session.run('product with the input', request.input, build, { inputs });
    result.tensor.dispose();
    return { ...result, tensor: await (products.values().next().value as Tensor).clone() };
  },
};
