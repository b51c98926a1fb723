import { backward, GraphBuilder, valueOf, type BackwardRule, type Graph } from '@convscope/gpu-engine/graph';
import type { Tensor } from '@convscope/gpu-engine';
import type { MethodRequest, MethodResult, Unit } from '../method.ts';
import type { Session } from '../session.ts';
import { SEED, startOf, type Start } from './start.ts';

/**
 * The signal that arrives at the input when it is sent back from a class or unit by the given rules: the gradient
 * where there are none. The result has the input's shape.
 */
export async function inputSignal(
  session: Session,
  request: MethodRequest,
  name: string,
  rules: readonly BackwardRule[],
): Promise<MethodResult> {
  const start = await startOf(session, request);
  const { input } = session.model;
  const build = (graph: Graph): Graph => {
    const builder = new GraphBuilder(graph);
    const { of, seed } = start.attach(builder);
    const result = backward(builder.build(), { of, seed, wrt: [input], rules });
    const named = new GraphBuilder(result.graph);
    named.alias(SIGNAL, result.cotangents.get(input) as string);
    return { ...named.build(), outputs: [SIGNAL, ...(start.positions === undefined ? [] : [start.positions])] };
  };
  const results = await session.run(`${name} from ${start.key}`, request.input, build, {
    inputs: { [input]: request.input, [SEED]: start.seed },
    signal: request.signal,
  });
  const tensor = await (results.get(SIGNAL) as Tensor).clone();
  const { targets, layer, remarks } = start;
  const units = await unitsOf(session, request, start, results);
  return {
    tensor,
    sign: 'signed',
    remarks,
    ...(targets === undefined ? {} : { targets }),
    ...(layer === undefined ? {} : { layer }),
    ...(units === undefined ? {} : { units }),
  };
}

const SIGNAL = 'explanation.signal';

/** The unit with the position at which it was found in each picture. */
async function unitsOf(
  session: Session,
  { input }: MethodRequest,
  { unit, layer, positions }: Start,
  results: ReadonlyMap<string, Tensor>,
): Promise<readonly Unit[] | undefined> {
  if (unit === undefined || layer === undefined) return undefined;
  const batch = input.shape[0] as number;
  if (positions === undefined) return Array.from({ length: batch }, () => unit);
  const { data, shape } = await (results.get(positions) as Tensor).read();
  const channels = shape[1] as number;
  const width = valueOf(session.graphFor(input), layer).shape[3] as number;
  return Array.from({ length: batch }, (_, n) => {
    const position = data[n * channels + unit.channel] as number;
    return { channel: unit.channel, y: Math.floor(position / width), x: position % width };
  });
}
