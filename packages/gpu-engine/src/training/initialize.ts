import { concreteShape, elementCount, valueOf, type Graph, type Initial, type TensorData } from '../graph/index.ts';
import { Random } from './random.ts';

/**
 * Fresh tensors for all parameters of a graph, as they are declared. Each depends on the seed and on its own name
 * alone, so that a layer more or less leaves the others as they were.
 */
export function initializeParameters(graph: Graph, seed: number): Map<string, TensorData> {
  const tensors = new Map<string, TensorData>();
  for (const [name, { initial }] of graph.parameters) {
    const { dtype, shape: sizes } = valueOf(graph, name);
    const shape = concreteShape(sizes, name);
    const values = initialValues(initial, elementCount(shape), new Random(seed, hashOf(name)));
    if (dtype === 'float32') tensors.set(name, { dtype, shape, data: Float32Array.from(values) });
    else tensors.set(name, { dtype, shape, data: Int32Array.from(values) });
  }
  return tensors;
}

/**
 * Normal numbers of variance 2 / `inputs`, for weights before a ReLU (He et al., "Delving Deep into Rectifiers",
 * 1502.01852, eq. 10). `inputs` is how many products each output sums: channels times kernel size.
 */
export function heNormal(inputs: number): Initial {
  return { kind: 'normal', standardDeviation: Math.sqrt(2 / inputs) };
}

function initialValues(initial: Initial, count: number, random: Random): Float64Array {
  const values = new Float64Array(count);
  if (initial.kind === 'ones') values.fill(1);
  if (initial.kind === 'normal') {
    for (let index = 0; index < count; index++) values[index] = initial.standardDeviation * random.normal();
  }
  return values;
}

/** FNV-1a over the name's UTF-16 code units. */
function hashOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < name.length; index++) hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}
