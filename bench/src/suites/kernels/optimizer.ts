import { addOptimizer, GraphBuilder, initializeParameters, optimizerScalars, type Graph } from '@convscope/gpu-engine';
import * as tf from '@tensorflow/tfjs-core';
import { networks } from '../../networks/networks.ts';
import { ConvscopeGraph } from '../../peers/convscope-graph.ts';
import { convscopeNetwork } from '../../peers/convscope-network.ts';
import { tensorFlowContender } from '../../peers/tensorflow-kernels.ts';
import { largestDifference, type SuiteContext } from '../../suite.ts';

const LEARNING_RATE = 1e-3;
export const OPTIMIZER_CASES = 1;
const OPTIMIZER = { kind: 'adam' } as const;

/** One Adam step over all trainable parameters of ResNet-18; the gradients lie on the GPU. */
export async function measureOptimizer({ device, extent, wants, check, measure }: SuiteContext): Promise<void> {
  const name = 'Adam, all parameters of ResNet-18';
  if (!wants(name)) return;
  const shapes = parameterShapes(extent === 'quick' ? 4 : Infinity);
  const graph = stepGraph(shapes);
  // The trained values and their gradients are drawn; the moments begin at zero.
  const tensors = initializeParameters(graph, 1);
  const ours = await ConvscopeGraph.create(device, graph, tensors);
  const variables = shapes.map(([key, shape]) =>
    tf.variable(tf.tensor(tensors.get(key)?.data as Float32Array, [...shape])),
  );
  const gradients = shapes.map(([key, shape], index) => ({
    name: (variables[index] as tf.Variable).name,
    tensor: tf.tensor(tensors.get(`${key}:gradient`)?.data as Float32Array, [...shape]),
  }));
  const optimizer = tf.train.adam(LEARNING_RATE, 0.9, 0.999, 1e-8);
  let step = 0;
  const nextStep = () => ({
    scalars: optimizerScalars(OPTIMIZER, { step: ++step, learningRate: LEARNING_RATE }),
  });
  const contenders = [ours.contender(nextStep), tensorFlowContender(() => optimizer.applyGradients(gradients))];
  for (const { run } of contenders) await run(1);
  const [last] = shapes[0] as readonly [string, readonly number[]];
  const own = (await ours.instance.parameters.read([last])).get(last)?.data as Float32Array;
  const difference = largestDifference(own, (await (variables[0] as tf.Variable).data()) as Float32Array);
  check({ what: name, difference, tolerance: 1e-3 });
  await measure({ name, contenders });
  ours.dispose();
  optimizer.dispose();
  tf.dispose([...variables, ...gradients.map(({ tensor }) => tensor)]);
}

function parameterShapes(most: number): readonly (readonly [string, readonly number[]])[] {
  const { graph } = convscopeNetwork(networks.resnet18, { size: 32 });
  const trainable = [...graph.parameters].filter(([, { trainable: isTrained }]) => isTrained);
  return trainable.slice(0, most).map(([name]) => [name, graph.values.get(name)?.shape as readonly number[]] as const);
}

function stepGraph(shapes: readonly (readonly [string, readonly number[]])[]): Graph {
  const builder = new GraphBuilder();
  const initial = { kind: 'normal', standardDeviation: 1 } as const;
  const gradients = new Map<string, string>();
  for (const [name, shape] of shapes) builder.parameter(name, shape, { initial });
  for (const [name, shape] of shapes) {
    gradients.set(name, builder.parameter(`${name}:gradient`, shape, { initial, trainable: false }));
  }
  addOptimizer(builder, OPTIMIZER, gradients);
  return builder.build();
}
