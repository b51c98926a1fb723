import * as activations from './ops/activations.ts';
import { argMax, argMin } from './ops/arguments.ts';
import { averagePool, averagePoolGradient } from './ops/average-pool.ts';
import { batchNorm, batchNormGradient, batchNormInference, batchNormInferenceGradient } from './ops/batch-norm.ts';
import * as pairs from './ops/binary.ts';
import { bias } from './ops/bias.ts';
import * as comparisons from './ops/comparisons.ts';
import { concat } from './ops/concat.ts';
import { conv2dInputGradient } from './ops/conv2d-input-gradient.ts';
import { conv2dWeightGradient } from './ops/conv2d-weight-gradient.ts';
import { conv2d } from './ops/conv2d.ts';
import { convTranspose2d } from './ops/conv-transpose2d.ts';
import { crossEntropy, crossEntropyGradient } from './ops/cross-entropy.ts';
import { dense } from './ops/dense.ts';
import { dropout } from './ops/dropout.ts';
import { add, divide, multiply, subtract } from './ops/elementwise.ts';
import { globalAveragePool } from './ops/global-average-pool.ts';
import { globalLpPool, lpPool, lpPoolGradient } from './ops/lp-pool.ts';
import * as integers from './ops/integers.ts';
import { matmul } from './ops/matmul.ts';
import { maxPool } from './ops/max-pool.ts';
import * as mathematics from './ops/mathematics.ts';
import { maxUnpool, maxUnpoolGradient, poolIndices } from './ops/max-unpool.ts';
import * as movement from './ops/movement.ts';
import { adam, sgd } from './ops/optimizers.ts';
import { reduceMax, reduceMaxGradient, reduceMin } from './ops/reduce-max.ts';
import { expand, reduceMean, reduceSum } from './ops/reduce.ts';
import * as reductions from './ops/reductions.ts';
import { relu, reluGradient } from './ops/relu.ts';
import { flatten, reshape } from './ops/reshape.ts';
import { resize, resizeGradient } from './ops/resize.ts';
import * as rows from './ops/rows.ts';
import { scale } from './ops/scale.ts';
import { pad, padGradient, slice, sliceGradient } from './ops/slice-and-pad.ts';
import { logSoftmax, logSoftmaxGradient, softmax, softmaxGradient } from './ops/softmax.ts';
import { poolSwitch, unpool } from './ops/unpool.ts';
import { where } from './ops/where.ts';
import { standardize, layerNorm, rmsNorm, instanceNorm, groupNorm } from './ops/row-norms.ts';
import { lrn, lrnGradient } from './ops/lrn.ts';
import { lpNormalization, lpNormalizationGradient } from './ops/lp-normalization.ts';
import { depthToSpace, spaceToDepth } from './ops/depth-to-space.ts';
import { gridSample, gridSampleInputGradient, gridSampleGridGradient } from './ops/grid-sample.ts';
import type { OpSuite } from './reference.ts';

/** At least one suite an op. */
export const suites: readonly OpSuite[] = [
  conv2d,
  conv2dInputGradient,
  conv2dWeightGradient,
  convTranspose2d,
  dense,
  matmul,
  bias,
  relu,
  reluGradient,
  maxPool,
  unpool,
  poolSwitch,
  averagePool,
  averagePoolGradient,
  globalAveragePool,
  lpPool,
  lpPoolGradient,
  globalLpPool,
  poolIndices,
  maxUnpool,
  maxUnpoolGradient,
  batchNorm,
  batchNormGradient,
  batchNormInference,
  batchNormInferenceGradient,
  lpNormalization,
  lpNormalizationGradient,
  lrn,
  lrnGradient,
  standardize,
  layerNorm,
  rmsNorm,
  instanceNorm,
  groupNorm,
  dropout,
  ...Object.values(activations),
  ...Object.values(mathematics),
  ...Object.values(pairs),
  ...Object.values(integers),
  ...Object.values(comparisons),
  where,
  scale,
  add,
  subtract,
  multiply,
  divide,
  concat,
  slice,
  sliceGradient,
  pad,
  padGradient,
  reshape,
  flatten,
  softmax,
  softmaxGradient,
  logSoftmax,
  logSoftmaxGradient,
  crossEntropy,
  crossEntropyGradient,
  reduceSum,
  reduceMean,
  reduceMax,
  reduceMaxGradient,
  reduceMin,
  ...Object.values(reductions),
  argMax,
  argMin,
  ...Object.values(rows),
  ...Object.values(movement),
  expand,
  resize,
  resizeGradient,
  gridSample,
  gridSampleInputGradient,
  gridSampleGridGradient,
  depthToSpace,
  spaceToDepth,
  sgd,
  adam,
];
