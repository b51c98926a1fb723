import { ConvscopeError, shapeText, valueOf, type Graph, type TensorData } from '../graph/index.ts';
import { withReplaced } from '../graph/specialize.ts';
import { Random } from './random.ts';

/** How far training pictures are moved at random, each on its own, evenly up to these limits in both directions. */
export interface Augmentation {
  /** A part of the picture's width and height, 0 to 1. */
  readonly shift?: number;
  /** Degrees, 0 to 180. */
  readonly rotation?: number;
  /** A part of the size, 0 to below 1: 0.1 gives pictures of 0.9 to 1.1 times their size. */
  readonly scale?: number;
}

/** The input of an augmented graph that takes one affine map a picture, float32 [N, 6]. */
export const AUGMENTATION = 'augmentation';

/** Sets the stream of random numbers apart from those of dropout, which count from 0. */
const STREAM = 0x61756721;

/**
 * The same network, which moves its pictures before it looks at them: its input is sampled bilinearly (the op
 * `gridSample`, edges repeated) where the affine maps of the further input `augmentation` say. The input's shape must
 * be concrete. Throws `invalid-graph`.
 */
export function augmented(network: Graph, input = 'x'): Graph {
  const { shape, name } = valueOf(network, input);
  const sizes = shape.filter((size) => typeof size === 'number');
  const [batch, , height, width] = sizes;
  if (sizes.length !== 4 || batch === undefined || height === undefined || width === undefined) {
    throw new ConvscopeError('invalid-graph', 'only pictures of known size can be moved', {
      node: input,
      got: shapeText(shape),
      wanted: 'numbers N x C x H x W',
    });
  }
  return withReplaced(network, name, (builder) => {
    const maps = builder.input(AUGMENTATION, 'float32', [batch, 6]);
    const basis = builder.constant(`${AUGMENTATION}.places`, places(height, width));
    const product = builder.op('matmul', [maps, basis], {}, `${AUGMENTATION}.product`);
    const grid = builder.op('reshape', [product], { shape: [batch, height, width, 2] }, `${AUGMENTATION}.grid`);
    return builder.op('gridSample', [name, grid], { paddingMode: 'border' }, `${name}.${AUGMENTATION}`);
  });
}

/** The affine maps of one step's pictures, float32 [N, 6]; they follow from the seed and the step alone. */
export function augmentationMaps(
  { shift = 0, rotation = 0, scale = 0 }: Augmentation,
  { seed, step, batch }: { readonly seed: number; readonly step: number; readonly batch: number },
): TensorData<'float32'> {
  const random = new Random(seed, step, STREAM);
  const data = new Float32Array(batch * 6);
  for (let row = 0; row < batch; row++) {
    const angle = (random.uniform(-rotation, rotation) * Math.PI) / 180;
    // Sampling goes the other way: a picture grows where its places lie closer together.
    const factor = 1 / (1 + random.uniform(-scale, scale));
    const [cosine, sine] = [Math.cos(angle) * factor, Math.sin(angle) * factor];
    // Places run from -1 to 1: the whole width is 2.
    const [right, down] = [2 * random.uniform(-shift, shift), 2 * random.uniform(-shift, shift)];
    data.set([cosine, -sine, -right, sine, cosine, -down], row * 6);
  }
  return { dtype: 'float32', shape: [batch, 6], data };
}

/**
 * [6, 2 H W]: times a map (a b c d e f), the places (a x + b y + c, d x + e y + f) of all pixels, from -1 to 1 over
 * the picture; the aspect ratio goes into the factors of b and d, so that oblong pictures are not sheared.
 */
function places(height: number, width: number): TensorData<'float32'> {
  const columns = 2 * height * width;
  const data = new Float32Array(6 * columns);
  for (let pixel = 0; pixel < height * width; pixel++) {
    const x = (2 * (pixel % width) + 1) / width - 1;
    const y = (2 * Math.floor(pixel / width) + 1) / height - 1;
    const aspect = width / height;
    data.set([x], 2 * pixel);
    data.set([y / aspect], columns + 2 * pixel);
    data.set([1], 2 * columns + 2 * pixel);
    data.set([x * aspect], 3 * columns + 2 * pixel + 1);
    data.set([y], 4 * columns + 2 * pixel + 1);
    data.set([1], 5 * columns + 2 * pixel + 1);
  }
  return { dtype: 'float32', shape: [6, columns], data };
}
