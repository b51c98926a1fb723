import type { Suite } from '../suite.ts';
import { convolutionCount, measureConvolutions } from './kernels/convolutions.ts';
import { matrixProductCount, measureMatrixProducts } from './kernels/matrix-products.ts';
import { measureOptimizer, OPTIMIZER_CASES } from './kernels/optimizer.ts';
import { measureTrainingLayers, TRAINING_LAYER_CASES } from './kernels/training-layers.ts';

/** Single layers, operands already on the GPU, nothing read back: kernels and what it takes to start them. */
export const kernelsSuite: Suite = {
  name: 'kernels',
  title: 'Kernels: convolutions of real networks layer by layer, matrix products, normalization, pooling, loss, Adam',
  isSampled: true,
  count: (extent) => TRAINING_LAYER_CASES + OPTIMIZER_CASES + matrixProductCount(extent) + convolutionCount(extent),
  run: async (context) => {
    await measureTrainingLayers(context);
    await measureOptimizer(context);
    await measureMatrixProducts(context);
    await measureConvolutions(context);
  },
};
