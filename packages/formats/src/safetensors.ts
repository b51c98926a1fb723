import { elementCount, type TensorData } from '@convscope/gpu-engine/graph';
import { bytesPerElement, checkedElementCount, decodeTensor, type ElementKind } from './elements.ts';
import { ModelFormatError, reasonOf } from './errors.ts';
import { float32ToFloat16 } from './half.ts';
import { parseStrictJson, type StrictJson } from './strict-json.ts';

/** The longest header that the reference implementation reads: 100 MB. */
const LONGEST_HEADER = 100_000_000;

const KINDS: ReadonlyMap<string, ElementKind> = /* @__PURE__ */ new Map<string, ElementKind>([
  ['BOOL', 'bool'],
  ['U8', 'uint8'],
  ['I8', 'int8'],
  ['U16', 'uint16'],
  ['I16', 'int16'],
  ['U32', 'uint32'],
  ['I32', 'int32'],
  ['U64', 'uint64'],
  ['I64', 'int64'],
  ['F16', 'float16'],
  ['BF16', 'bfloat16'],
  ['F32', 'float32'],
  ['F64', 'float64'],
]);

/** What a safetensors file holds, in the order of its header. */
export interface SafetensorsContent {
  readonly tensors: Map<string, TensorData>;
  readonly metadata: Map<string, string>;
}

interface Entry {
  readonly name: string;
  readonly kind: ElementKind;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

/**
 * Reads a safetensors file (format description of huggingface/safetensors). Floats become float32, integers and
 * booleans int32. As the format demands, tensors must fill the data without holes or overlaps and no key may appear
 * twice; anything else throws ModelFormatError.
 */
export function readSafetensors(bytes: Uint8Array, fileName: string): SafetensorsContent {
  const { header, dataOffset } = readHeader(bytes, fileName);
  const data = bytes.subarray(dataOffset);
  const metadata = new Map<string, string>();
  const entries: Entry[] = [];
  for (const [name, value] of header) {
    if (name === '__metadata__') readMetadata(value, metadata, fileName);
    else entries.push(readEntry(name, value, fileName));
  }
  checkLayout(entries, data.length, fileName);
  const tensors = new Map<string, TensorData>();
  for (const { name, kind, shape, begin, end } of entries) {
    const encoded = {
      bytes: data.subarray(begin, end),
      kind,
      shape,
      littleEndian: true,
      file: fileName,
      field: `tensor ${name}`,
    };
    tensors.set(name, decodeTensor(encoded));
  }
  return { tensors, metadata };
}

function readHeader(bytes: Uint8Array, file: string): { header: ReadonlyMap<string, StrictJson>; dataOffset: number } {
  if (bytes.length < 8) {
    throw new ModelFormatError(file, 'too short for a safetensors file', {
      got: `${bytes.length} bytes`,
      wanted: 'at least 8',
    });
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const declared = view.getBigUint64(0, true);
  if (declared > BigInt(LONGEST_HEADER)) {
    throw new ModelFormatError(file, 'not a safetensors file, or its header is too long', {
      field: 'header length',
      got: String(declared),
      wanted: `at most ${LONGEST_HEADER} bytes`,
    });
  }
  const dataOffset = 8 + Number(declared);
  if (dataOffset > bytes.length) {
    throw new ModelFormatError(file, 'the file ends before its header', {
      field: 'header length',
      got: `${bytes.length} bytes`,
      wanted: `at least ${dataOffset}`,
    });
  }
  if (bytes[8] !== 0x7b)
    throw new ModelFormatError(file, 'not a safetensors file: the header does not begin with "{"', { offset: 8 });
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes.subarray(8, dataOffset));
  } catch (thrown) {
    throw new ModelFormatError(file, `the header is not UTF-8 (${reasonOf(thrown)})`, { offset: 8 }, { cause: thrown });
  }
  const header = parseStrictJson(text, { file, field: 'header', deepest: 4 });
  if (!(header instanceof Map)) throw new ModelFormatError(file, 'the header is not a JSON object', { offset: 8 });
  return { header, dataOffset };
}

function readMetadata(value: StrictJson, metadata: Map<string, string>, file: string): void {
  const field = '__metadata__';
  if (!(value instanceof Map)) throw new ModelFormatError(file, 'not a JSON object', { field });
  for (const [key, text] of value as ReadonlyMap<string, StrictJson>) {
    if (typeof text !== 'string') throw new ModelFormatError(file, `the value of ${key} is not text`, { field });
    metadata.set(key, text);
  }
}

