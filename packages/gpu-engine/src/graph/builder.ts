import { completeAttributes, type Attributes } from './attributes.ts';
import type { Dimension } from './dimension.ts';
import { ConvscopeError } from './errors.ts';
import type { Graph, GraphNode, Initial, ParameterDeclaration, Value } from './graph.ts';
import { opNamed } from './op-named.ts';
import { shapeError, type OpDefinition } from './op.ts';
import { shapeText, type DType, type TensorData } from './tensor-data.ts';

/** Adds values and nodes one after another and gives an immutable graph. Values are known by their names. */
export class GraphBuilder {
  readonly #values = new Map<string, Value>();
  readonly #inputs: string[] = [];
  readonly #scalars: string[] = [];
  readonly #parameters = new Map<string, ParameterDeclaration>();
  readonly #constants = new Map<string, TensorData>();
  readonly #nodes: GraphNode[] = [];
  readonly #producers = new Map<string, GraphNode>();
  readonly #nodeNames = new Set<string>();
  readonly #updates = new Map<string, string>();
  readonly #aliases = new Map<string, string>();
  readonly #counters = new Map<string, number>();
  #outputs: string[] = [];

  /** An empty graph, or one that goes on from `base` with all its names. */
  constructor(base?: Graph) {
    if (base === undefined) return;
    for (const [name, value] of base.values) this.#values.set(name, value);
    this.#inputs.push(...base.inputs);
    this.#scalars.push(...base.scalars);
    for (const [name, declaration] of base.parameters) this.#parameters.set(name, declaration);
    for (const [name, tensor] of base.constants) this.#constants.set(name, tensor);
    for (const node of base.nodes) this.#addNode(node);
    for (const [parameter, value] of base.updates) this.#updates.set(parameter, value);
    for (const [alias, name] of base.aliases) this.#aliases.set(alias, name);
    this.#outputs = [...base.outputs];
  }

  /** A tensor that is given on every run. Sizes may be symbols. */
  input(name: string, dtype: DType, shape: readonly Dimension[]): string {
    this.#addSource({ name, dtype, shape });
    this.#inputs.push(name);
    return name;
  }

  /** A number that is given on every run (learning rate, step, seed): a value of shape []. */
  scalar(name: string, dtype: DType): string {
    this.#addValue({ name, dtype, shape: [] });
    this.#scalars.push(name);
    return name;
  }

  /** A tensor of the ParameterSet. */
  parameter(
    name: string,
    shape: readonly number[],
    { trainable = true, initial = { kind: 'zeros' } }: { trainable?: boolean; initial?: Initial } = {},
    dtype: DType = 'float32',
  ): string {
    this.#addSource({ name, dtype, shape });
    this.#parameters.set(name, { trainable, initial });
    return name;
  }

  /** A tensor that is part of the graph itself. */
  constant(name: string, tensor: TensorData): string {
    this.#addSource({ name, dtype: tensor.dtype, shape: tensor.shape });
    this.#constants.set(name, tensor);
    return name;
  }

  /** Adds a node and gives the name of its first output, which is the node's name unless `outputNames` says otherwise. */
  op(op: string, inputs: readonly string[], attributes: Attributes = {}, name?: string): string {
    return this.node(op, inputs, attributes, name)[0] as string;
  }

