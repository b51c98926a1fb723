import type { Suite } from '../suite.ts';
import { measureConvolutions } from './kernels/convolutions.ts';
import { measureMatrixProducts } from './kernels/matrix-products.ts';
import { measureOptimizer } from './kernels/optimizer.ts';
import { measureTrainingLayers } from './kernels/training-layers.ts';

/** Single layers, operands already on the GPU, nothing read back: kernels and what it takes to start them. */
export const kernelsSuite: Suite = {
  name: 'kernels',
  title: 'Kernels: convolutions of real networks layer by layer, matrix products, normalization, pooling, loss, Adam',
  isSampled: true,
  run: async (context) => {
    await measureTrainingLayers(context);
    await measureOptimizer(context);
    await measureMatrixProducts(context);
    await measureConvolutions(context);
  },
};