function readEntry(name: string, value: StrictJson, file: string): Entry {
  const field = `tensor ${name}`;
  if (!(value instanceof Map)) throw new ModelFormatError(file, 'its description is not a JSON object', { field });
  for (const key of (value as ReadonlyMap<string, StrictJson>).keys()) {
    if (key !== 'dtype' && key !== 'shape' && key !== 'data_offsets') {
      throw new ModelFormatError(file, 'unknown key', { field, got: key, wanted: 'dtype, shape, data_offsets' });
    }
  }
  const dtype: StrictJson | undefined = value.get('dtype');
  const kind = typeof dtype === 'string' ? KINDS.get(dtype) : undefined;
  if (kind === undefined) {
    const got = typeof dtype === 'string' ? dtype : 'no text';
    throw new ModelFormatError(file, 'this dtype is not read', { field, got, wanted: [...KINDS.keys()].join(', ') });
  }
  const shape = numberList(value.get('shape'));
  if (shape === undefined) throw new ModelFormatError(file, 'the shape is not a list of whole numbers', { field });
  const [begin, end, ...more] = numberList(value.get('data_offsets')) ?? [];
  if (begin === undefined || end === undefined || more.length > 0 || begin > end) {
    throw new ModelFormatError(file, 'data_offsets is not [begin, end]', { field });
  }
  const wanted = checkedElementCount(shape, file, field) * bytesPerElement(kind);
  if (end - begin !== wanted) {
    throw new ModelFormatError(file, `the offsets do not fit ${kind} [${shape.join(', ')}]`, {
      field,
      got: `${end - begin} bytes`,
      wanted,
    });
  }
  return { name, kind, shape, begin, end };
}

function numberList(value: StrictJson | undefined): readonly number[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.every((item): item is number => Number.isSafeInteger(item) && (item as number) >= 0) ? value : undefined;
}

function checkLayout(entries: readonly Entry[], dataLength: number, file: string): void {
  let position = 0;
  for (const { name, begin, end } of [...entries].sort((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (begin !== position) {
      const message = begin < position ? 'overlaps another tensor' : 'leaves a hole before it';
      throw new ModelFormatError(file, message, { field: `tensor ${name}`, got: `begin ${begin}`, wanted: position });
    }
    position = end;
  }
  if (position !== dataLength) {
    throw new ModelFormatError(file, 'the tensors do not fill the file', {
      got: `${dataLength} bytes of data`,
      wanted: position,
    });
  }
}

/** How float32 tensors are stored: as they are, or rounded to half precision. */
export interface SafetensorsWriteOptions {
  readonly floatType?: 'F32' | 'F16';
}

/**
 * Writes a safetensors file: F32 (or F16) and I32, wider types first and then by name, metadata by key, the data at a
 * multiple of eight bytes. The same content gives the same bytes, whatever the order of the maps.
 */
export function writeSafetensors(
  tensors: ReadonlyMap<string, TensorData>,
  metadata: ReadonlyMap<string, string> = new Map(),
  { floatType = 'F32' }: SafetensorsWriteOptions = {},
): Uint8Array {
  const layout: {
    readonly dtype: string;
    readonly name: string;
    readonly tensor: TensorData;
    readonly size: number;
  }[] = [];
  for (const [name, tensor] of tensors) {
    const dtype = tensor.dtype === 'float32' ? floatType : 'I32';
    layout.push({ dtype, name, tensor, size: elementCount(tensor.shape) * (dtype === 'F16' ? 2 : 4) });
  }
  layout.sort((a, b) => Number(a.dtype === 'F16') - Number(b.dtype === 'F16') || compareText(a.name, b.name));

  const parts: string[] = [];
  if (metadata.size > 0) {
    const pairs = [...metadata].sort(([a], [b]) => compareText(a, b));
    parts.push(
      `"__metadata__":{${pairs.map(([key, text]) => `${JSON.stringify(key)}:${JSON.stringify(text)}`).join(',')}}`,
    );
  }
  let position = 0;
  for (const { dtype, name, tensor, size } of layout) {
    if (name === '__metadata__')
      throw new ModelFormatError('safetensors', 'a tensor cannot have this name', { field: name });
    const offsets = `[${position},${position + size}]`;
    parts.push(
      `${JSON.stringify(name)}:{"dtype":"${dtype}","shape":[${tensor.shape.join(',')}],"data_offsets":${offsets}}`,
    );
    position += size;
  }
  const header = new TextEncoder().encode(`{${parts.join(',')}}`);
  const headerLength = Math.ceil(header.length / 8) * 8;
  const bytes = new Uint8Array(8 + headerLength + position).fill(0x20, 8 + header.length, 8 + headerLength);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerLength), true);
  bytes.set(header, 8);
  let target = 8 + headerLength;
  for (const { dtype, tensor, size } of layout) {
    bytes.set(storedBytes(tensor, dtype), target);
    target += size;
  }
  return bytes;
}

function storedBytes({ data }: TensorData, dtype: string): Uint8Array {
  if (dtype !== 'F16') return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return new Uint8Array(Uint16Array.from(data, float32ToFloat16).buffer);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