  /** Adds a node and gives the names of all its outputs. Throws `invalid-shape` or `invalid-attribute`, naming the node. */
  node(
    op: string,
    inputs: readonly string[],
    attributes: Attributes = {},
    name = this.freshName(op),
    outputNames?: readonly string[],
  ): readonly string[] {
    const definition = opNamed(op, name);
    if (this.#nodeNames.has(name)) {
      throw new ConvscopeError('invalid-graph', 'two nodes have this name', { node: name });
    }
    const values = inputs.map((input) => this.value(input, name));
    checkInputs(definition, values, name);
    const complete = completeAttributes(definition.attributes, attributes, name);
    const inferred = definition.infer({
      inputs: values,
      attributes: complete,
      fail: (message, wanted) => {
        throw shapeError(name, values, message, wanted);
      },
    });
    if (outputNames !== undefined && outputNames.length !== inferred.length) {
      throw new ConvscopeError('invalid-graph', `${op} has other outputs`, {
        node: name,
        got: `${outputNames.length} names`,
        wanted: `${inferred.length}`,
      });
    }
    const outputs = outputNames ?? definition.outputs.map((suffix) => (suffix === '' ? name : `${name}.${suffix}`));
    const node: GraphNode = { name, op, inputs: values.map((value) => value.name), outputs, attributes: complete };
    inferred.forEach((output, index) => this.#addValue({ name: outputs[index] as string, ...output }));
    this.#addNode(node);
    return outputs;
  }

  /** After a run, and after all its reads, the parameter holds this value, which has its dtype and shape. */
  update(parameter: string, value: string): void {
    if (!this.#parameters.has(parameter)) {
      throw new ConvscopeError('unknown-name', 'only a parameter can be updated', { got: parameter });
    }
    const [target, source] = [this.value(parameter), this.value(value)];
    const isSymbolic = source.shape.some((size) => typeof size === 'string');
    if (target.dtype !== source.dtype || (!isSymbolic && shapeText(target.shape) !== shapeText(source.shape))) {
      throw new ConvscopeError('invalid-shape', 'the new value does not fit the parameter', {
        node: parameter,
        got: `${source.dtype} ${shapeText(source.shape)}`,
        wanted: `${target.dtype} ${shapeText(target.shape)}`,
      });
    }
    this.#updates.set(parameter, source.name);
  }

  /** A further name for a value. */
  alias(alias: string, name: string): void {
    if (this.#values.has(alias) || this.#aliases.has(alias)) {
      throw new ConvscopeError('invalid-graph', 'the name is taken', { got: alias });
    }
    this.#aliases.set(alias, this.value(name).name);
  }

  /** Marks values as the graph's outputs, in this order. */
  output(...names: readonly string[]): void {
    this.#outputs.push(...names.map((name) => this.value(name).name));
  }

  /** The value of this name or alias. Throws `unknown-name`. */
  value(name: string, node?: string): Value {
    const value = this.#values.get(this.#aliases.get(name) ?? name);
    if (value !== undefined) return value;
    throw new ConvscopeError('unknown-name', 'no value has this name', {
      ...(node === undefined ? {} : { node }),
      got: JSON.stringify(name),
    });
  }

  /** A name that nothing has yet: `stem`, `stem_1`, `stem_2`, … */
  freshName(stem: string): string {
    for (;;) {
      const count = this.#counters.get(stem) ?? 0;
      this.#counters.set(stem, count + 1);
      const name = count === 0 ? stem : `${stem}_${count}`;
      if (!this.#values.has(name) && !this.#nodeNames.has(name) && !this.#aliases.has(name)) return name;
    }
  }

  build(): Graph {
    return {
      values: new Map(this.#values),
      inputs: [...this.#inputs],
      scalars: [...this.#scalars],
      parameters: new Map(this.#parameters),
      constants: new Map(this.#constants),
      nodes: [...this.#nodes],
      producers: new Map(this.#producers),
      outputs: [...this.#outputs],
      updates: new Map(this.#updates),
      aliases: new Map(this.#aliases),
    };
  }

  #addSource(value: Value): void {
    for (const size of value.shape) {
      if (typeof size === 'string' ? size.trim() !== '' : Number.isSafeInteger(size) && size >= 0) continue;
      throw new ConvscopeError('invalid-shape', 'a size is not valid', {
        node: value.name,
        got: shapeText(value.shape),
        wanted: 'integers of at least 0, or symbols',
      });
    }
    this.#addValue(value);
  }

  #addValue(value: Value): void {
    if (value.name === '' || this.#values.has(value.name) || this.#aliases.has(value.name)) {
      throw new ConvscopeError('invalid-graph', 'a value needs a name of its own', { got: JSON.stringify(value.name) });
    }
    this.#values.set(value.name, value);
  }

  #addNode(node: GraphNode): void {
    this.#nodes.push(node);
    this.#nodeNames.add(node.name);
    for (const output of node.outputs) this.#producers.set(output, node);
  }
}

function checkInputs(definition: OpDefinition, values: readonly Value[], node: string): void {
  const { name, inputs: ports, integerInputs = [] } = definition;
  const variadic = ports.at(-1)?.startsWith('...') === true;
  const fits = variadic ? values.length >= ports.length : values.length === ports.length;
  if (!fits) throw shapeError(node, values, `${name} got ${values.length} inputs`, ports.join(', '));
  if (integerInputs === 'all') return;
  const wanted = values.map((_, index): DType => (integerInputs.includes(index) ? 'int32' : 'float32'));
  if (values.some(({ dtype }, index) => dtype !== wanted[index])) {
    throw shapeError(node, values, `${name} takes other dtypes`, wanted.join(', '));
  }
}
