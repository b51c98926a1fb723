import type { AttributeSchema, Attributes, AttributesOf } from '../attributes.ts';
import type { LoweringContext, Operand } from '../lowering.ts';
import { defineOp, type InferContext, type InferredOutput, type OpDefinition } from '../op.ts';

/** The `OPERATION` variants of each shader file, by their position. */
const families = {
  unary: ['relu', 'scale', 'abs', 'sign', 'floor', 'ceil', 'round', 'exp', 'log', 'sqrt', 'reciprocal', 'erf'],
  activation: [
    'leakyRelu',
    'elu',
    'selu',
    'celu',
    'sigmoid',
    'hardSigmoid',
    'tanh',
    'softplus',
    'softsign',
    'gelu',
    'geluTanh',
    'silu',
    'hardSwish',
    'mish',
    'thresholdedRelu',
    'clip',
  ],
  trigonometry: ['sin', 'cos', 'tan', 'asin', 'acos', 'atan', 'sinh', 'cosh', 'asinh', 'acosh', 'atanh'],
} as const;

type Family = keyof typeof families;
export type UnaryFunction = (typeof families)[Family][number];

export const unaryFunctions: readonly UnaryFunction[] = Object.values(families).flat();

/** A function of one variable, with the two parameters that it may have. */
export interface UnaryCall {
  readonly function: UnaryFunction;
  readonly alpha?: number;
  readonly beta?: number;
}

export function inferSame({ inputs }: InferContext<unknown>): readonly InferredOutput[] {
  return inputs.slice(0, 1).map(({ dtype, shape }) => ({ dtype, shape }));
}

/** output = f(input), chunk by chunk where the tensor is larger than a binding. */
export function lowerUnary(context: LoweringContext<unknown>, call: UnaryCall): void {
  const inputs = context.flatChunks(context.inputs[0] as Operand);
  context.flatChunks(context.outputs[0] as Operand).forEach((output, index) => {
    const { family, ...rest } = kernelOf(call, output);
    context.emit({ ...rest, kernel: `${family}/main`, bindings: { input: inputs[index] as Operand, output } });
  });
}

/** output = g * f'(x), chunk by chunk; inputs g and x. */
export function lowerUnaryGradient(context: LoweringContext<unknown>, call: UnaryCall): void {
  const [cotangents, inputs] = context.inputs.map((operand) => context.flatChunks(operand)) as [Operand[], Operand[]];
  context.flatChunks(context.outputs[0] as Operand).forEach((output, index) => {
    const [cotangent, input] = [cotangents[index] as Operand, inputs[index] as Operand];
    const { family, ...rest } = kernelOf(call, output);
    context.emit({ ...rest, kernel: `${family}/gradient`, bindings: { cotangent, input, output } });
  });
}

// Shaders cannot write an infinity down: log gets the one that log(0) is.
function kernelOf({ function: name, alpha = name === 'log' ? -Infinity : 0, beta = 0 }: UnaryCall, output: Operand) {
  const family = (Object.keys(families) as Family[]).find((key) => families[key].some((entry) => entry === name));
  const names: readonly string[] = families[family ?? 'unary'];
  return {
    family: family ?? 'unary',
    variant: { OPERATION: names.indexOf(name) },
    uniforms: { count: output.elements, alpha, beta },
    threads: Math.ceil(output.elements / 4),
    operations: 4 * output.elements,
  };
}

/**
 * An op that applies one function to every element of x, and whose gradient is g * f'(x). `call` says which, from the
 * attributes; by default the function is named as the op. Where `flat` is set no gradient flows: the slope is zero.
 * `slopeOf` says whose value the slope follows from: where y will do, x need not be kept.
 */
export function defineUnary<const S extends AttributeSchema>(
  name: string,
  attributes: S,
  {
    call = () => ({ function: name as UnaryFunction }),
    flat = false,
    slopeOf = 'input',
  }: {
    call?: (attributes: AttributesOf<S>) => UnaryCall;
    flat?: boolean;
    slopeOf?: 'input' | 'output';
  } = {},
): OpDefinition<S> {
  return defineOp<S>({
    name,
    inputs: ['x'],
    outputs: [''],
    attributes,
    infer: inferSame,
    gradient: ({ node, attributes: given, cotangents, op }) => {
      if (flat) return [undefined];
      const settings: Attributes = { ...call(given) };
      const [known] = slopeOf === 'input' ? node.inputs : node.outputs;
      return [op('unaryGradient', [cotangents[0] as string, known as string], settings)];
    },
    lower: (context) => lowerUnary(context, call(context.attributes)),
  });
}
