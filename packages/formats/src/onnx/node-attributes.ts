import { ModelFormatError } from '../errors.ts';
import type { ConstantTensor } from './constant-tensor.ts';
import type { ExternalData } from './external-data.ts';
import type { ReadBudget } from './limits.ts';
import { readTensor } from './read-tensor.ts';
import { AttributeProto_AttributeType as Type, type AttributeProto, type NodeProto } from './schema.gen.ts';

const LONGEST_LIST = 100_000;

/** A node of the file with typed access to its attributes. Failures are ModelFormatErrors that name the node. */
export class NodeAttributes {
  readonly file: string;
  readonly opset: number;
  readonly node: NodeProto;
  readonly #attributes: ReadonlyMap<string, AttributeProto>;
  readonly #external: ExternalData | undefined;
  readonly #budget: ReadBudget | undefined;

  constructor(node: NodeProto, opset: number, file: string, external?: ExternalData, budget?: ReadBudget) {
    this.node = node;
    this.opset = opset;
    this.file = file;
    this.#attributes = new Map(node.attribute.map((attribute) => [attribute.name, attribute]));
    this.#external = external;
    this.#budget = budget;
  }

  /** How messages name the node: its own name, or its first output's. */
  get label(): string {
    return nodeLabel(this.node);
  }

  hasAttribute(name: string): boolean {
    return this.#attributes.has(name);
  }

  /** Which kind of content an attribute has, 0 where there is no such attribute. */
  attributeType(name: string): Type {
    return this.#attributes.get(name)?.type ?? Type.UNDEFINED;
  }

  integer(name: string, fallback: number): number {
    const attribute = this.#typed(name, Type.INT);
    return attribute === undefined ? fallback : this.#whole(name, attribute.i);
  }

  /** Like `integer`, for attributes that are 0 or 1. */
  flag(name: string, fallback = false): boolean {
    return this.integer(name, fallback ? 1 : 0) !== 0;
  }

  number(name: string, fallback: number): number {
    return this.#typed(name, Type.FLOAT)?.f ?? fallback;
  }

  text(name: string, fallback: string): string {
    const attribute = this.#typed(name, Type.STRING);
    return attribute === undefined ? fallback : new TextDecoder().decode(attribute.s.subarray(0, 1000));
  }

  integers(name: string): readonly number[] | undefined {
    const attribute = this.#typed(name, Type.INTS);
    if (attribute !== undefined && attribute.ints.length > LONGEST_LIST) this.fail(`attribute ${name} is too long`);
    return attribute?.ints.map((value) => this.#whole(name, value));
  }

  numbers(name: string): readonly number[] | undefined {
    return this.#typed(name, Type.FLOATS)?.floats;
  }

  tensor(name: string): ConstantTensor | undefined {
    const tensor = this.#typed(name, Type.TENSOR)?.t;
    return tensor === undefined ? undefined : readTensor(tensor, this.file, this.#external, this.#budget);
  }

  fail(message: string, got?: string | number, wanted?: string | number): never {
    throw new ModelFormatError(this.file, message, {
      node: this.label,
      ...(got === undefined ? {} : { got }),
      ...(wanted === undefined ? {} : { wanted }),
    });
  }

  #typed(name: string, type: Type): AttributeProto | undefined {
    const attribute = this.#attributes.get(name);
    if (attribute === undefined) return undefined;
    // Files of the first versions do not say the type.
    if (attribute.type !== type && attribute.type !== Type.UNDEFINED) {
      this.fail(`attribute ${name} has another type`, attribute.type, type);
    }
    return attribute;
  }

  #whole(name: string, value: bigint): number {
    const number = Number(value);
    // The largest int64 stands for "to the end".
    if (Number.isSafeInteger(number) || Math.abs(number) >= 2 ** 62) return number;
    return this.fail(`attribute ${name} is out of range`, String(value));
  }
}

function nodeLabel({ name, opType, output }: NodeProto): string {
  return `${opType} ${JSON.stringify(name === '' ? (output.find((value) => value !== '') ?? '') : name)}`;
}
