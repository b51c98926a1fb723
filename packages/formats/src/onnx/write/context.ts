import { float32Tensor, valueOf, type Dimension, type Graph } from '@convscope/gpu-engine/graph';
import type { NodeProto, TensorProto } from '../schema.gen.ts';
import { floatTensor, integerTensor, node, type AttributeContent } from './messages.ts';

/** The growing list of nodes, and of tensors that only ONNX needs (shapes, axes, bounds). */
export class WriteContext {
  readonly nodes: NodeProto[] = [];
  readonly tensors: TensorProto[] = [];
  readonly #graph: Graph;
  readonly #names: Set<string>;

  constructor(graph: Graph) {
    this.#graph = graph;
    this.#names = new Set(graph.values.keys());
  }

  shape(name: string): readonly Dimension[] {
    return valueOf(this.#graph, name).shape;
  }

  add(
    opType: string,
    inputs: readonly string[],
    outputs: readonly string[],
    attributes: Readonly<Record<string, AttributeContent>> = {},
  ): void {
    this.nodes.push(node(opType, inputs, outputs, attributes, this.fresh(`${outputs[0] ?? ''}.node`)));
  }

  /** A list of int64 as an initializer; gives its name. */
  integers(stem: string, values: readonly number[]): string {
    const name = this.fresh(stem);
    this.tensors.push(integerTensor(name, values));
    return name;
  }

  /** A number as an initializer without dimensions; gives its name. */
  number(stem: string, value: number): string {
    const name = this.fresh(stem);
    this.tensors.push(floatTensor(name, float32Tensor([], [value])));
    return name;
  }

  fresh(stem: string): string {
    let name = stem;
    for (let count = 1; this.#names.has(name); count++) name = `${stem}_${count}`;
    this.#names.add(name);
    return name;
  }
}
