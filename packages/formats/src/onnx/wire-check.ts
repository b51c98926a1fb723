import { ScalarType, type DescField, type DescMessage } from '@bufbuild/protobuf';
import { ModelFormatError } from '../errors.ts';
import { DEEPEST_NESTING, memoryAllowance, MOST_NODES } from './limits.ts';
import { NodeProtoSchema } from './schema.gen.ts';

/** Bytes that a decoded message, an element of a repeated number field, and a 64-bit one of them take about. */
const MESSAGE_COST = 256;
const NUMBER_COST = 16;
const WIDE_NUMBER_COST = 40;

/**
 * Walks over a file in protobuf's wire format before anything is decoded: lengths must lie in the file, nesting, nodes
 * and the memory of what would be decoded are bounded. Gives the bytes that are left of what the file may take. Throws
 * ModelFormatError with the byte position.
 * Source: protobuf.dev/programming-guides/encoding.
 */
export function checkWire(bytes: Uint8Array, schema: DescMessage, file: string): number {
  const check = new WireCheck(bytes, file);
  check.message(schema, 0, bytes.length, 1);
  return check.left;
}

class WireCheck {
  readonly #bytes: Uint8Array;
  readonly #file: string;
  readonly #fields = new Map<DescMessage, ReadonlyMap<number, DescField>>();
  #position = 0;
  left: number;
  #nodes = 0;

  constructor(bytes: Uint8Array, file: string) {
    this.#bytes = bytes;
    this.#file = file;
    this.left = memoryAllowance(bytes.length);
  }

  message(schema: DescMessage, start: number, end: number, depth: number): void {
    if (depth > DEEPEST_NESTING) this.#fail('nested too deeply', `at most ${DEEPEST_NESTING}`);
    if (schema.typeName === NodeProtoSchema.typeName && ++this.#nodes > MOST_NODES) {
      this.#fail('too many nodes', `at most ${MOST_NODES}`);
    }
    this.#spend(MESSAGE_COST);
    const fields = this.#fieldsOf(schema);
    this.#position = start;
    while (this.#position < end) {
      const tag = this.#varint(end);
      const field = fields.get(Math.floor(tag / 8));
      this.#value(tag % 8, field, end, depth);
    }
    if (this.#position !== end) this.#fail('a field goes beyond its message');
  }

  #value(wireType: number, field: DescField | undefined, end: number, depth: number): void {
    switch (wireType) {
      case 0:
        this.#varint(end);
        if (field?.fieldKind === 'list') this.#spend(WIDE_NUMBER_COST);
        return;
      case 1:
      case 5:
        this.#position += wireType === 1 ? 8 : 4;
        if (this.#position > end) this.#fail('the file is cut off');
        if (field?.fieldKind === 'list') this.#spend(NUMBER_COST);
        return;
      case 2:
        this.#delimited(field, end, depth);
        return;
      default:
        this.#fail('not a protobuf field', 'wire type 0, 1, 2 or 5', wireType);
    }
  }

  #delimited(field: DescField | undefined, end: number, depth: number): void {
    const length = this.#varint(end);
    const start = this.#position;
    if (length > end - start) this.#fail('a length goes beyond the file', `at most ${end - start}`, length);
    const schema = field?.fieldKind === 'message' || field?.fieldKind === 'list' ? field.message : undefined;
    if (schema !== undefined) this.message(schema, start, start + length, depth + 1);
    else if (field?.fieldKind === 'list') this.#spendOnList(field.scalar, start, length);
    this.#position = start + length;
  }

  #spendOnList(scalar: ScalarType | undefined, start: number, length: number): void {
    if (scalar === ScalarType.FLOAT) this.#spend((length / 4) * NUMBER_COST);
    else if (scalar === ScalarType.DOUBLE) this.#spend((length / 8) * NUMBER_COST);
    else if (scalar === ScalarType.STRING || scalar === ScalarType.BYTES) this.#spend(WIDE_NUMBER_COST + length);
    else {
      let elements = 0;
      for (let index = start; index < start + length; index++) if ((this.#bytes[index] as number) < 0x80) elements++;
      this.#spend(elements * (scalar === ScalarType.INT32 ? NUMBER_COST : WIDE_NUMBER_COST));
    }
  }

  /** A varint as a number; beyond 2^53 only its size matters, and it is too large for anything here. */
  #varint(end: number): number {
    let value = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      if (this.#position >= end) this.#fail('the file is cut off');
      const byte = this.#bytes[this.#position++] as number;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    return this.#fail('a number has more than ten bytes');
  }

  #fieldsOf(schema: DescMessage): ReadonlyMap<number, DescField> {
    let fields = this.#fields.get(schema);
    if (fields === undefined) {
      fields = new Map(schema.fields.map((field) => [field.number, field]));
      this.#fields.set(schema, fields);
    }
    return fields;
  }

  #spend(cost: number): void {
    this.left -= cost;
    if (this.left < 0) this.#fail('the file would take too much memory', 'fewer parts for its size');
  }

  #fail(message: string, wanted?: string, got?: number): never {
    throw new ModelFormatError(this.#file, message, {
      offset: this.#position,
      ...(wanted === undefined ? {} : { wanted }),
      ...(got === undefined ? {} : { got }),
    });
  }
}
