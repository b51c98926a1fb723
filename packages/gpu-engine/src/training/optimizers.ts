import { ConvscopeError, type GraphBuilder } from '../graph/index.ts';

/** How parameters follow their gradients, as data. What is left out has PyTorch's default, momentum excepted (0.9). */
export type Optimizer =
  | {
      readonly kind: 'sgd';
      readonly momentum?: number;
      /** L2 penalty added to the gradient. */
      readonly weightDecay?: number;
      readonly nesterov?: boolean;
    }
  | {
      readonly kind: 'adam';
      readonly beta1?: number;
      readonly beta2?: number;
      readonly epsilon?: number;
      /** L2 penalty added to the gradient (not decoupled as in AdamW). */
      readonly weightDecay?: number;
    };

/** State of an optimiser is kept as parameters of the training graph under this prefix. */
const STATE_PREFIX = 'optimizer:';

/** Whether a parameter of a training graph is what the optimiser remembers, and not the network's own. */
export function isOptimizerState(parameter: string): boolean {
  return parameter.startsWith(STATE_PREFIX);
}

/** Adds a node a parameter that updates it, the optimiser's state, and the scalars that change with every step. */
export function addOptimizer(
  builder: GraphBuilder,
  optimizer: Optimizer,
  gradients: ReadonlyMap<string, string>,
): void {
  const { kind, ...attributes } = optimizer;
  const { states, scalars } = LAYOUTS[kind];
  for (const scalar of scalars) builder.scalar(STATE_PREFIX + scalar, 'float32');
  const stateOf = (parameter: string, name: string) => `${STATE_PREFIX}${parameter}:${name}`;
  // What one dispatch goes through together is declared together.
  for (const name of states) {
    for (const parameter of gradients.keys()) {
      const shape = builder.value(parameter).shape as readonly number[];
      builder.parameter(stateOf(parameter, name), shape, { trainable: false });
    }
  }
  for (const [parameter, gradient] of gradients) {
    const state = states.map((name) => stateOf(parameter, name));
    const scalarInputs = scalars.map((scalar) => STATE_PREFIX + scalar);
    const inputs = [parameter, gradient, ...state, ...scalarInputs];
    const results = builder.node(kind, inputs, attributes, `${STATE_PREFIX}${parameter}`);
    [parameter, ...state].forEach((name, index) => builder.update(name, results[index] as string));
  }
}

/**
 * The scalars of step number `step` (the first is 1). Adam's bias corrections are computed here in float64, since
 * 1 - 0.999^t loses most of its digits in float32. Throws `invalid-parameter`.
 */
export function optimizerScalars(
  optimizer: Optimizer,
  { step, learningRate }: { readonly step: number; readonly learningRate: number },
): Record<string, number> {
  if (!(learningRate >= 0 && Number.isFinite(learningRate))) {
    throw new ConvscopeError('invalid-parameter', 'the learning rate is not usable', {
      got: String(learningRate),
      wanted: 'a number from 0 on',
    });
  }
  if (optimizer.kind === 'sgd') return { [`${STATE_PREFIX}learningRate`]: learningRate };
  const { beta1 = 0.9, beta2 = 0.999 } = optimizer;
  return {
    [`${STATE_PREFIX}stepSize`]: learningRate / (1 - beta1 ** step),
    [`${STATE_PREFIX}secondCorrection`]: Math.sqrt(1 - beta2 ** step),
  };
}

/** Which state and which scalars the ops take after parameter and gradient, in their order. */
const LAYOUTS = {
  sgd: { states: ['velocity'], scalars: ['learningRate'] },
  adam: { states: ['firstMoment', 'secondMoment'], scalars: ['stepSize', 'secondCorrection'] },
} as const;
