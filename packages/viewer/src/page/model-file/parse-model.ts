import { readCheckpoint, readOnnx, type ExternalData, type Model } from '@convscope/formats';

/** A model from an .onnx file, or from a checkpoint (.safetensors). Throws ModelFormatError. */
export function parseModel(bytes: Uint8Array, fileName: string, weights?: WeightFiles): Model {
  if (/\.safetensors$/i.test(fileName)) return readCheckpoint(bytes, fileName);
  return readOnnx(bytes, fileName, weights === undefined ? {} : { externalData: weights.read });
}

/** The files of weights that a model names: each read once, and those that are not there kept in mind. */
export class WeightFiles {
  readonly missing: string[] = [];
  readonly #files = new Map<string, Uint8Array | undefined>();
  readonly #open: ExternalData;

  constructor(open: ExternalData) {
    this.#open = open;
  }

  readonly read: ExternalData = (location) => {
    if (!this.#files.has(location)) {
      const bytes = this.#open(location);
      this.#files.set(location, bytes);
      if (bytes === undefined) this.missing.push(location.slice(0, 200));
    }
    return this.#files.get(location);
  };

  /** What to do about files that are missing. */
  advice(modelName: string): string {
    const names = this.missing.map((name) => JSON.stringify(name)).join(', ');
    return `${modelName} has its weights in another file, ${names}, which is not here: drop or choose both together`;
  }
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
