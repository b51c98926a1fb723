import { valueOf, type Graph, type GraphNode } from '@convscope/gpu-engine/graph';

/** Places along one axis of a plane, both ends included. */
export type Span = readonly [first: number, last: number];

/** Ops whose planes depend on the same place of each input alone. */
const SAME_PLACE = new Set(
  (
    'bias batchNorm batchNormInference relu clip leakyRelu prelu elu selu celu sigmoid hardSigmoid tanh softplus softsign ' +
    'gelu silu hardSwish mish thresholdedRelu dropout identity cast scale lrn standardize add subtract multiply divide maximum minimum pow ' +
    'mod abs acos acosh asin asinh atan atanh ceil cos cosh erf exp floor log reciprocal round sign sin sinh sqrt tan not ' +
    'where equal greater greaterOrEqual less lessOrEqual and or xor isInf isNan'
  ).split(' '),
);

/** The smallest span around all that are given; undefined where none is. */
export function unionOf(spans: readonly (Span | undefined)[]): Span | undefined {
  const given = spans.filter((span) => span !== undefined && span[0] <= span[1]) as Span[];
  if (given.length === 0) return undefined;
  return [Math.min(...given.map(([first]) => first)), Math.max(...given.map(([, last]) => last))];
}

/**
 * The places of a node's input, along axis 0 (vertical) or 1 (horizontal), that a span of its output depends on: cut to
 * the input's own places, since padding depends on nothing. Undefined where it depends on none; the whole axis for ops
 * that mix places.
 */
export function backwardSpan(graph: Graph, node: GraphNode, index: number, axis: 0 | 1, span: Span): Span | undefined {
  const { shape } = valueOf(graph, node.inputs[index] as string);
  const size = shape[axis + 2];
  if (shape.length !== 4 || typeof size !== 'number') return [0, Math.max(0, Number(size ?? 1) - 1)];
  const whole: Span = [0, size - 1];
  const result = valueOf(graph, node.outputs[0] as string).shape;
  if (result.length !== 4) return whole;
  const [first, last] =
    size === 1 ? whole : spanBefore(graph, node, index, axis, span, whole, Number(result[axis + 2]));
  const cut: Span = [Math.max(first, 0), Math.min(last, size - 1)];
  return cut[0] <= cut[1] ? cut : undefined;
}

function spanBefore(
  graph: Graph,
  { op, inputs, attributes }: GraphNode,
  index: number,
  axis: 0 | 1,
  [first, last]: Span,
  whole: Span,
  outputSize: number,
): Span {
  if (SAME_PLACE.has(op) || reducesElsewhere(op, attributes, axis)) return [first, last];
  const at = (name: string, place: number, fallback: number): number =>
    (attributes[name] as readonly number[] | undefined)?.[place] ?? fallback;
  const [stride, pad, dilation] = [at('strides', axis, 1), at('pads', axis, 0), at('dilations', axis, 1)];
  const ownAxis = attributes['axis'] as number | undefined;
  const alongThis = ownAxis !== undefined && (ownAxis < 0 ? ownAxis + 4 : ownAxis) === axis + 2;
  switch (op) {
    case 'conv2d':
    case 'maxPool':
    case 'averagePool':
    case 'lpPool': {
      if (index > 0) return whole;
      const kernel =
        op === 'conv2d' ? Number(valueOf(graph, inputs[1] as string).shape[axis + 2]) : at('kernelSize', axis, 1);
      return [first * stride - pad, last * stride - pad + (kernel - 1) * dilation];
    }
    case 'convTranspose2d': {
      if (index > 0) return whole;
      const reach = (Number(valueOf(graph, inputs[1] as string).shape[axis + 2]) - 1) * dilation;
      return [Math.ceil((first + pad - reach) / stride), Math.floor((last + pad) / stride)];
    }
    case 'pad':
      if (!alongThis) return [first, last];
      return attributes['mode'] === 'constant'
        ? [first - (attributes['before'] as number), last - (attributes['before'] as number)]
        : whole;
    case 'slice': {
      if (!alongThis) return [first, last];
      const [start, step] = [attributes['start'] as number, attributes['step'] as number];
      const ends = [start + first * step, start + last * step];
      return [Math.min(...ends), Math.max(...ends)];
    }
    case 'concat': {
      if (!alongThis) return [first, last];
      const before = inputs.slice(0, index).map((name) => Number(valueOf(graph, name).shape[axis + 2]));
      const offset = before.reduce((sum, length) => sum + length, 0);
      return [first - offset, last - offset];
    }
    case 'depthToSpace':
    case 'spaceToDepth': {
      const ratio = outputSize / (whole[1] + 1);
      return [Math.floor(first / ratio), Math.ceil((last + 1) / ratio) - 1];
    }
    case 'resize':
      return beforeResizing(attributes, axis, [first, last], whole, outputSize);
    default:
      return whole;
  }
}

/** Reductions over other axes, that keep four of them. */
function reducesElsewhere(op: string, attributes: Readonly<Record<string, unknown>>, axis: 0 | 1): boolean {
  const axes = (attributes['axes'] ?? []) as readonly number[];
  if (!op.startsWith('reduce') || axes.length === 0 || attributes['keepDimensions'] !== true) return false;
  return axes.every((reduced) => (reduced < 0 ? reduced + 4 : reduced) !== axis + 2);
}

/** Resizing reads one place for `nearest`, two for `bilinear`, four for `bicubic`, and more where it shrinks smoothly. */
function beforeResizing(
  attributes: Readonly<Record<string, unknown>>,
  axis: 0 | 1,
  [first, last]: Span,
  whole: Span,
  outputSize: number,
): Span {
  const { mode, coordinates, antialias, rounding, scales } = attributes;
  if (coordinates === 'crop-and-resize' || antialias === true) return whole;
  const inputSize = whole[1] + 1;
  const scale = (scales as readonly number[])[axis];
  const ratio = scale === undefined ? inputSize / outputSize : 1 / scale;
  const source = (place: number): number => {
    if (coordinates === 'align-corners') return outputSize > 1 ? (place * (inputSize - 1)) / (outputSize - 1) : 0;
    return coordinates === 'asymmetric' ? place * ratio : (place + 0.5) * ratio - 0.5;
  };
  const nearest = (place: number): number => {
    const rule = rounding === 'default' ? (coordinates === 'asymmetric' ? 'floor' : 'round-prefer-ceil') : rounding;
    if (rule === 'floor') return Math.floor(place + 1e-9);
    if (rule === 'ceil') return Math.ceil(place - 1e-9);
    return rule === 'round-prefer-floor' ? Math.ceil(place - 0.5 - 1e-9) : Math.floor(place + 0.5 + 1e-9);
  };
  const reach = mode === 'bicubic' ? 1 : 0;
  const [low, high] =
    mode === 'nearest'
      ? [nearest(source(first)), nearest(source(last))]
      : [Math.floor(source(first) + 1e-9) - reach, Math.ceil(source(last) - 1e-9) + reach];
  // What lies outside is read at the edge.
  return [Math.min(Math.max(low, 0), whole[1]), Math.min(Math.max(high, 0), whole[1])];
}
