import type { Tensor } from '@convscope/gpu-engine';
import { backward, ConvscopeError, GraphBuilder, type Graph } from '@convscope/gpu-engine/graph';
import { defaultLayer, featureLayer } from '../layers.ts';
import type { MethodRequest, MethodResult, ParameterSpecification } from '../method.ts';
import type { Session } from '../session.ts';
import { classStart, SEED } from './start.ts';

const CAM = 'explanation.cam';

/** The parameter that class activation maps share. */
export const rectified = (fallback: boolean): ParameterSpecification => ({
  type: 'boolean',
  default: fallback,
  description: 'keep only evidence for the class; false shows evidence against it too',
});

/** A layer's maps and the gradient of the class score with respect to them, both [N, C, h, w]. */
export interface ActivationAndGradient {
  readonly activation: string;
  readonly gradient: string;
}

/**
 * A class activation map [N, 1, h, w] at the layer's own resolution: `combine` adds nodes that make maps [N, C, h, w]
 * of activation and gradient, which are summed over channels and, with the parameter `relu`, rectified. The gradient is
 * that with respect to the value `gradientOf`, where one is named.
 * Throws `invalid-parameter` for units and for layers without maps.
 */
export async function classActivationMap(
  session: Session,
  request: MethodRequest,
  method: string,
  combine: (builder: GraphBuilder, values: ActivationAndGradient) => string,
  gradientOf?: string,
): Promise<MethodResult> {
  const layer = camLayer(session, request, method);
  const source = gradientOf ?? layer;
  const rectify = request.parameters['relu'] === true;
  const start = await classStart(session, request);
  const build = (graph: Graph): Graph => {
    const seeded = new GraphBuilder(graph);
    const { of, seed } = start.attach(seeded);
    const result = backward(seeded.build(), { of, seed, wrt: [source] });
    const builder = new GraphBuilder(result.graph);
    const combined = combine(builder, { activation: layer, gradient: result.cotangents.get(source) as string });
    const sum = builder.op('reduceSum', [combined], { axes: [1], keepDimensions: true });
    builder.alias(CAM, rectify ? builder.op('relu', [sum]) : sum);
    return { ...builder.build(), outputs: [CAM] };
  };
  const results = await session.run(`${method} ${layer} ${String(rectify)}`, request.input, build, {
    inputs: { [session.model.input]: request.input, [SEED]: start.seed },
    signal: request.signal,
  });
  return {
    tensor: await (results.get(CAM) as Tensor).clone(),
    sign: rectify ? 'positive' : 'signed',
    layer,
    ...(start.targets === undefined ? {} : { targets: start.targets }),
    remarks: start.remarks,
  };
}

/** The layer of maps that the request names, or the last one. Throws `invalid-parameter` where a unit is named. */
export function camLayer(session: Session, request: MethodRequest, method: string): string {
  if (request.unit !== undefined) {
    throw new ConvscopeError('invalid-parameter', `${method} explains classes, not units`, { node: method });
  }
  const graph = session.graphFor(request.input);
  return featureLayer(graph, request.layer ?? defaultLayer(graph, 'last-features')).name;
}

/** Sums over space, kept as [N, C, 1, 1]. */
export const spatialSum = (builder: GraphBuilder, value: string): string =>
  builder.op('reduceSum', [value], { axes: [2, 3], keepDimensions: true });

/** Means over space, kept as [N, C, 1, 1]. */
export const spatialMean = (builder: GraphBuilder, value: string): string =>
  builder.op('reduceMean', [value], { axes: [2, 3], keepDimensions: true });
