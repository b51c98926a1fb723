import { writeOnnx } from '@convscope/formats';
import { initializeParameters } from '@convscope/gpu-engine';
import { asModel } from '../peers/as-model.ts';
import { convscopeNetwork, networkWeights } from '../peers/convscope-network.ts';
import { IMAGE, seedNetwork } from '../seed-network.ts';
import type { Extent } from '../suite.ts';
import { networks } from './networks.ts';

export interface OnnxFile {
  readonly name: string;
  /** Of its one input. */
  readonly shape: readonly number[];
  readonly bytes: () => Uint8Array;
}

/** Written by our own writer, from weights that are drawn. */
export function onnxFiles(extent: Extent): readonly OnnxFile[] {
  return extent === 'quick' ? [seedFile] : [seedFile, ...networkFiles()];
}

export const seedFile: OnnxFile = {
  name: 'seed',
  shape: [1, 1, IMAGE, IMAGE],
  bytes: () => {
    const graph = seedNetwork({ batch: 1, dropout: 0 });
    return writeOnnx(asModel('seed', graph, initializeParameters(graph, 1)));
  },
};

function networkFiles(): readonly OnnxFile[] {
  const size = 224;
  return Object.entries(networks).map(([name, architecture]) => ({
    name,
    shape: [1, 3, size, size],
    bytes: () => {
      const network = convscopeNetwork(architecture, { size });
      return writeOnnx(asModel(name, network.graph, networkWeights(network)));
    },
  }));
}
