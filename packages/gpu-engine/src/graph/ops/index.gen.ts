// Generated from the files of this folder by `npm run generate`; do not edit.
import { abs } from './abs.ts';
import { acos } from './acos.ts';
import { acosh } from './acosh.ts';
import { adam } from './adam.ts';
import { add } from './add.ts';
import { and } from './and.ts';
import { argMax } from './arg-max.ts';
import { argMin } from './arg-min.ts';
import { asin } from './asin.ts';
import { asinh } from './asinh.ts';
import { atan } from './atan.ts';
import { atanh } from './atanh.ts';
import { averagePool } from './average-pool.ts';
import { averagePoolGradient } from './average-pool-gradient.ts';
import { batchNorm } from './batch-norm.ts';
import { batchNormGradient } from './batch-norm-gradient.ts';
import { batchNormInference } from './batch-norm-inference.ts';
import { batchNormInferenceGradient } from './batch-norm-inference-gradient.ts';
import { bias } from './bias.ts';
import { cast } from './cast.ts';
import { ceil } from './ceil.ts';
import { celu } from './celu.ts';
import { clip } from './clip.ts';
import { concat } from './concat.ts';
import { convTranspose2d } from './conv-transpose2d.ts';
import { conv2d } from './conv2d.ts';
import { conv2dInputGradient } from './conv2d-input-gradient.ts';
import { conv2dWeightGradient } from './conv2d-weight-gradient.ts';
import { cos } from './cos.ts';
import { cosh } from './cosh.ts';
import { crossEntropy } from './cross-entropy.ts';
import { crossEntropyGradient } from './cross-entropy-gradient.ts';
import { cumSum } from './cum-sum.ts';
import { dense } from './dense.ts';
import { depthToSpace } from './depth-to-space.ts';
import { divide } from './divide.ts';
import { dropout } from './dropout.ts';
import { elu } from './elu.ts';
import { equal } from './equal.ts';
import { erf } from './erf.ts';
import { exp } from './exp.ts';
import { expand } from './expand.ts';
import { flatten } from './flatten.ts';
import { floor } from './floor.ts';
import { gather } from './gather.ts';
import { gatherElements } from './gather-elements.ts';
import { gatherElementsGradient } from './gather-elements-gradient.ts';
import { gatherGradient } from './gather-gradient.ts';
import { gelu } from './gelu.ts';
import { globalAveragePool } from './global-average-pool.ts';
import { globalLpPool } from './global-lp-pool.ts';
import { greater } from './greater.ts';
import { greaterOrEqual } from './greater-or-equal.ts';
import { gridSample } from './grid-sample.ts';
import { gridSampleGridGradient } from './grid-sample-grid-gradient.ts';
import { gridSampleInputGradient } from './grid-sample-input-gradient.ts';
import { groupNorm } from './group-norm.ts';
import { hardSigmoid } from './hard-sigmoid.ts';
import { hardSwish } from './hard-swish.ts';
import { hardmax } from './hardmax.ts';
import { identity } from './identity.ts';
import { instanceNorm } from './instance-norm.ts';
import { isInf } from './is-inf.ts';
import { isNan } from './is-nan.ts';
import { layerNorm } from './layer-norm.ts';
import { leakyRelu } from './leaky-relu.ts';
import { less } from './less.ts';
import { lessOrEqual } from './less-or-equal.ts';
import { log } from './log.ts';
import { logSoftmax } from './log-softmax.ts';
import { logSoftmaxGradient } from './log-softmax-gradient.ts';
import { lpNormalization } from './lp-normalization.ts';
import { lpNormalizationGradient } from './lp-normalization-gradient.ts';
import { lpPool } from './lp-pool.ts';
import { lpPoolGradient } from './lp-pool-gradient.ts';
import { lrn } from './lrn.ts';
import { lrnGradient } from './lrn-gradient.ts';
import { matmul } from './matmul.ts';
import { maxPool } from './max-pool.ts';
import { maxUnpool } from './max-unpool.ts';
import { maxUnpoolGradient } from './max-unpool-gradient.ts';
import { maximum } from './maximum.ts';
import { minimum } from './minimum.ts';
import { mish } from './mish.ts';
import { mod } from './mod.ts';
import { multiply } from './multiply.ts';
import { not } from './not.ts';
import { oneHot } from './one-hot.ts';
import { or } from './or.ts';
import { pad } from './pad.ts';
import { padGradient } from './pad-gradient.ts';
import { poolIndices } from './pool-indices.ts';
import { poolSwitch } from './pool-switch.ts';
import { pow } from './pow.ts';
import { powDerivative } from './pow-derivative.ts';
import { prelu } from './prelu.ts';
import { reciprocal } from './reciprocal.ts';
import { reduceL1 } from './reduce-l1.ts';
import { reduceL2 } from './reduce-l2.ts';
import { reduceLogSum } from './reduce-log-sum.ts';
import { reduceLogSumExp } from './reduce-log-sum-exp.ts';
import { reduceMax } from './reduce-max.ts';
import { reduceMaxGradient } from './reduce-max-gradient.ts';
import { reduceMean } from './reduce-mean.ts';
import { reduceMin } from './reduce-min.ts';
import { reduceProd } from './reduce-prod.ts';
import { reduceProdGradient } from './reduce-prod-gradient.ts';
import { reduceSum } from './reduce-sum.ts';
import { reduceSumSquare } from './reduce-sum-square.ts';
import { relu } from './relu.ts';
import { reluGradient } from './relu-gradient.ts';
import { reshape } from './reshape.ts';
import { resize } from './resize.ts';
import { resizeGradient } from './resize-gradient.ts';
import { rmsNorm } from './rms-norm.ts';
import { round } from './round.ts';
import { scale } from './scale.ts';
import { selu } from './selu.ts';
import { sgd } from './sgd.ts';
import { sigmoid } from './sigmoid.ts';
import { sign } from './sign.ts';
import { silu } from './silu.ts';
import { sin } from './sin.ts';
import { sinh } from './sinh.ts';
import { slice } from './slice.ts';
import { sliceGradient } from './slice-gradient.ts';
import { softmax } from './softmax.ts';
import { softmaxGradient } from './softmax-gradient.ts';
import { softplus } from './softplus.ts';
import { softsign } from './softsign.ts';
import { spaceToDepth } from './space-to-depth.ts';
import { sqrt } from './sqrt.ts';
import { squeeze } from './squeeze.ts';
import { standardize } from './standardize.ts';
import { subtract } from './subtract.ts';
import { tan } from './tan.ts';
import { tanh } from './tanh.ts';
import { thresholdedRelu } from './thresholded-relu.ts';
import { tile } from './tile.ts';
import { topK } from './top-k.ts';
import { transpose } from './transpose.ts';
import { unaryGradient } from './unary-gradient.ts';
import { unpool } from './unpool.ts';
import { unsqueeze } from './unsqueeze.ts';
import { where } from './where.ts';
import { xor } from './xor.ts';

