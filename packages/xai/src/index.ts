export { defaultLayer, featureLayer, layersOf, type Layer } from './layers.ts';
export type {
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
export { methodApplies, methodNamed, methodNames } from './method-named.ts';
export { allowedValues, completeParameters, parseParameter } from './parameters.ts';
export { Session, type ClassScore } from './session.ts';
