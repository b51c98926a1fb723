import { ConvscopeError, rebatch, valueOf, type Graph } from '@convscope/gpu-engine/graph';
import type { Model } from '@convscope/formats';

/** The symbol for the size of the batch. */
const BATCH = 'N';

/**
 * The network for batches of any size, where its file fixed one: as it is where it did not, undefined where some node
 * computes with the size or mixes the pictures of a batch.
 */
export function freeBatch({ graph, input }: Pick<Model, 'graph' | 'input'>): Graph | undefined {
  if (typeof valueOf(graph, input).shape[0] === 'string') return graph;
  if (graph.inputs.length > 1) return undefined;
  try {
    const free = rebatch(graph, BATCH);
    return passesBatch(free) ? free : undefined;
  } catch (thrown) {
    if (thrown instanceof ConvscopeError) return undefined;
    throw thrown;
  }
}

/** Whether the batch is first in the shape of everything that is computed from the input, and nowhere else. */
function passesBatch({ inputs, nodes, values }: Graph): boolean {
  const computed = new Set(inputs);
  for (const node of nodes) {
    if (!node.inputs.some((name) => computed.has(name))) continue;
    for (const name of node.outputs) {
      const [first, ...rest] = values.get(name)?.shape ?? [];
      if (first !== BATCH || rest.some((size) => typeof size === 'string' && /\bN\b/.test(size))) return false;
      computed.add(name);
    }
  }
  return true;
}
