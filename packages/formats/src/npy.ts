import { float32Tensor, int32Tensor, type TensorData } from '@convscope/gpu-engine/graph';
import { bytesPerElement, checkedElementCount, decodeTensor, type ElementKind } from './elements.ts';
import { ModelFormatError, reasonOf } from './errors.ts';
import { parseNpyHeader } from './npy-header.ts';

const LONGEST_HEADER = 65_536;

const KINDS: ReadonlyMap<string, ElementKind> = /* @__PURE__ */ new Map<string, ElementKind>([
  ['b1', 'bool'],
  ['u1', 'uint8'],
  ['i1', 'int8'],
  ['u2', 'uint16'],
  ['i2', 'int16'],
  ['u4', 'uint32'],
  ['i4', 'int32'],
  ['u8', 'uint64'],
  ['i8', 'int64'],
  ['f2', 'float16'],
  ['f4', 'float32'],
  ['f8', 'float64'],
]);

/**
 * Reads a .npy file, versions 1 to 3 (NumPy Enhancement Proposal 1 and numpy.lib.format), in either byte order and
 * either C or Fortran order. Floats become float32, integers and booleans int32; an integer beyond int32 is an error,
 * and so are complex, text, structured and object arrays. Throws ModelFormatError.
 */
export function readNpy(bytes: Uint8Array, fileName: string): TensorData {
  const { text, dataOffset } = readHeaderText(bytes, fileName);
  const { descr, fortranOrder, shape } = parseNpyHeader(text, fileName);
  const kind = /^[<>|=]/.test(descr) ? KINDS.get(descr.slice(1)) : undefined;
  if (kind === undefined) {
    throw new ModelFormatError(fileName, 'this element type is not read', {
      field: 'descr',
      got: descr,
      wanted: 'bool, an integer or a float of 1 to 8 bytes',
    });
  }
  const wanted = checkedElementCount(shape, fileName, 'shape') * bytesPerElement(kind);
  const elements = bytes.subarray(dataOffset);
  if (elements.length !== wanted) {
    throw new ModelFormatError(
      fileName,
      `the file does not hold what its header says (${descr}, shape [${shape.join(', ')}])`,
      {
        offset: dataOffset,
        got: `${elements.length} bytes`,
        wanted,
      },
    );
  }
  const littleEndian = !descr.startsWith('>');
  const tensor = decodeTensor({ bytes: elements, kind, shape, littleEndian, file: fileName, field: 'elements' });
  return fortranOrder ? inRowMajorOrder(tensor) : tensor;
}

function readHeaderText(bytes: Uint8Array, fileName: string): { text: string; dataOffset: number } {
  const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
  if (bytes.length < 10 || magic.some((byte, index) => bytes[index] !== byte)) {
    throw new ModelFormatError(fileName, 'not a .npy file', {
      field: 'magic number',
      wanted: '\\x93NUMPY and a version',
    });
  }
  const version = bytes[6] ?? 0;
  if (version < 1 || version > 3) {
    throw new ModelFormatError(fileName, 'unknown .npy version', { offset: 6, got: version, wanted: '1, 2 or 3' });
  }
  const start = version === 1 ? 10 : 12;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes.length < start)
    throw new ModelFormatError(fileName, 'the .npy header is cut off', { got: `${bytes.length} bytes` });
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > LONGEST_HEADER) {
    throw new ModelFormatError(fileName, 'the .npy header is too long', {
      offset: 8,
      got: length,
      wanted: `at most ${LONGEST_HEADER}`,
    });
  }
  const dataOffset = start + length;
  if (dataOffset > bytes.length) {
    throw new ModelFormatError(fileName, 'the .npy header is cut off', {
      offset: 8,
      got: `${bytes.length} bytes`,
      wanted: dataOffset,
    });
  }
  try {
    const decoder = new TextDecoder(version === 3 ? 'utf-8' : 'latin1', { fatal: true });
    return { text: decoder.decode(bytes.subarray(start, dataOffset)), dataOffset };
  } catch (thrown) {
    throw new ModelFormatError(fileName, `the .npy header is not text (${reasonOf(thrown)})`, {}, { cause: thrown });
  }
}

/** The same tensor with its last index varying fastest, from one whose first index does. */
function inRowMajorOrder(tensor: TensorData): TensorData {
  const { shape, data } = tensor;
  const result = tensor.dtype === 'float32' ? new Float32Array(data.length) : new Int32Array(data.length);
  const strides: number[] = [];
  let stride = 1;
  for (const size of shape) {
    strides.push(stride);
    stride *= size;
  }
  const position = shape.map(() => 0);
  let source = 0;
  for (let target = 0; target < result.length; target++) {
    result[target] = data[source] ?? 0;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const next = (position[axis] ?? 0) + 1;
      source += strides[axis] ?? 0;
      if (next < (shape[axis] ?? 0)) {
        position[axis] = next;
        break;
      }
      position[axis] = 0;
      source -= next * (strides[axis] ?? 0);
    }
  }
  return result instanceof Float32Array ? float32Tensor(shape, result) : int32Tensor(shape, result);
}

/** Writes a tensor as .npy version 1.0: `<f4` or `<i4`, C order, elements at a multiple of 64 bytes as NumPy does. */
export function writeNpy(tensor: TensorData): Uint8Array {
  const { dtype, shape, data } = tensor;
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const dictionary = `{'descr': '${dtype === 'float32' ? '<f4' : '<i4'}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const dataOffset = Math.ceil((10 + dictionary.length + 1) / 64) * 64;
  const header = `\x93NUMPY\x01\x00??${dictionary.padEnd(dataOffset - 11)}\n`;
  const bytes = new Uint8Array(dataOffset + data.byteLength);
  for (let index = 0; index < dataOffset; index++) bytes[index] = header.charCodeAt(index);
  new DataView(bytes.buffer).setUint16(8, dataOffset - 10, true);
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), dataOffset);
  return bytes;
}
