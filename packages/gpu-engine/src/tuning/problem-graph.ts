import { GraphBuilder, type Graph } from '../graph/index.ts';
import type { ConvolutionGeometry } from '../graph/shared/convolution/geometry.ts';
import type { KernelProblem, ProductSizes } from '../graph/shared/kernel-problem.ts';

/** The node of a {@link problemGraph} that poses the problem. */
export const RESULT = 'result';

/**
 * A graph that poses this problem, with both factors as parameters, `a` and `b`. What kernels compute from weights
 * before they use them is part of the node `result` where weights change, and done once where they do not.
 */
export function problemGraph(problem: KernelProblem, weightsChange: boolean): Graph {
  const builder = new GraphBuilder();
  if (problem.kind === 'product') addProduct(builder, problem.sizes);
  else addConvolution(builder, problem.pass, problem.geometry, weightsChange);
  builder.output(RESULT);
  return builder.build();
}

function addProduct(builder: GraphBuilder, { rows, columns, inner, transposeA, transposeB }: ProductSizes): void {
  const a = builder.parameter('a', transposeA ? [inner, rows] : [rows, inner]);
  const b = builder.parameter('b', transposeB ? [columns, inner] : [inner, columns]);
  builder.op('matmul', [a, b], { transposeA, transposeB }, RESULT);
}

function addConvolution(
  builder: GraphBuilder,
  pass: Extract<KernelProblem, { kind: 'convolution' }>['pass'],
  g: ConvolutionGeometry,
  weightsChange: boolean,
): void {
  const { strides, pads, dilations, groups } = g;
  const window = { strides, pads, dilations, groups };
  const x = [g.batch, g.inputChannels, ...g.inputSize];
  const y = [g.batch, g.outputChannels, ...g.outputSize];
  const w = [g.outputChannels, g.inputChannels / groups, ...g.kernelSize];
  if (pass === 'weight gradient') {
    const inputs = [builder.parameter('a', x), builder.parameter('b', y)];
    builder.op('conv2dWeightGradient', inputs, { ...window, kernelSize: g.kernelSize }, RESULT);
    return;
  }
  const input = builder.parameter('a', pass === 'forward' ? x : y);
  const kept = builder.parameter('b', w);
  const weight = weightsChange ? builder.op('scale', [kept], { factor: 1 }) : kept;
  if (pass === 'forward') {
    builder.op('conv2d', [input, weight], window, RESULT);
    return;
  }
  // A transposed convolution is an input gradient as well, and may have rows and columns that no window reaches.
  const outputPadding = [0, 1].map((axis) => {
    const extent = (dilations[axis] as number) * ((g.kernelSize[axis] as number) - 1) + 1;
    const reached = ((g.outputSize[axis] as number) - 1) * (strides[axis] as number) + extent;
    return (g.inputSize[axis] as number) - reached + (pads[axis] as number) + (pads[axis + 2] as number);
  });
  builder.op('convTranspose2d', [input, weight], { ...window, outputPadding }, RESULT);
}
