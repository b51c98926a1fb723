export { asFloat32Tensor, type ElementKind } from './elements.ts';
export { ModelFormatError, type FormatErrorDetail } from './errors.ts';
export { bfloat16ToFloat32, float16ToFloat32, float32ToBfloat16, float32ToFloat16 } from './half.ts';
export { openIdx, readIdx, type IdxArray } from './idx.ts';
export { type InflateLimit } from './inflate.ts';
export { readNpy, writeNpy } from './npy.ts';
export {
  readSafetensors,
  writeSafetensors,
  type SafetensorsContent,
  type SafetensorsWriteOptions,
} from './safetensors.ts';
export { parseStrictJson, type StrictJson, type StrictJsonOptions } from './strict-json.ts';
