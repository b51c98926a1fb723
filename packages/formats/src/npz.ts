import { type TensorData } from '@convscope/gpu-engine/graph';
import { zipSync } from 'fflate';
import { type InflateLimit } from './inflate.ts';
import { readNpy, writeNpy } from './npy.ts';
import { unzipBounded } from './zip.ts';

/** Reads the .npy arrays of a .npz archive, named without the ending. Throws ModelFormatError, naming the entry. */
export function readNpz(bytes: Uint8Array, fileName: string, limit: InflateLimit = {}): Map<string, TensorData> {
  const tensors = new Map<string, TensorData>();
  for (const [name, content] of unzipBounded(bytes, fileName, limit)) {
    if (name.endsWith('.npy')) tensors.set(name.slice(0, -4), readNpy(content, `${fileName}/${name}`));
  }
  return tensors;
}

/** Writes tensors as a compressed .npz archive, in the map's order. The same tensors give the same bytes. */
export function writeNpz(tensors: ReadonlyMap<string, TensorData>): Uint8Array {
  const entries = [...tensors].map(([name, tensor]) => [`${name}.npy`, writeNpy(tensor)] as const);
  return zipSync(Object.fromEntries(entries), { level: 6, mtime: '1980-01-01T00:00:00' });
}
