import { ConvscopeError, elementCount, float32Tensor, shapeText, type TensorData } from '@convscope/gpu-engine/graph';
import type { MethodResult } from '../method.ts';
import type { Session } from '../session.ts';
import { clippedShares, fromSamples } from './picture-space.ts';

/** The result of a method that makes pictures, from their samples [N, C, H, W]: uploaded in the model's input space. */
export async function pictureResult(
  session: Session,
  samples: TensorData<'float32'>,
  details: Omit<MethodResult, 'tensor' | 'sign' | 'kind'>,
): Promise<MethodResult> {
  const tensor = await session.device.upload(fromSamples(samples, session.model.preprocessing));
  const measures = { ...details.measures, clipped: clippedShares(samples) };
  return { ...details, tensor, kind: 'picture', sign: 'signed', measures };
}

/** Numbers of all pictures of one result, at most: half a gigabyte. */
const MOST_ELEMENTS = 2 ** 27;

/** Checks, before anything is made, that so many pictures [1, C, H, W] can be kept. Throws `invalid-parameter`. */
export function checkTotal(count: number, shape: readonly number[]): void {
  const most = Math.floor(MOST_ELEMENTS / elementCount(shape));
  if (count <= most) return;
  throw new ConvscopeError('invalid-parameter', 'the pictures would be too large together', {
    got: `${count} of ${shapeText(shape)}`,
    wanted: `at most ${most}`,
  });
}

/** Pictures [N, C, H, W] of one size, one after another. */
export function stacked(pictures: readonly TensorData<'float32'>[]): TensorData<'float32'> {
  const [first] = pictures as [TensorData<'float32'>];
  const count = pictures.reduce((sum, { shape }) => sum + (shape[0] as number), 0);
  const data = new Float32Array(pictures.reduce((sum, picture) => sum + picture.data.length, 0));
  let start = 0;
  for (const picture of pictures) {
    data.set(picture.data, start);
    start += picture.data.length;
  }
  return float32Tensor([count, ...first.shape.slice(1)], data);
}
