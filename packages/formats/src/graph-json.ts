import {
  ConvscopeError,
  GraphBuilder,
  shapeText,
  valueOf,
  type Attributes,
  type AttributeValue,
  type Dimension,
  type Graph,
  type Initial,
  type TensorData,
} from '@convscope/gpu-engine/graph';
import { ModelFormatError, plainText, reasonOf } from './errors.ts';
import { JsonPlace } from './json-place.ts';

const MOST_NODES = 100_000;
const MOST_VALUES = 200_000;
const MOST_PORTS = 1000;
const MOST_DIMENSIONS = 8;
const MOST_ELEMENTS = 2 ** 40;
const LARGEST_SIZE = 2 ** 31 - 1;
const LONGEST_NAME = 1000;
/** Sizes such as `floor((H - 1) / 2) + 1`; a chain of concatenations could double them at every node. */
const LONGEST_SIZE_EXPRESSION = 1000;
const SYMBOL = /^[A-Za-z_][A-Za-z0-9_]{0,31}$/;

/**
 * A graph as JSON: inputs, scalars, parameters with their shapes, names of constants (whose tensors are kept
 * elsewhere), nodes, outputs, updates and aliases. Shapes of computed values are left out; a reader infers them.
 */
export function graphToJson(graph: Graph): string {
  const declared = (name: string) => {
    const { dtype, shape } = valueOf(graph, name);
    return { name, dtype, shape };
  };
  return JSON.stringify({
    inputs: graph.inputs.map(declared),
    scalars: graph.scalars.map((name) => ({ name, dtype: valueOf(graph, name).dtype })),
    parameters: [...graph.parameters].map(([name, { trainable, initial }]) => {
      return { ...declared(name), trainable, initial };
    }),
    constants: [...graph.constants.keys()],
    nodes: graph.nodes,
    outputs: graph.outputs,
    updates: [...graph.updates],
    aliases: [...graph.aliases],
  });
}

/**
 * Builds a graph from `graphToJson`'s text. Nothing in the text is trusted: names, counts and sizes are bounded, and
 * every attribute and shape is checked and inferred anew. Throws ModelFormatError.
 */
export function graphFromJson(text: string, constants: ReadonlyMap<string, TensorData>, file: string): Graph {
  const places = JsonPlace.parse(text, file, 'graph').fields(
    'inputs',
    'scalars',
    'parameters',
    'constants',
    'nodes',
    'outputs',
    'updates',
    'aliases',
  );
  const builder = new GraphBuilder();
  for (const item of places.inputs.items(MOST_PORTS)) {
    const { name, dtype, shape } = item.fields('name', 'dtype', 'shape');
    const sizes = shape.items(MOST_DIMENSIONS).map((size) => symbolOrSize(size));
    at(item, () => builder.input(nameIn(name), dtypeIn(dtype), sizes));
  }
  for (const item of places.scalars.items(MOST_PORTS)) {
    const { name, dtype } = item.fields('name', 'dtype');
    at(item, () => builder.scalar(nameIn(name), dtypeIn(dtype)));
  }
  for (const item of places.parameters.items(MOST_VALUES)) addParameter(builder, item);
  for (const item of places.constants.items(MOST_VALUES)) {
    const name = nameIn(item);
    const tensor = constants.get(name) ?? item.fail('the constant has no tensor', name);
    at(item, () => builder.constant(name, tensor));
  }
  for (const item of places.nodes.items(MOST_NODES)) addNode(builder, item);
  for (const item of places.aliases.items(MOST_VALUES)) {
    const [alias, name] = pair(item);
    at(item, () => builder.alias(alias, name));
  }
  for (const item of places.updates.items(MOST_VALUES)) {
    const [parameter, value] = pair(item);
    at(item, () => builder.update(parameter, value));
  }
  for (const item of places.outputs.items(MOST_PORTS)) at(item, () => builder.output(nameIn(item)));
  return builder.build();
}

