import type { Importer } from '../node-context.ts';
import { activations } from './activations.ts';
import { arithmetic } from './arithmetic.ts';
import { convolution } from './convolution.ts';
import { filled } from './filled.ts';
import { indexing } from './indexing.ts';
import { matrices } from './matrices.ts';
import { normalization } from './normalization.ts';
import { pooling } from './pooling.ts';
import { quantized } from './quantized.ts';
import { reductions } from './reductions.ts';
import { resampling } from './resampling.ts';
import { shapes } from './shapes.ts';
import { softmaxes } from './softmax.ts';
import { training } from './training.ts';

/** ONNX operators (domain ai.onnx) and how each becomes nodes of the engine. */
export const importers: ReadonlyMap<string, Importer> = /* @__PURE__ */ new Map([
  ...convolution,
  ...pooling,
  ...activations,
  ...arithmetic,
  ...matrices,
  ...normalization,
  ...reductions,
  ...softmaxes,
  ...shapes,
  ...filled,
  ...indexing,
  ...resampling,
  ...quantized,
  ...training,
]);
