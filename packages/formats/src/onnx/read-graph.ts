import type { Graph, TensorData } from '@convscope/gpu-engine/graph';
import { ConvscopeError } from '@convscope/gpu-engine/graph';
import { ModelFormatError, reasonOf } from '../errors.ts';
import type { ConstantTensor } from './constant-tensor.ts';
import { decodeModel } from './decode.ts';
import type { ExternalData } from './external-data.ts';
import { importGraph, type ImportedGraph, type ImportSettings } from './import-graph.ts';
import { NeedsConcreteBatch } from './import-signals.ts';
import { memoryAllowance, readBudget, type ReadBudget } from './limits.ts';
import type { ModelProto } from './schema.gen.ts';

export interface OnnxReadOptions {
  /** Gives the bytes of files with external data, which lie in the model's folder. */
  readonly externalData?: ExternalData;
  /** Sizes for the symbols of the file's inputs (`dim_param`), such as { height: 224 }. */
  readonly sizes?: Readonly<Record<string, number>>;
  /** Graph inputs that are constants (shapes, axes, indices): bound before shapes are computed. */
  readonly inputs?: ReadonlyMap<string, TensorData | ConstantTensor>;
  /**
   * `free` (default) reads a batch of 1, or one that the file leaves open, as the symbol `N` where every node allows it;
   * `stated` keeps the file's sizes, with 1 for an open one.
   */
  readonly batch?: 'free' | 'stated';
}

/** What a file holds, as the engine runs it. */
export interface OnnxGraph extends ImportedGraph {
  readonly proto: ModelProto;
  readonly opset: number;
  /** What was decided while reading, in words. */
  readonly notes: ReadonlyMap<string, string>;
}

const BATCH = 'N';

/** Reads a file's graph; nodes that cannot be run are listed, not thrown. Throws ModelFormatError for all else. */
export function readOnnxGraph(bytes: Uint8Array, file: string, options: OnnxReadOptions = {}): OnnxGraph {
  const { proto, opset, memory } = decodeModel(bytes, file);
  const graphProto = proto.graph as NonNullable<ModelProto['graph']>;
  const settings: Omit<ImportSettings, 'batchSymbol' | 'budget' | 'external'> = {
    file,
    opset,
    sizes: new Map(Object.entries(options.sizes ?? {})),
    inputs: new Map([...(options.inputs ?? [])].map(([name, tensor]) => [name, asConstant(tensor)])),
  };
  // Tensors of a first reading are gone when the second begins.
  const fresh = () => {
    const budget = readBudget(bytes.length, memory);
    return { budget, external: options.externalData && counted(options.externalData, budget) };
  };
  let reason = 'as the file states it';
  if (options.batch !== 'stated') {
    try {
      const imported = importGraph(graphProto, { ...settings, ...fresh(), batchSymbol: BATCH });
      if (imported.unsupported.length > 0 || keepsBatch(imported.graph))
        return { ...imported, proto, opset, notes: new Map() };
      reason = 'fixed: some node mixes the pictures of a batch';
    } catch (thrown) {
      // A file may be right for its own batch only; if it is not, the second reading says so.
      if (!(thrown instanceof NeedsConcreteBatch || thrown instanceof ConvscopeError)) throw thrown;
      reason = `fixed: ${reasonOf(thrown)}`;
    }
  }
  try {
    const imported = importGraph(graphProto, { ...settings, ...fresh(), batchSymbol: undefined });
    const notes = new Map(options.batch === 'stated' ? [] : [['batch', reason]]);
    return { ...imported, notes, proto, opset };
  } catch (thrown) {
    if (!(thrown instanceof NeedsConcreteBatch)) throw thrown;
    const wanted = 'a size for every symbol of the inputs';
    throw new ModelFormatError(file, 'a node computes with a size that is not stated', { node: thrown.node, wanted });
  }
}

/** Each file of external data allows the memory that a file of its length may take. */
function counted(external: ExternalData, budget: ReadBudget): ExternalData {
  const seen = new Set<string>();
  return (location) => {
    const bytes = external(location);
    if (bytes !== undefined && !seen.has(location)) {
      seen.add(location);
      budget.bytes += memoryAllowance(bytes.length);
    }
    return bytes;
  };
}

/** Whether the batch passes through the network untouched: first in every computed shape, and nowhere else. */
function keepsBatch(graph: Graph): boolean {
  const symbolic = graph.inputs.some((name) => graph.values.get(name)?.shape[0] === BATCH);
  if (!symbolic) return true;
  const varying = new Set(graph.inputs);
  for (const { inputs, outputs } of graph.nodes) {
    if (!inputs.some((name) => varying.has(name))) continue;
    for (const name of outputs) {
      const [first, ...rest] = graph.values.get(name)?.shape ?? [];
      if (first !== BATCH || rest.some((size) => typeof size === 'string' && /\bN\b/.test(size))) return false;
      varying.add(name);
    }
  }
  return true;
}

function asConstant(tensor: TensorData | ConstantTensor): ConstantTensor {
  if ('type' in tensor) return tensor;
  const { dtype, shape, data } = tensor;
  return dtype === 'float32' ? { type: dtype, shape, data } : { type: 'int64', shape, data: Float64Array.from(data) };
}
