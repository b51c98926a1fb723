import type { Tensor } from '@convscope/gpu-engine';
import {
  ConvscopeError,
  elementCount,
  GraphBuilder,
  valueOf,
  type Graph,
  type TensorData,
} from '@convscope/gpu-engine/graph';
import type { ExplainedTarget, ExplanationRequest, MethodRequest, Unit } from '../method.ts';
import type { Session } from '../session.ts';

/** Where a backward signal starts: a value, the seed's input in the graph, and the data that goes into it. */
export interface Start {
  /** Distinguishes plans: two starts with one key differ only in their seed's data. */
  readonly key: string;
  /** Adds the seed to the graph and names what `backward` starts from. */
  readonly attach: (builder: GraphBuilder) => { readonly of: string; readonly seed: string };
  readonly seed: TensorData<'float32'>;
  readonly targets?: readonly ExplainedTarget[];
  readonly layer?: string;
  readonly unit?: Unit;
  /** The value that gives each picture's strongest position, y * W + x, where the unit does not name one. */
  readonly positions?: string;
  readonly remarks: readonly string[];
}

/** The name of the seed's input in plans. */
export const SEED = 'explanation.seed';

/** From the request: a unit where a layer or unit is named, else a class. Throws `invalid-parameter`. */
export async function startOf(session: Session, request: MethodRequest): Promise<Start> {
  const { layer, unit, target } = request;
  if (layer === undefined && unit === undefined) return classStart(session, request);
  if (target !== undefined) {
    throw new ConvscopeError('invalid-parameter', 'a class and a unit cannot both be explained', {
      wanted: 'a target, or a layer with a unit',
    });
  }
  if (layer === undefined) {
    throw new ConvscopeError('invalid-parameter', 'a unit needs the layer that it belongs to', { wanted: 'a layer' });
  }
  return unitStart(session, request, layer);
}

/** The logit of a class, seeded with 1: the named class, or the top one of each picture. */
export async function classStart(session: Session, request: ExplanationRequest): Promise<Start> {
  const graph = session.graphFor(request.input);
  const { logits } = session.model;
  const shape = valueOf(graph, logits).shape as readonly number[];
  const [batch, classes] = shape as [number, number];
  if (
    request.target !== undefined &&
    !(Number.isInteger(request.target) && request.target >= 0 && request.target < classes)
  ) {
    throw new ConvscopeError('invalid-parameter', 'there is no such class', {
      got: String(request.target),
      wanted: `an integer from 0 to ${classes - 1}`,
    });
  }
  const given = request.target;
  const indexes =
    given === undefined
      ? (await session.predict(request.input, request.signal)).map(([best]) => best?.index ?? 0)
      : Array.from({ length: batch }, () => given);
  const data = new Float32Array(batch * classes);
  indexes.forEach((index, n) => (data[n * classes + index] = 1));
  const targets = indexes.map((index) => ({ index, label: session.model.labels[index] ?? String(index) }));
  return {
    key: 'class',
    attach: (builder) => ({ of: logits, seed: builder.input(SEED, 'float32', shape) }),
    seed: { dtype: 'float32', shape, data },
    targets,
    remarks: given === undefined ? [`explains the top class, ${targets.map(({ label }) => label).join(', ')}`] : [],
  };
}

/**
 * A unit of a layer, seeded with its own value (Zeiler & Fergus 2013): at the named position, or at the channel's
 * strongest one. Where no channel is named, the layer's strongest is taken.
 */
async function unitStart(session: Session, request: MethodRequest, layer: string): Promise<Start> {
  const graph = session.graphFor(request.input);
  const value = valueOf(graph, layer);
  const shape = value.shape as readonly number[];
  if (value.dtype !== 'float32' || (shape.length !== 4 && shape.length !== 2)) {
    throw new ConvscopeError('invalid-parameter', 'the layer has no units', {
      node: layer,
      got: `${value.dtype} ${shape.join('x')}`,
      wanted: 'feature maps [N, C, H, W] or a vector [N, F]',
    });
  }
  const unit = request.unit ?? { channel: await strongestChannel(session, request, value.name) };
  checkUnit(unit, shape, layer);
  const remarks = request.unit === undefined ? [`explains the layer's strongest channel, ${unit.channel}`] : [];
  const common = { layer: value.name, unit, remarks };
  const isMap = shape.length === 4;
  const { y, x } = unit;
  if (isMap && y === undefined) {
    const perChannel = [shape[0] as number, shape[1] as number, 1, 1];
    return {
      ...common,
      key: `strongest of ${value.name}`,
      attach: (builder) => {
        const [peak] = builder.node('reduceMax', [value.name], { axes: [2, 3], keepDimensions: true }, PEAK);
        const mask = builder.input(SEED, 'float32', perChannel);
        return { of: peak as string, seed: builder.op('multiply', [peak as string, mask]) };
      },
      seed: mask(perChannel, unit.channel, 0),
      positions: `${PEAK}.positions`,
    };
  }
  const position = isMap ? (y as number) * (shape[3] as number) + (x as number) : 0;
  return {
    ...common,
    key: `unit of ${value.name}`,
    attach: (builder) => {
      const selected = builder.input(SEED, 'float32', shape);
      return { of: value.name, seed: builder.op('multiply', [value.name, selected]) };
    },
    seed: mask(shape, unit.channel, position),
  };
}

const PEAK = 'explanation.peak';

/** The channel with the largest activation over the whole batch. */
async function strongestChannel(session: Session, request: ExplanationRequest, layer: string): Promise<number> {
  const build = (graph: Graph): Graph => {
    const builder = new GraphBuilder(graph);
    const axes = (valueOf(graph, layer).shape.length === 4 ? [0, 2, 3] : [0]) as readonly number[];
    const name = builder.op('reduceMax', [layer], { axes });
    return { ...builder.build(), outputs: [name] };
  };
  const inputs = { [session.model.input]: request.input };
  const results = await session.run(`strongest channel of ${layer}`, request.input, build, {
    inputs,
    signal: request.signal,
  });
  const { data } = await (results.values().next().value as Tensor).read();
  let best = 0;
  data.forEach((value, channel) => {
    if (value > (data[best] as number)) best = channel;
  });
  return best;
}

function mask(shape: readonly number[], channel: number, position: number): TensorData<'float32'> {
  const data = new Float32Array(elementCount(shape));
  const [batch, channels] = shape as [number, number];
  const plane = elementCount(shape.slice(2));
  for (let n = 0; n < batch; n++) data[(n * channels + channel) * plane + position] = 1;
  return { dtype: 'float32', shape, data };
}

function checkUnit({ channel, y, x }: Unit, shape: readonly number[], layer: string): void {
  const [, channels = 0, height = 1, width = 1] = shape;
  const inside = (value: number, size: number) => Number.isInteger(value) && value >= 0 && value < size;
  const exact = y !== undefined || x !== undefined;
  const fits =
    inside(channel, channels) && (!exact || (shape.length === 4 && inside(y ?? -1, height) && inside(x ?? -1, width)));
  if (fits) return;
  throw new ConvscopeError('invalid-parameter', 'the layer has no such unit', {
    node: layer,
    got: [channel, ...(exact ? [y, x] : [])].join(','),
    wanted: shape.length === 4 ? `C,Y,X below ${channels},${height},${width}` : `a channel below ${channels}`,
  });
}
