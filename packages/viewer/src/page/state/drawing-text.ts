import { tensorToPicture, pictureToTensor, type Preprocessing } from '@convscope/formats';
import { ConvscopeError, type TensorData } from '@convscope/gpu-engine/graph';
import { readStream } from '../../shared/read-bytes.ts';
import type { InputReference } from './lab-state.ts';

/** Larger pictures are not put into addresses. */
const MOST_PIXELS = 64 * 64;

type Pixels = Extract<InputReference, { kind: 'pixels' }>;

/**
 * A small grey input as text for an address: its pixels from 0 to 255, deflated, in base64url. Undefined for others.
 */
export async function drawingReference(
  tensor: TensorData<'float32'>,
  preprocessing: Preprocessing,
): Promise<Pixels | undefined> {
  const [, channels = 0, height = 0, width = 0] = tensor.shape;
  if (channels !== 1 || preprocessing.channels !== 1 || height * width > MOST_PIXELS) return undefined;
  const { data } = tensorToPicture(tensor, preprocessing);
  const grey = Uint8Array.from({ length: height * width }, (_, pixel) => data[4 * pixel] ?? 0);
  const deflated = await through(grey, new CompressionStream('deflate-raw'), MOST_PIXELS * 2);
  const text = btoa(String.fromCharCode(...deflated));
  return { kind: 'pixels', width, height, data: text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '') };
}

/** The input that an address holds, as this network takes it. Throws `invalid-file` where it holds none. */
export async function drawingOf(
  { width, height, data }: Pixels,
  preprocessing: Preprocessing,
): Promise<TensorData<'float32'>> {
  const count = width * height;
  const wrong = (cause?: unknown): ConvscopeError =>
    new ConvscopeError('invalid-file', 'the link’s drawing cannot be read', {}, { cause });
  if (count === 0 || count > MOST_PIXELS) throw wrong();
  let grey: Uint8Array;
  try {
    const deflated = Uint8Array.from(atob(data.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
    grey = await through(deflated, new DecompressionStream('deflate-raw'), count);
  } catch (error) {
    throw wrong(error);
  }
  if (grey.length !== count) throw wrong();
  const rgba = new Uint8ClampedArray(4 * count).fill(255);
  grey.forEach((value, pixel) => rgba.fill(value, 4 * pixel, 4 * pixel + 3));
  return pictureToTensor({ width, height, data: rgba }, preprocessing);
}

/** What a stream makes of bytes; ends early where that would be more than `most`. */
async function through(
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
  most: number,
): Promise<Uint8Array<ArrayBuffer>> {
  return readStream(new Blob([bytes]).stream().pipeThrough(stream), {
    most,
    tooLarge: () => new RangeError(`more than ${most} bytes`),
  });
}
