import type { Random } from '@convscope/gpu-engine';
import { float32Tensor, type GraphBuilder, type TensorData } from '@convscope/gpu-engine/graph';

/*
 * Robustness transforms (Olah et al. 2017, "Transformation robustness"; the standard ones of Lucid): padding with grey,
 * jitter, scaling, rotation, jitter. Together they are one affine map, so the picture is sampled once, bilinearly. The
 * host draws the numbers and writes the map, six numbers, before each step.
 */

export const VIEW = 'transform.view';

/** Pixels of Lucid's transforms are meant for pictures of about this side. */
const LUCID_SIDE = 224;

/** Adds the view of samples [N, C, H, W] through the affine map of the input `VIEW`; what lies outside is mid-grey. */
export function addView(builder: GraphBuilder, samples: string): string {
  const [batch, , height, width] = builder.value(samples).shape as [number, number, number, number];
  const places = builder.constant('transform.places', placesOf(height, width));
  const grey = builder.constant('transform.grey', float32Tensor([], [0.5]));
  const view = builder.input(VIEW, 'float32', [3, 2]);
  const points = builder.op('reshape', [builder.op('matmul', [places, view])], { shape: [1, height, width, 2] });
  const grid = builder.op('expand', [points], { shape: [batch, height, width, 2] });
  const centred = builder.op('subtract', [samples, grey]);
  return builder.op('add', [builder.op('gridSample', [centred, grid]), grey]);
}

/** Jitter of 8 and 4 pixels, scaling by 0.9 to 1.1 in steps of 0.02, rotation by -10 to 10 degrees with more zeros. */
export function drawView(random: Random, height: number, width: number): TensorData<'float32'> {
  const unit = Math.max(height, width) / LUCID_SIDE;
  const jitter = (pixels: number): number => {
    const most = Math.max(1, Math.round((pixels / 2) * unit));
    return random.below(2 * most + 1) - most;
  };
  const [first, second] = [
    [jitter(8), jitter(8)],
    [jitter(4), jitter(4)],
  ] as [[number, number], [number, number]];
  const scale = 1 + (random.below(11) - 5) / 50;
  const degrees = random.below(26) - 10;
  const angle = degrees > 10 ? 0 : (degrees * Math.PI) / 180;
  return affineView(
    { scale, angle, x: first[0] + second[0] / scale, y: first[1] + second[1] / scale },
    { height, width },
  );
}

export interface AffineView {
  readonly scale: number;
  /** Radians. */
  readonly angle: number;
  /** Pixels by which the middle of the view lies beside the picture's. */
  readonly x: number;
  readonly y: number;
}

/** The map [3, 2] from places in the view (x, y, 1), -1 to 1 over its sides, to places in the picture. */
export function affineView(
  { scale, angle, x, y }: AffineView,
  { height, width }: { readonly height: number; readonly width: number },
): TensorData<'float32'> {
  const [cosine, sine] = [Math.cos(angle) / scale, Math.sin(angle) / scale];
  return float32Tensor(
    [3, 2],
    [cosine, (sine * width) / height, (-sine * height) / width, cosine, (2 * x) / width, (2 * y) / height],
  );
}

/** (x, y, 1) of every pixel's middle. */
function placesOf(height: number, width: number): TensorData<'float32'> {
  const data = new Float32Array(height * width * 3);
  for (let pixel = 0; pixel < height * width; pixel++) {
    data[3 * pixel] = (2 * (pixel % width) + 1) / width - 1;
    data[3 * pixel + 1] = (2 * Math.floor(pixel / width) + 1) / height - 1;
    data[3 * pixel + 2] = 1;
  }
  return float32Tensor([height * width, 3], data);
}
