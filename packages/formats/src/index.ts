export {
  readCheckpoint,
  readCheckpointWithState,
  writeCheckpoint,
  type Checkpoint,
  type CheckpointWriteOptions,
} from './checkpoint.ts';
export { decodePicture } from './decode-picture.ts';
export { asFloat32Tensor, type ElementKind } from './elements.ts';
export { ModelFormatError, type FormatErrorDetail } from './errors.ts';
export { writeGif, type GifFrame, type GifOptions } from './gif/write-gif.ts';
export { crc32 } from './crc32.ts';
export { bfloat16ToFloat32, float16ToFloat32, float32ToBfloat16, float32ToFloat16 } from './half.ts';
export { openIdx, readIdx, type IdxArray } from './idx.ts';
export { type InflateLimit } from './inflate.ts';
export { readJpeg } from './jpeg.ts';
export { readNpy, writeNpy } from './npy.ts';
export { readNpz, writeNpz } from './npz.ts';
export { MOST_PIXELS, type Picture } from './picture.ts';
export { readPng, writePng } from './png.ts';
export { pictureToTensor, tensorToPicture } from './preprocess.ts';
export { parsePreprocessing, type Preprocessing } from './preprocessing.ts';
export { resample, type Region } from './resample.ts';
export {
  readSafetensors,
  writeSafetensors,
  type SafetensorsContent,
  type SafetensorsWriteOptions,
} from './safetensors.ts';
export { parseStrictJson, type StrictJson, type StrictJsonOptions } from './strict-json.ts';
export { unzipBounded } from './zip.ts';
export { graphFromJson, graphToJson } from './graph-json.ts';
export type { Model } from './model.ts';
export { parseLabels } from './labels.ts';
export {
  likelyPreset,
  presetNames,
  presetPreprocessing,
  withLabels,
  withPreprocessing,
  type PresetGuess,
  type PresetName,
} from './presets.ts';
export { inspectOnnx, type OnnxReport } from './onnx/inspect-onnx.ts';
export { readOnnx, type OnnxOptions } from './onnx/read-onnx.ts';
export { writeOnnx } from './onnx/write-onnx.ts';
export { readOnnxGraph, type OnnxGraph, type OnnxReadOptions } from './onnx/read-graph.ts';
export type { ConstantTensor } from './onnx/constant-tensor.ts';
export type { ExternalData } from './onnx/external-data.ts';
export type { UnsupportedOp } from './onnx/import-graph.ts';
export { writeMp4, type Mp4Film, type Mp4Sample } from './write-mp4.ts';
