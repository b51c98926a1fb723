import type { Tensor } from '@convscope/gpu-engine';
import { GraphBuilder, type Graph } from '@convscope/gpu-engine/graph';
import type { Method } from '../method.ts';
import { classActivationMap, spatialMean } from '../signal/cam.ts';
import { inputSignal } from '../signal/input-signal.ts';
import { guidedRules } from '../signal/relu-rules.ts';

/** Guided Grad-CAM: guided backpropagation times Grad-CAM, the latter resized bilinearly to the input (section 3.2). */
export const guidedGradCam: Method = {
  name: 'guided-grad-cam',
  title: 'Guided Grad-CAM',
  summary: 'Guided backpropagation kept only where Grad-CAM sees the class.',
  formula: 'M = GuidedBackprop ⊙ resize(L_{Grad-CAM})',
  paper: {
    authors: 'Selvaraju, Cogswell, Das, Vedantam, Parikh, Batra',
    title: 'Grad-CAM: Visual Explanations from Deep Networks via Gradient-based Localization',
    year: 2016,
    arxiv: '1610.02391',
  },
  explains: ['class'],
  layer: 'last-features',
  parameters: {},
  caveat:
    'its detail comes from guided backpropagation, which partly recovers the input whatever the weights are (Nie et al. 2018, 1805.07039)',
  run: async (session, request) => {
    const cam = await classActivationMap(
      session,
      { ...request, parameters: { relu: true } },
      'grad-cam',
      (builder, { activation, gradient }) => builder.op('multiply', [activation, spatialMean(builder, gradient)]),
    );
    const guided = await inputSignal(session, { ...request, layer: undefined }, 'guided-backprop', guidedRules);
    const { shape } = request.input;
    const build = (): Graph => {
      const builder = new GraphBuilder();
      const detail = builder.input('guided', 'float32', shape);
      const map = builder.input('cam', 'float32', cam.tensor.shape);
      const resized = builder.op('resize', [map], { size: shape.slice(2) });
      builder.output(builder.op('multiply', [detail, resized]));
      return builder.build();
    };
    const inputs = { guided: guided.tensor, cam: cam.tensor };
    const key = `guided by a map of ${cam.tensor.shape.join('x')}`;
    const products = await session.run(key, request.input, build, { inputs, signal: request.signal });
    cam.tensor.dispose();
    guided.tensor.dispose();
    const tensor = await (products.values().next().value as Tensor).clone();
    return { ...cam, tensor, sign: 'signed' };
  },
};
