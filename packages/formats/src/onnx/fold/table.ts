import type { Fold } from './context.ts';
import { elementwise } from './elementwise.ts';
import { making } from './making.ts';
import { quantization } from './quantization.ts';
import { reductions } from './reductions.ts';
import { structure } from './structure.ts';

/** ONNX operators that are computed at load where all their inputs are known. */
export const folds: ReadonlyMap<string, Fold> = /* @__PURE__ */ new Map([
  ...making,
  ...structure,
  ...elementwise,
  ...reductions,
  ...quantization,
]);
