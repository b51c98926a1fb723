import { decodePicture, MOST_PIXELS, pictureToTensor, type Picture, type Preprocessing } from '@convscope/formats';
import { ConvscopeError, type TensorData } from '@convscope/gpu-engine/graph';
import { fetchBytes, nameOfAddress, type FetchOptions } from '../../shared/fetch-bytes.ts';
import { decodeInput } from '../image-input/decode-input.ts';
import { MOST_INPUT_BYTES } from '../image-input/read-input-file.ts';

/**
 * A network's input [1, C, H, W] from an address. PNG, JPEG and .npy are read by the same code as everywhere in
 * Convscope and give the same numbers; WebP, AVIF, GIF and BMP by the browser. Throws `invalid-file`,
 * `invalid-tensor`, `cancelled`.
 */
export async function loadPicture(
  address: URL,
  preprocessing: Preprocessing,
  options: FetchOptions,
): Promise<TensorData<'float32'>> {
  const bytes = await fetchBytes(address, { ...options, most: MOST_INPUT_BYTES });
  const name = nameOfAddress(address);
  if (/\.npy$/i.test(name)) return decodeInput(bytes, name, preprocessing);
  const isOwn = (bytes[0] === 0x89 && bytes[1] === 0x50) || (bytes[0] === 0xff && bytes[1] === 0xd8);
  const picture = isOwn ? decodePicture(bytes, name) : await decodeByBrowser(bytes, name);
  return pictureToTensor(picture, preprocessing);
}

async function decodeByBrowser(bytes: Uint8Array<ArrayBuffer>, name: string): Promise<Picture> {
  const bitmap = await createImageBitmap(new Blob([bytes]), { premultiplyAlpha: 'none' }).catch((cause: unknown) => {
    throw new ConvscopeError('invalid-file', `${name} is not a picture that this browser reads`, {}, { cause });
  });
  try {
    const { width, height } = bitmap;
    if (width * height > MOST_PIXELS) {
      throw new ConvscopeError('invalid-file', `${name} is too large`, { got: `${width} x ${height} pixels` });
    }
    const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
    if (context === null) throw new ConvscopeError('invalid-file', `${name} could not be drawn`);
    context.drawImage(bitmap, 0, 0);
    return { width, height, data: context.getImageData(0, 0, width, height).data };
  } finally {
    bitmap.close();
  }
}
