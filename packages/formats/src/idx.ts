import { type TensorData } from '@convscope/gpu-engine/graph';
import { bytesPerElement, checkedElementCount, decodeTensor, type ElementKind } from './elements.ts';
import { ModelFormatError } from './errors.ts';
import { DEFAULT_MAXIMUM_BYTES, gunzipBounded, isGzip, type InflateLimit } from './inflate.ts';

/** An IDX file before its numbers are converted: `bytes` are the elements, big-endian, row-major. */
export interface IdxArray {
  readonly kind: ElementKind;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

const KINDS: ReadonlyMap<number, ElementKind> = /* @__PURE__ */ new Map<number, ElementKind>([
  [0x08, 'uint8'],
  [0x09, 'int8'],
  [0x0b, 'int16'],
  [0x0c, 'int32'],
  [0x0d, 'float32'],
  [0x0e, 'float64'],
]);

/**
 * Opens an IDX file, MNIST's format (LeCun, "The MNIST database", file format section), gzipped or not. The elements
 * are a view on the file's bytes, so 60,000 pictures stay one byte a pixel. Throws ModelFormatError.
 */
export function openIdx(bytes: Uint8Array, fileName: string, limit: InflateLimit = {}): IdxArray {
  const content = isGzip(bytes) ? gunzipBounded(bytes, limit.maximumBytes ?? DEFAULT_MAXIMUM_BYTES, fileName) : bytes;
  if (content.length < 4) {
    throw new ModelFormatError(fileName, 'too short for an IDX file', {
      got: `${content.length} bytes`,
      wanted: 'at least 4',
    });
  }
  const kind = KINDS.get(content[2] ?? 0);
  if (content[0] !== 0 || content[1] !== 0 || kind === undefined) {
    throw new ModelFormatError(fileName, 'not an IDX file', {
      field: 'magic number',
      got: [...content.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, '0')).join(' '),
      wanted: '00 00, a type from 08, 09, 0b to 0e, and the number of dimensions',
    });
  }
  const dimensions = content[3] ?? 0;
  const headerLength = 4 + 4 * dimensions;
  if (content.length < headerLength) {
    throw new ModelFormatError(fileName, 'the IDX header is cut off', {
      got: `${content.length} bytes`,
      wanted: headerLength,
    });
  }
  const view = new DataView(content.buffer, content.byteOffset, headerLength);
  const shape = Array.from({ length: dimensions }, (_, index) => view.getUint32(4 + 4 * index));
  const wanted = checkedElementCount(shape, fileName, 'dimensions') * bytesPerElement(kind);
  const elements = content.subarray(headerLength);
  if (elements.length !== wanted) {
    throw new ModelFormatError(fileName, `the file does not hold what its header says (${kind} ${shape.join('x')})`, {
      offset: headerLength,
      got: `${elements.length} bytes`,
      wanted,
    });
  }
  return { kind, shape, bytes: elements };
}

/** Reads an IDX file, gzipped or not: integers become int32, floats float32. Throws ModelFormatError. */
export function readIdx(bytes: Uint8Array, fileName: string, limit: InflateLimit = {}): TensorData {
  const { kind, shape, bytes: elements } = openIdx(bytes, fileName, limit);
  return decodeTensor({ bytes: elements, kind, shape, littleEndian: false, file: fileName, field: 'elements' });
}
