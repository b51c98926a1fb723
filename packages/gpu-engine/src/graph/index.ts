export { ConvscopeError, throwIfCancelled, type ErrorCode, type ErrorDetail } from './errors.ts';
export { elementCount, float32Tensor, int32Tensor, shapeText, type DType, type TensorData } from './tensor-data.ts';
export type { Attributes, AttributeValue } from './attributes.ts';
export { concreteShape, type Dimension } from './dimension.ts';
export {
  ancestors,
  valueOf,
  type Graph,
  type GraphNode,
  type Initial,
  type ParameterDeclaration,
  type Value,
} from './graph.ts';
export { GraphBuilder } from './builder.ts';
export { rebatch, specialize, upTo, withInputShapes } from './specialize.ts';
export {
  backward,
  type BackwardOptions,
  type BackwardResult,
  type BackwardRule,
  type RuleContext,
} from './backward.ts';
export type { EpilogueForm, EpilogueStep } from './epilogue.ts';
export type { Cotangents, GradientContext } from './op.ts';
export { opNamed } from './op-named.ts';
export { ops } from './ops/index.gen.ts';
export type {
  AdapterClass,
  KernelCall,
  KernelChoices,
  KernelName,
  KernelQuestion,
  Operand,
  Transform,
} from './lowering.ts';