export {
  abs,
  acos,
  acosh,
  adam,
  add,
  and,
  argMax,
  argMin,
  asin,
  asinh,
  atan,
  atanh,
  averagePool,
  averagePoolGradient,
  batchNorm,
  batchNormGradient,
  batchNormInference,
  batchNormInferenceGradient,
  bias,
  cast,
  ceil,
  celu,
  clip,
  concat,
  convTranspose2d,
  conv2d,
  conv2dInputGradient,
  conv2dWeightGradient,
  cos,
  cosh,
  crossEntropy,
  crossEntropyGradient,
  cumSum,
  dense,
  depthToSpace,
  divide,
  dropout,
  elu,
  equal,
  erf,
  exp,
  expand,
  flatten,
  floor,
  gather,
  gatherElements,
  gatherElementsGradient,
  gatherGradient,
  gelu,
  globalAveragePool,
  globalLpPool,
  greater,
  greaterOrEqual,
  gridSample,
  gridSampleGridGradient,
  gridSampleInputGradient,
  groupNorm,
  hardSigmoid,
  hardSwish,
  hardmax,
  identity,
  instanceNorm,
  isInf,
  isNan,
  layerNorm,
  leakyRelu,
  less,
  lessOrEqual,
  log,
  logSoftmax,
  logSoftmaxGradient,
  lpNormalization,
  lpNormalizationGradient,
  lpPool,
  lpPoolGradient,
  lrn,
  lrnGradient,
  matmul,
  maxPool,
  maxUnpool,
  maxUnpoolGradient,
  maximum,
  minimum,
  mish,
  mod,
  multiply,
  not,
  oneHot,
  or,
  pad,
  padGradient,
  poolIndices,
  poolSwitch,
  pow,
  powDerivative,
  prelu,
  reciprocal,
  reduceL1,
  reduceL2,
  reduceLogSum,
  reduceLogSumExp,
  reduceMax,
  reduceMaxGradient,
  reduceMean,
  reduceMin,
  reduceProd,
  reduceProdGradient,
  reduceSum,
  reduceSumSquare,
  relu,
  reluGradient,
  reshape,
  resize,
  resizeGradient,
  rmsNorm,
  round,
  scale,
  selu,
  sgd,
  sigmoid,
  sign,
  silu,
  sin,
  sinh,
  slice,
  sliceGradient,
  softmax,
  softmaxGradient,
  softplus,
  softsign,
  spaceToDepth,
  sqrt,
  squeeze,
  standardize,
  subtract,
  tan,
  tanh,
  thresholdedRelu,
  tile,
  topK,
  transpose,
  unaryGradient,
  unpool,
  unsqueeze,
  where,
  xor,
};
export const ops = {
  abs,
  acos,
  acosh,
  adam,
  add,
  and,
  argMax,
  argMin,
  asin,
  asinh,
  atan,
  atanh,
  averagePool,
  averagePoolGradient,
  batchNorm,
  batchNormGradient,
  batchNormInference,
  batchNormInferenceGradient,
  bias,
  cast,
  ceil,
  celu,
  clip,
  concat,
  convTranspose2d,
  conv2d,
  conv2dInputGradient,
  conv2dWeightGradient,
  cos,
  cosh,
  crossEntropy,
  crossEntropyGradient,
  cumSum,
  dense,
  depthToSpace,
  divide,
  dropout,
  elu,
  equal,
  erf,
  exp,
  expand,
  flatten,
  floor,
  gather,
  gatherElements,
  gatherElementsGradient,
  gatherGradient,
  gelu,
  globalAveragePool,
  globalLpPool,
  greater,
  greaterOrEqual,
  gridSample,
  gridSampleGridGradient,
  gridSampleInputGradient,
  groupNorm,
  hardSigmoid,
  hardSwish,
  hardmax,
  identity,
  instanceNorm,
  isInf,
  isNan,
  layerNorm,
  leakyRelu,
  less,
  lessOrEqual,
  log,
  logSoftmax,
  logSoftmaxGradient,
  lpNormalization,
  lpNormalizationGradient,
  lpPool,
  lpPoolGradient,
  lrn,
  lrnGradient,
  matmul,
  maxPool,
  maxUnpool,
  maxUnpoolGradient,
  maximum,
  minimum,
  mish,
  mod,
  multiply,
  not,
  oneHot,
  or,
  pad,
  padGradient,
  poolIndices,
  poolSwitch,
  pow,
  powDerivative,
  prelu,
  reciprocal,
  reduceL1,
  reduceL2,
  reduceLogSum,
  reduceLogSumExp,
  reduceMax,
  reduceMaxGradient,
  reduceMean,
  reduceMin,
  reduceProd,
  reduceProdGradient,
  reduceSum,
  reduceSumSquare,
  relu,
  reluGradient,
  reshape,
  resize,
  resizeGradient,
  rmsNorm,
  round,
  scale,
  selu,
  sgd,
  sigmoid,
  sign,
  silu,
  sin,
  sinh,
  slice,
  sliceGradient,
  softmax,
  softmaxGradient,
  softplus,
  softsign,
  spaceToDepth,
  sqrt,
  squeeze,
  standardize,
  subtract,
  tan,
  tanh,
  thresholdedRelu,
  tile,
  topK,
  transpose,
  unaryGradient,
  unpool,
  unsqueeze,
  where,
  xor,
} as const;
