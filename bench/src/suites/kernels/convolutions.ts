import { GraphBuilder, ParameterSet, type Graph, type TensorData } from '@convscope/gpu-engine';
import * as tf from '@tensorflow/tfjs-core';
import {
  convolutionShapes,
  sampledShapes,
  samePads,
  shapeName,
  type ConvolutionShape,
} from '../../convolution-shapes.ts';
import { ConvscopeGraph } from '../../peers/convscope-graph.ts';
import {
  runAndRead,
  runKernel,
  tensorFlowContender,
  tensorFlowTensor,
  tensorFlowWeights,
} from '../../peers/tensorflow-kernels.ts';
import { randomTensor } from '../../random-tensor.ts';
import { largestDifference, type Extent, type SuiteContext } from '../../suite.ts';

const TOLERANCE = 1e-3;
const QUICK_OPERATIONS = 4e6;

const PASSES = ['forward', 'data gradient', 'weight gradient'] as const;
type Pass = (typeof PASSES)[number];

/** All three passes of each convolution layer. */
export async function measureConvolutions(context: SuiteContext): Promise<void> {
  for (const shape of shapesOf(context.extent)) {
    if (operations(shape) > context.mostOperations) continue;
    const name = shapeName(shape);
    const passes = PASSES.filter((pass) => context.wants(`convolution, ${pass}, ${name}`));
    if (passes.length > 0) await measureShape(context, shape, passes);
  }
}

export function convolutionCount(extent: Extent): number {
  return PASSES.length * shapesOf(extent).length;
}

function shapesOf(extent: Extent): readonly ConvolutionShape[] {
  if (extent === 'quick') return convolutionShapes.filter((shape) => operations(shape) <= QUICK_OPERATIONS);
  return extent === 'sample' ? sampledShapes : convolutionShapes;
}

async function measureShape(
  { device, check, measure }: SuiteContext,
  shape: ConvolutionShape,
  passes: readonly Pass[],
) {
  const tensors = tensorsOf(shape);
  const parameters = await ParameterSet.create(device, tensors);
  const theirs = new TensorFlowConvolution(shape, tensors);
  for (const pass of passes) {
    const ours = await ConvscopeGraph.create(device, convolutionGraph(shape, pass, tensors), parameters);
    const what = `convolution, ${pass}, ${shapeName(shape)}`;
    const difference = largestDifference(await ours.read('result'), await runAndRead(() => theirs.inOurOrder(pass)));
    check({ what, difference, tolerance: TOLERANCE });
    const contenders = [ours.contender(), tensorFlowContender(() => theirs.run(pass))];
    await measure(
      { group: `convolution, ${pass}`, name: shapeName(shape), contenders },
      { operations: operations(shape) },
    );
    ours.instance.dispose();
    ours.instance.plan.dispose();
  }
  parameters.dispose();
  theirs.dispose();
}

function operations({ batch, inputs, size, outputs, kernel, stride, depthwise }: ConvolutionShape): number {
  return 2 * batch * outputs * Math.ceil(size / stride) ** 2 * kernel ** 2 * (depthwise ? 1 : inputs);
}

function tensorsOf({ batch, inputs, size, outputs, kernel, stride, depthwise }: ConvolutionShape) {
  const outputSize = Math.ceil(size / stride);
  const fanIn = kernel ** 2 * (depthwise ? 1 : inputs);
  return new Map<string, TensorData>([
    ['x', randomTensor([batch, inputs, size, size], 1)],
    ['w', randomTensor([outputs, depthwise ? 1 : inputs, kernel, kernel], 2, 1 / Math.sqrt(fanIn))],
    // The weight gradient sums over all places: values of a size that leaves sums near 1.
    ['g', randomTensor([batch, outputs, outputSize, outputSize], 3, 1 / (outputSize * Math.sqrt(batch)))],
  ]);
}

function convolutionGraph(shape: ConvolutionShape, pass: Pass, tensors: ReadonlyMap<string, TensorData>): Graph {
  const { size, kernel, stride, depthwise, inputs } = shape;
  const builder = new GraphBuilder();
  const parameter = (name: string) => builder.parameter(name, tensors.get(name)?.shape ?? []);
  const attributes = {
    strides: [stride, stride],
    pads: samePads([size, size], kernel, stride),
    groups: depthwise ? inputs : 1,
  };
  const result = {
    forward: () => builder.op('conv2d', [parameter('x'), parameter('w')], attributes, 'result'),
    'data gradient': () =>
      builder.op(
        'conv2dInputGradient',
        [parameter('g'), parameter('w')],
        { ...attributes, inputSize: [size, size] },
        'result',
      ),
    'weight gradient': () =>
      builder.op(
        'conv2dWeightGradient',
        [parameter('x'), parameter('g')],
        { ...attributes, kernelSize: [kernel, kernel] },
        'result',
      ),
  }[pass]();
  builder.output(result);
  return builder.build();
}

/** The same three passes by the kernels that TensorFlow.js's own operations and gradients use. */
class TensorFlowConvolution {
  readonly #shape: ConvolutionShape;
  readonly #x: tf.Tensor;
  readonly #w: tf.Tensor;
  readonly #g: tf.Tensor;

  constructor(shape: ConvolutionShape, tensors: ReadonlyMap<string, TensorData>) {
    this.#shape = shape;
    this.#x = tensorFlowTensor(tensors.get('x') as TensorData);
    this.#w = tensorFlowWeights(tensors.get('w') as TensorData, shape.depthwise);
    this.#g = tensorFlowTensor(tensors.get('g') as TensorData);
  }

  run(pass: Pass): tf.Tensor {
    const { stride, depthwise } = this.#shape;
    const [x, filter, dy] = [this.#x, this.#w, this.#g];
    const attributes = { strides: [stride, stride], pad: 'same', dilations: [1, 1], dataFormat: 'NHWC' };
    const kind = depthwise ? 'DepthwiseConv2dNative' : 'Conv2D';
    if (pass === 'forward') return runKernel(kind, { x, filter }, attributes);
    return pass === 'data gradient'
      ? runKernel(`${kind}BackpropInput`, { dy, filter }, { ...attributes, inputShape: x.shape })
      : runKernel(`${kind}BackpropFilter`, { x, dy }, { ...attributes, filterShape: filter.shape });
  }

  inOurOrder(pass: Pass): tf.Tensor {
    const order = pass !== 'weight gradient' ? [0, 3, 1, 2] : this.#shape.depthwise ? [2, 3, 0, 1] : [3, 2, 0, 1];
    return tf.transpose(this.run(pass), order);
  }

  dispose(): void {
    tf.dispose([this.#x, this.#w, this.#g]);
  }
}
