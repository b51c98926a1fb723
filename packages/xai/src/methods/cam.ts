import { GraphBuilder, backward, type Graph } from '@convscope/gpu-engine/graph';
import type { Tensor } from '@convscope/gpu-engine';
import type { Method } from '../method.ts';
import { averagedHead, missingHead } from '../signal/averaged-head.ts';
import { camLayer, rectified } from '../signal/cam.ts';
import { classStart, SEED } from '../signal/start.ts';

const MAP = 'explanation.cam';

/**
 * CAM: the maps before global average pooling, weighted with the class's weights after it (equation 2). The weights are
 * taken as the gradient of the class score by the averages, which is the same in a linear head, and one for the class's
 * own map where the averages are the scores. Gives [N, 1, h, w], whose mean and the class's bias make the score.
 */
export const cam: Method = {
  name: 'cam',
  title: 'CAM',
  summary:
    'The last maps, weighted with the class’s own weights: exact, and only for networks that end in global averages.',
  formula: 'M_c = Σ_k w_{c,k} A_k',
  paper: {
    authors: 'Zhou, Khosla, Lapedriza, Oliva, Torralba',
    title: 'Learning Deep Features for Discriminative Localization',
    year: 2015,
    arxiv: '1512.04150',
  },
  explains: ['class'],
  layer: 'none',
  parameters: { relu: rectified(false) },
  applies: missingHead,
  run: async (session, request) => {
    const base = session.graphFor(request.input);
    const { maps, averages } = averagedHead(base, session.model.logits);
    camLayer(session, { ...request, layer: maps }, 'cam');
    const rectify = request.parameters['relu'] === true;
    const start = await classStart(session, request);
    const build = (graph: Graph): Graph => {
      const seeded = new GraphBuilder(graph);
      const { of, seed } = start.attach(seeded);
      const result = backward(seeded.build(), { of, seed, wrt: [averages] });
      const builder = new GraphBuilder(result.graph);
      const { shape } = builder.value(maps);
      const gradient = result.cotangents.get(averages) as string;
      const weights = builder.op('reshape', [gradient], { shape: [shape[0] as number, shape[1] as number, 1, 1] });
      const weighted = builder.op('multiply', [maps, weights]);
      const sum = builder.op('reduceSum', [weighted], { axes: [1], keepDimensions: true });
      builder.alias(MAP, rectify ? builder.op('relu', [sum]) : sum);
      return { ...builder.build(), outputs: [MAP] };
    };
    const results = await session.run(`cam ${String(rectify)}`, request.input, build, {
      inputs: { [session.model.input]: request.input, [SEED]: start.seed },
      signal: request.signal,
    });
    return {
      tensor: await (results.get(MAP) as Tensor).clone(),
      sign: rectify ? 'positive' : 'signed',
      layer: maps,
      ...(start.targets === undefined ? {} : { targets: start.targets }),
      remarks: start.remarks,
    };
  },
};
