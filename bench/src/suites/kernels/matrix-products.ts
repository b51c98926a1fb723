import { GraphBuilder, type Graph } from '@convscope/gpu-engine';
import * as tf from '@tensorflow/tfjs-core';
import { ConvscopeGraph } from '../../peers/convscope-graph.ts';
import { runAndRead, tensorFlowContender, tensorFlowTensor } from '../../peers/tensorflow-kernels.ts';
import { randomTensor } from '../../random-tensor.ts';
import { largestDifference, type Extent, type SuiteContext } from '../../suite.ts';

/** A dense layer: x [batch, inputs], w [outputs, inputs]. */
interface DenseShape {
  readonly batch: number;
  readonly inputs: number;
  readonly outputs: number;
}

const SHAPES: readonly DenseShape[] = [
  { batch: 100, inputs: 3136, outputs: 1024 },
  { batch: 100, inputs: 1024, outputs: 10 },
  { batch: 1, inputs: 4096, outputs: 4096 },
  { batch: 197, inputs: 768, outputs: 3072 },
];
const QUICK_SHAPES: readonly DenseShape[] = [{ batch: 5, inputs: 100, outputs: 30 }];
const PASSES = ['forward', 'data gradient', 'weight gradient'] as const;

/** The three products of dense layers. TensorFlow.js holds its weights as [inputs, outputs]. */
export async function measureMatrixProducts(context: SuiteContext): Promise<void> {
  const { device, check, measure } = context;
  for (const shape of shapesOf(context.extent)) {
    for (const pass of PASSES) {
      const { batch, inputs, outputs } = shape;
      const [group, name] = [`dense, ${pass}`, `${inputs} to ${outputs}, batch ${batch}`];
      if (!context.wants(`${group}, ${name}`)) continue;
      const scale = pass === 'weight gradient' ? 1 : 1 / Math.sqrt(pass === 'forward' ? inputs : outputs);
      const tensors = new Map([
        ['x', randomTensor([batch, inputs], 1)],
        ['w', randomTensor([outputs, inputs], 2, scale)],
        ['g', randomTensor([batch, outputs], 3)],
      ]);
      const ours = await ConvscopeGraph.create(device, denseGraph(shape, pass), tensors);
      const [x, w, g] = ['x', 'w', 'g'].map((key) => tensorFlowTensor(tensors.get(key) as never)) as [
        tf.Tensor2D,
        tf.Tensor2D,
        tf.Tensor2D,
      ];
      const kernel = tf.tidy(() => tf.transpose(w));
      const theirs = {
        forward: () => tf.matMul(x, kernel),
        'data gradient': () => tf.matMul(g, kernel, false, true),
        'weight gradient': () => tf.matMul(x, g, true, false),
      }[pass];
      const inOurOrder = () => (pass === 'weight gradient' ? tf.transpose(theirs()) : theirs());
      check({
        what: `${group}, ${name}`,
        difference: largestDifference(await ours.read('result'), await runAndRead(inOurOrder)),
        tolerance: 1e-3,
      });
      const contenders = [ours.contender(), tensorFlowContender(theirs)];
      await measure({ group, name, contenders }, { operations: 2 * batch * inputs * outputs });
      ours.dispose();
      tf.dispose([x, w, g, kernel]);
    }
  }
}

export function matrixProductCount(extent: Extent): number {
  return PASSES.length * shapesOf(extent).length;
}

function shapesOf(extent: Extent): readonly DenseShape[] {
  return extent === 'quick' ? QUICK_SHAPES : SHAPES;
}

/** As the engine's own gradient of `dense` has it. */
function denseGraph({ batch, inputs, outputs }: DenseShape, pass: (typeof PASSES)[number]): Graph {
  const builder = new GraphBuilder();
  const x = () => builder.parameter('x', [batch, inputs]);
  const w = () => builder.parameter('w', [outputs, inputs]);
  const g = () => builder.parameter('g', [batch, outputs]);
  builder.output(
    {
      forward: () => builder.op('dense', [x(), w()], {}, 'result'),
      'data gradient': () => builder.op('matmul', [g(), w()], {}, 'result'),
      'weight gradient': () => builder.op('matmul', [g(), x()], { transposeA: true }, 'result'),
    }[pass](),
  );
  return builder.build();
}
