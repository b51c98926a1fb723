import { clone, fromBinary, toBinary } from '@bufbuild/protobuf';
import { ModelProtoSchema, type ModelProto, type NodeProto } from '../src/onnx/schema.gen.ts';

/** A source of numbers that depend on the seed alone (mulberry32): from 0 up to, not including, `below`. */
export function seeded(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return Math.floor((((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

type Random = (below: number) => number;

const ODD_SIZES = [
  -1n,
  0n,
  1n,
  2n,
  3n,
  7n,
  255n,
  65_536n,
  2n ** 20n,
  2n ** 24n,
  2n ** 31n - 1n,
  2n ** 31n,
  2n ** 53n,
  2n ** 63n - 1n,
  -(2n ** 63n),
];
const ODD_NAMES = ['', '__proto__', 'constructor', 'toString', 'picture', 'scores', '\u0000', 'x'.repeat(5000)];
const OPERATORS =
  'Conv Gemm MatMul Reshape Concat Slice Split Gather Expand Tile Pad Resize Range ConstantOfShape Shape Transpose If Loop Softmax MaxPool BatchNormalization Where Cast TopK Unsqueeze Squeeze Flatten Einsum QuantizeLinear DequantizeLinear ReduceSum GroupNormalization ConvTranspose'.split(
    ' ',
  );

function pick<Item>(random: Random, items: readonly Item[]): Item | undefined {
  return items[random(items.length)];
}

/** One mutant of a file: bits, bytes and lengths changed as they lie, or the decoded model changed and written again. */
export function mutant(bytes: Uint8Array, seed: number): Uint8Array {
  const random = seeded(seed);
  return seed % 2 === 0 ? mutateBytes(bytes, random) : mutateModel(bytes, random);
}

function mutateBytes(bytes: Uint8Array, random: Random): Uint8Array {
  let result = bytes.slice();
  for (let count = 1 + random(4); count > 0; count--) {
    const place = random(result.length);
    switch (random(5)) {
      case 0:
        result[place] = (result[place] ?? 0) ^ (1 << random(8));
        break;
      case 1:
        result[place] = pick(random, [0, 1, 0x7f, 0x80, 0xff]) ?? 0;
        break;
      case 2:
        result = result.slice(0, place);
        break;
      case 3: {
        const length = random(64);
        const inserted = Uint8Array.from({ length }, () => random(256));
        result = Uint8Array.of(...result.subarray(0, place), ...inserted, ...result.subarray(place));
        break;
      }
      default: {
        const part = result.slice(place, place + random(256));
        result.set(part, Math.min(random(result.length), result.length - part.length));
      }
    }
    if (result.length === 0) return result;
  }
  return result;
}

function mutateModel(bytes: Uint8Array, random: Random): Uint8Array {
  const model = clone(ModelProtoSchema, fromBinary(ModelProtoSchema, bytes));
  for (let count = 1 + random(3); count > 0; count--) pick(random, MUTATIONS)?.(model, random);
  return toBinary(ModelProtoSchema, model);
}

const MUTATIONS: readonly ((model: ModelProto, random: Random) => void)[] = [
  (model, random) => {
    const tensor = pick(random, model.graph?.initializer ?? []);
    if (tensor !== undefined) tensor.dims[random(tensor.dims.length + 1)] = pick(random, ODD_SIZES) ?? 0n;
  },
  (model, random) => {
    const tensor = pick(random, model.graph?.initializer ?? []);
    if (tensor !== undefined) tensor.dataType = random(30);
  },
  (model, random) => {
    const tensor = pick(random, model.graph?.initializer ?? []);
    if (tensor !== undefined) tensor.rawData = tensor.rawData.slice(0, random(tensor.rawData.length + 1));
  },
  // Shapes, ranges, repeats and pads lie in the elements of integer tensors.
  (model, random) => {
    const tensor = pick(random, model.graph?.initializer ?? []);
    const count = Math.floor((tensor?.rawData.length ?? 0) / 8);
    if (tensor === undefined || count === 0) return;
    // The decoded bytes are a view of the seed's.
    tensor.rawData = tensor.rawData.slice();
    const size = pick(random, ODD_SIZES) ?? 0n;
    new DataView(tensor.rawData.buffer).setBigInt64(8 * random(count), size, true);
  },
  (model, random) => {
    const type = pick(random, model.graph?.input ?? [])?.type?.value;
    const dim = type?.case === 'tensorType' ? pick(random, type.value.shape?.dim ?? []) : undefined;
    if (dim !== undefined) dim.value = { case: 'dimValue', value: pick(random, ODD_SIZES) ?? 0n };
  },
  withNode((node, random) => {
    node.opType = pick(random, OPERATORS) ?? '';
  }),
  withNode((node, random) => {
    node.opType = pick(random, ODD_NAMES) ?? '';
  }),
  withNode((node, random, model) => {
    const other = pick(random, model.graph?.node ?? []);
    node.input[random(node.input.length + 1)] = pick(random, [...(other?.output ?? []), ...ODD_NAMES]) ?? '';
  }),
  withNode((node, random) => {
    node.output[random(node.output.length + 1)] = pick(random, ODD_NAMES) ?? '';
  }),
  withNode((node, random) => {
    const attribute = pick(random, node.attribute);
    if (attribute === undefined) return;
    if (attribute.ints.length > 0) attribute.ints[random(attribute.ints.length + 1)] = pick(random, ODD_SIZES) ?? 0n;
    else attribute.i = pick(random, ODD_SIZES) ?? 0n;
  }),
  withNode((node, random) => {
    const attribute = pick(random, node.attribute);
    if (attribute !== undefined)
      attribute.name = pick(random, ['axis', 'axes', 'perm', 'group', 'pads', 'strides']) ?? '';
  }),
  withNode((node, random, model) => {
    model.graph?.node.splice(random(model.graph.node.length), 1);
    model.graph?.node.splice(random(model.graph.node.length), 0, node);
  }),
  (model, random) => {
    const version = model.opsetImport[0];
    if (version !== undefined) version.version = BigInt(random(32));
  },
  (model, random) => {
    const output = pick(random, model.graph?.output ?? []);
    if (output !== undefined) output.name = pick(random, ODD_NAMES) ?? '';
  },
];

function withNode(
  change: (node: NodeProto, random: Random, model: ModelProto) => void,
): (model: ModelProto, random: Random) => void {
  return (model, random) => {
    const node = pick(random, model.graph?.node ?? []);
    if (node !== undefined) change(node, random, model);
  };
}
