import { backward, ConvscopeError, GraphBuilder, valueOf, type Graph } from '../graph/index.ts';
import { addOptimizer, type Optimizer } from './optimizers.ts';

export interface TrainingStepOptions {
  /** The class scores [N, K] that the loss is computed from. Default: `logits`. */
  readonly logits?: string;
  readonly optimizer: Optimizer;
}

/** A graph whose one run is one step of training. Beside the network's own inputs it takes `labels`, int32 [N]. */
export interface TrainingStep {
  readonly graph: Graph;
  /** The mean cross-entropy of the batch, shape []. */
  readonly loss: string;
  readonly logits: string;
}

export const LABELS = 'labels';
const LOSS = 'loss';

/**
 * Adds loss, gradients of all trainable parameters and the optimiser to a network whose shapes are concrete. Its
 * outputs become loss and logits; its updates (running statistics, say) stay and those of the optimiser come to them.
 * Rows whose label is -1 add nothing, to the loss or to the gradients; they still count in the mean.
 * Throws `invalid-graph` where there is nothing to train, `invalid-shape` where the logits are not [N, K].
 */
export function trainingStep(network: Graph, { logits = 'logits', optimizer }: TrainingStepOptions): TrainingStep {
  const scores = valueOf(network, logits);
  const builder = new GraphBuilder({ ...network, outputs: [] });
  const labels = builder.input(LABELS, 'int32', scores.shape.slice(0, 1));
  const losses = builder.op('crossEntropy', [scores.name, labels], {}, 'crossEntropy');
  const loss = builder.op('reduceMean', [losses], {}, LOSS);
  builder.output(loss, scores.name);

  const trainable = [...network.parameters].filter(([, declaration]) => declaration.trainable).map(([name]) => name);
  if (trainable.length === 0) throw new ConvscopeError('invalid-graph', 'the network has no trainable parameters');
  const differentiated = backward(builder.build(), { of: loss, wrt: trainable });
  const complete = new GraphBuilder(differentiated.graph);
  const gradients = new Map(trainable.map((name) => [name, differentiated.cotangents.get(name) as string]));
  addOptimizer(complete, optimizer, gradients);
  return { graph: complete.build(), loss, logits: scores.name };
}