function addParameter(builder: GraphBuilder, item: JsonPlace): void {
  const fields = item.fields('name', 'dtype', 'shape', 'trainable', 'initial');
  const shape = fields.shape.items(MOST_DIMENSIONS).map((size) => size.integer(1, LARGEST_SIZE));
  checkShape(item, shape);
  const declaration = { trainable: fields.trainable.boolean(), initial: initialIn(fields.initial) };
  at(item, () => builder.parameter(nameIn(fields.name), shape, declaration, dtypeIn(fields.dtype)));
}

function addNode(builder: GraphBuilder, item: JsonPlace): void {
  const fields = item.fields('name', 'op', 'inputs', 'outputs', 'attributes');
  const name = nameIn(fields.name);
  const op = fields.op.text(100);
  const inputs = fields.inputs.items(MOST_PORTS).map(nameIn);
  const outputs = fields.outputs.items(MOST_PORTS).map(nameIn);
  const attributes = attributesIn(fields.attributes);
  at(item, () => {
    for (const output of builder.node(op, inputs, attributes, name, outputs)) {
      checkShape(item, builder.value(output).shape);
    }
  });
}

/** Runs a step of the building, and says of its errors where in the file they come from. */
function at(place: JsonPlace, build: () => void): void {
  try {
    build();
  } catch (thrown) {
    if (thrown instanceof ModelFormatError) throw thrown;
    const node = thrown instanceof ConvscopeError ? thrown.detail.node : undefined;
    const detail = { field: place.path, ...(node === undefined ? {} : { node: plainText(node) }) };
    throw new ModelFormatError(place.file, reasonOf(thrown), detail, { cause: thrown });
  }
}

function checkShape(place: JsonPlace, shape: readonly Dimension[]): void {
  if (shape.length > MOST_DIMENSIONS)
    place.fail('too many dimensions', `${shape.length}`, `at most ${MOST_DIMENSIONS}`);
  let elements = 1;
  for (const size of shape) {
    if (typeof size === 'string') {
      if (size.length <= LONGEST_SIZE_EXPRESSION) continue;
      place.fail('a size is too long an expression', `${size.length} characters`, `at most ${LONGEST_SIZE_EXPRESSION}`);
    } else {
      if (!Number.isInteger(size) || size < 1) place.fail('a size is not valid', shapeText(shape), 'sizes from 1 on');
      elements *= size;
    }
  }
  if (elements > MOST_ELEMENTS) place.fail('too many elements', shapeText(shape), `at most ${MOST_ELEMENTS}`);
}

function symbolOrSize(place: JsonPlace): Dimension {
  if (typeof place.value !== 'string') return place.integer(1, LARGEST_SIZE);
  return SYMBOL.test(place.value) ? place.value : place.fail('not the name of a size', place.value, 'such as N');
}

function nameIn(place: JsonPlace): string {
  return place.text(LONGEST_NAME);
}

function dtypeIn(place: JsonPlace): 'float32' | 'int32' {
  return place.oneOf('float32', 'int32');
}

function pair(place: JsonPlace): readonly [string, string] {
  const [first, second] = place.items(2);
  if (first === undefined || second === undefined) return place.fail('not a pair of names');
  return [nameIn(first), nameIn(second)];
}

function initialIn(place: JsonPlace): Initial {
  const { kind, standardDeviation } = place.fields('kind', 'standardDeviation');
  const word = kind.oneOf('zeros', 'ones', 'normal');
  if (word !== 'normal') return { kind: word };
  const { value } = standardDeviation;
  if (typeof value === 'number' && value >= 0 && value < 1e6) return { kind: word, standardDeviation: value };
  return standardDeviation.fail('not usable', undefined, 'a number from 0 to 1e6');
}

/** Own properties only: a key such as `__proto__` stays a key, which no op knows. */
function attributesIn(place: JsonPlace): Attributes {
  const attributes = [...place.entries()].map(([name, item]): [string, AttributeValue] => {
    const { value } = item;
    if (typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean') return [name, value];
    return [
      name,
      item.items(MOST_PORTS).map((part) => (typeof part.value === 'number' ? part.value : part.fail('not a number'))),
    ];
  });
  return Object.fromEntries(attributes);
}
