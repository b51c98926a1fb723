import type { Tensor } from '@convscope/gpu-engine';
import { backward, ConvscopeError, GraphBuilder, type Graph } from '@convscope/gpu-engine/graph';
import { defaultLayer, featureLayer } from '../layers.ts';
import type { Method } from '../method.ts';
import { classStart, SEED } from '../signal/start.ts';

const CAM = 'explanation.cam';

/** Grad-CAM: ReLU(sum over channels of mean(d logit / dA) * A), at the layer's own resolution [N, 1, h, w]. */
export const gradCam: Method = {
  name: 'grad-cam',
  title: 'Grad-CAM',
  summary: 'Where a layer sees evidence for a class: its maps, weighted by the mean gradient of the class score.',
  paper: {
    authors: 'Selvaraju, Cogswell, Das, Vedantam, Parikh, Batra',
    title: 'Grad-CAM: Visual Explanations from Deep Networks via Gradient-based Localization',
    year: 2016,
    arxiv: '1610.02391',
  },
  explains: ['class'],
  layer: 'last-features',
  parameters: {
    relu: {
      type: 'boolean',
      default: true,
      description: 'keep only evidence for the class, as in the paper; false shows evidence against it too',
    },
  },
  run: async (session, request) => {
    if (request.unit !== undefined) {
      throw new ConvscopeError('invalid-parameter', 'grad-cam explains classes, not units', { node: 'grad-cam' });
    }
    const { input } = session.model;
    const base = session.graphFor(request.input);
    const layer = featureLayer(base, request.layer ?? defaultLayer(base, 'last-features')).name;
    const rectify = request.parameters['relu'] === true;
    const start = await classStart(session, request);
    const build = (graph: Graph): Graph => {
      const builder = new GraphBuilder(graph);
      const { of, seed } = start.attach(builder);
      const result = backward(builder.build(), { of, seed, wrt: [layer] });
      const cam = new GraphBuilder(result.graph);
      const gradient = result.cotangents.get(layer) as string;
      const weights = cam.op('reduceMean', [gradient], { axes: [2, 3], keepDimensions: true });
      const sum = cam.op('reduceSum', [cam.op('multiply', [layer, weights])], { axes: [1], keepDimensions: true });
      cam.alias(CAM, rectify ? cam.op('relu', [sum]) : sum);
      return { ...cam.build(), outputs: [CAM] };
    };
    const results = await session.run(`grad-cam ${layer} ${String(rectify)}`, request.input, build, {
      inputs: { [input]: request.input, [SEED]: start.seed },
      signal: request.signal,
    });
    return {
      tensor: await (results.get(CAM) as Tensor).clone(),
      sign: rectify ? 'positive' : 'signed',
      layer,
      ...(start.targets === undefined ? {} : { targets: start.targets }),
      remarks: start.remarks,
    };
  },
};
