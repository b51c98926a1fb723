import { decodePicture, pictureToTensor, readNpy, type Preprocessing } from '@convscope/formats';
import { ConvscopeError, shapeText, type TensorData } from '@convscope/gpu-engine/graph';

/**
 * A network's input [1, C, H, W] from a file: PNG and JPEG pictures are preprocessed, .npy tensors are taken as they
 * are. Throws ModelFormatError, or `invalid-tensor` where a tensor has another shape than the network takes.
 */
export function decodeInput(bytes: Uint8Array, fileName: string, preprocessing: Preprocessing): TensorData<'float32'> {
  if (!fileName.toLowerCase().endsWith('.npy')) return pictureToTensor(decodePicture(bytes, fileName), preprocessing);
  const tensor = readNpy(bytes, fileName);
  const { channels, height, width } = preprocessing;
  const wanted = [1, channels, height, width];
  // A picture without the batch is taken too.
  const shape = tensor.shape.length === 3 ? [1, ...tensor.shape] : tensor.shape;
  if (shapeText(shape) !== shapeText(wanted)) {
    throw new ConvscopeError('invalid-tensor', `${fileName} does not fit the network`, {
      got: shapeText(tensor.shape),
      wanted: shapeText(wanted),
    });
  }
  return { dtype: 'float32', shape, data: Float32Array.from(tensor.data) };
}
