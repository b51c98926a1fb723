export { methodApplies, type Applicability } from './applicability.ts';
export {
  completeness,
  deletionInsertion,
  parameterRandomization,
  parameterRandomizations,
  pixelMap,
  pointing,
  spearman,
  type Completeness,
  type CompletenessRequest,
  type DeletionInsertion,
  type DeletionInsertionOptions,
  type Pointing,
  type RandomizationStep,
  type RandomizationSubject,
} from './checks/index.ts';
export { coverageOf, type Coverage, type MemoryEstimate } from './coverage.ts';
export { defaultLayer, featureLayer, layersOf, type Layer } from './layers.ts';
export type {
  ChannelWeight,
  ExplainedTarget,
  Explanation,
  ExplanationRequest,
  Method,
  MethodRequest,
  MethodResult,
  Paper,
  ParameterSpecification,
  ParameterValue,
  ParameterValues,
  Unit,
} from './method.ts';
export { methods } from './methods/index.gen.ts';
export { methodsFor } from './methods-for.ts';
export { methodNamed, methodNames } from './method-named.ts';
export { allowedValues, completeParameters, parseParameter } from './parameters.ts';
export { receptiveField, type Box } from './receptive-field.ts';
export { blankInput } from './synthesis/picture-space.ts';
export { Session, type ClassScore } from './session.ts';
export { topActivations, type ChannelTop, type TopActivation, type TopActivationsOptions } from './top-activations.ts';
