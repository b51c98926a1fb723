import { readCheckpoint, readOnnx, type Model } from '@convscope/formats';

/** A model from an .onnx file, or from a checkpoint (.safetensors). Throws ModelFormatError. */
export function parseModel(bytes: Uint8Array, fileName: string): Model {
  return /\.safetensors$/i.test(fileName) ? readCheckpoint(bytes, fileName) : readOnnx(bytes, fileName);
}

/** The memory of a model's tensors, each block once: what can be handed over to another thread without copying. */
export function buffersOf({ parameters, graph }: Model): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  for (const tensors of [parameters, graph.constants]) {
    for (const { data } of tensors.values()) {
      if (data.buffer instanceof ArrayBuffer) buffers.add(data.buffer);
    }
  }
  return [...buffers];
}
