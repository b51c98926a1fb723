// Generated from the files of this folder by `npm run generate`; do not edit.
import { adam } from './adam.ts';
import { add } from './add.ts';
import { averagePool } from './average-pool.ts';
import { averagePoolGradient } from './average-pool-gradient.ts';
import { batchNorm } from './batch-norm.ts';
import { batchNormGradient } from './batch-norm-gradient.ts';
import { batchNormInference } from './batch-norm-inference.ts';
import { batchNormInferenceGradient } from './batch-norm-inference-gradient.ts';
import { bias } from './bias.ts';
import { concat } from './concat.ts';
import { convTranspose2d } from './conv-transpose2d.ts';
import { conv2d } from './conv2d.ts';
import { conv2dInputGradient } from './conv2d-input-gradient.ts';
import { conv2dWeightGradient } from './conv2d-weight-gradient.ts';
import { crossEntropy } from './cross-entropy.ts';
import { crossEntropyGradient } from './cross-entropy-gradient.ts';
import { dense } from './dense.ts';
import { divide } from './divide.ts';
import { dropout } from './dropout.ts';
import { expand } from './expand.ts';
import { flatten } from './flatten.ts';
import { globalAveragePool } from './global-average-pool.ts';
import { globalLpPool } from './global-lp-pool.ts';
import { logSoftmax } from './log-softmax.ts';
import { logSoftmaxGradient } from './log-softmax-gradient.ts';
import { lpPool } from './lp-pool.ts';
import { lpPoolGradient } from './lp-pool-gradient.ts';
import { matmul } from './matmul.ts';
import { maxPool } from './max-pool.ts';
import { maxUnpool } from './max-unpool.ts';
import { maxUnpoolGradient } from './max-unpool-gradient.ts';
import { multiply } from './multiply.ts';
import { pad } from './pad.ts';
import { poolIndices } from './pool-indices.ts';
import { poolSwitch } from './pool-switch.ts';
import { reduceMax } from './reduce-max.ts';
import { reduceMaxGradient } from './reduce-max-gradient.ts';
import { reduceMean } from './reduce-mean.ts';
import { reduceSum } from './reduce-sum.ts';
import { relu } from './relu.ts';
import { reluGradient } from './relu-gradient.ts';
import { reshape } from './reshape.ts';
import { resize } from './resize.ts';
import { resizeGradient } from './resize-gradient.ts';
import { scale } from './scale.ts';
import { sgd } from './sgd.ts';
import { slice } from './slice.ts';
import { softmax } from './softmax.ts';
import { softmaxGradient } from './softmax-gradient.ts';
import { subtract } from './subtract.ts';
import { unpool } from './unpool.ts';

export {
  adam,
  add,
  averagePool,
  averagePoolGradient,
  batchNorm,
  batchNormGradient,
  batchNormInference,
  batchNormInferenceGradient,
  bias,
  concat,
  convTranspose2d,
  conv2d,
  conv2dInputGradient,
  conv2dWeightGradient,
  crossEntropy,
  crossEntropyGradient,
  dense,
  divide,
  dropout,
  expand,
  flatten,
  globalAveragePool,
  globalLpPool,
  logSoftmax,
  logSoftmaxGradient,
  lpPool,
  lpPoolGradient,
  matmul,
  maxPool,
  maxUnpool,
  maxUnpoolGradient,
  multiply,
  pad,
  poolIndices,
  poolSwitch,
  reduceMax,
  reduceMaxGradient,
  reduceMean,
  reduceSum,
  relu,
  reluGradient,
  reshape,
  resize,
  resizeGradient,
  scale,
  sgd,
  slice,
  softmax,
  softmaxGradient,
  subtract,
  unpool,
};
export const ops = {
  adam,
  add,
  averagePool,
  averagePoolGradient,
  batchNorm,
  batchNormGradient,
  batchNormInference,
  batchNormInferenceGradient,
  bias,
  concat,
  convTranspose2d,
  conv2d,
  conv2dInputGradient,
  conv2dWeightGradient,
  crossEntropy,
  crossEntropyGradient,
  dense,
  divide,
  dropout,
  expand,
  flatten,
  globalAveragePool,
  globalLpPool,
  logSoftmax,
  logSoftmaxGradient,
  lpPool,
  lpPoolGradient,
  matmul,
  maxPool,
  maxUnpool,
  maxUnpoolGradient,
  multiply,
  pad,
  poolIndices,
  poolSwitch,
  reduceMax,
  reduceMaxGradient,
  reduceMean,
  reduceSum,
  relu,
  reluGradient,
  reshape,
  resize,
  resizeGradient,
  scale,
  sgd,
  slice,
  softmax,
  softmaxGradient,
  subtract,
  unpool,
} as const;
