import type { TensorData } from '@convscope/gpu-engine/graph';

/** How a map agrees with the pixels that are known to decide. */
export interface Pointing {
  /** Whether the strongest pixel lies inside the mask: the pointing game (Zhang et al. 2016, 1608.00507, section 4.2). */
  readonly isHit: boolean;
  /** The share of the map's positive values inside the mask (Wang et al. 2020, 1910.01279, section 4.3); 0 where none is. */
  readonly energyInside: number;
  /** The mask's share of the picture: what both would be by chance. */
  readonly maskShare: number;
}

/**
 * Judges a map by a mask, both H W pixels, the mask 1 inside and 0 outside. Of several strongest pixels the first
 * in row-major order counts; a map without any positive value does not hit. `tolerance` pixels beside the mask count as
 * inside for the hit; the paper takes 15 for photographs.
 */
export function pointing(map: ArrayLike<number>, mask: TensorData, tolerance = 0): Pointing {
  const width = mask.shape.at(-1) ?? 1;
  let [strongest, inside, total, area] = [0, 0, 0, 0];
  for (let pixel = 0; pixel < map.length; pixel++) {
    const value = Math.max(map[pixel] as number, 0);
    if ((map[pixel] as number) > (map[strongest] as number)) strongest = pixel;
    total += value;
    if ((mask.data[pixel] as number) > 0.5) {
      inside += value;
      area++;
    }
  }
  const isHit = (map[strongest] as number) > 0 && isNear(mask.data, strongest, width, tolerance);
  return { isHit, energyInside: total > 0 ? inside / total : 0, maskShare: area / map.length };
}

function isNear(mask: ArrayLike<number>, place: number, width: number, tolerance: number): boolean {
  const [y, x] = [Math.floor(place / width), place % width];
  for (let pixel = 0; pixel < mask.length; pixel++) {
    const [dy, dx] = [Math.floor(pixel / width) - y, (pixel % width) - x];
    if ((mask[pixel] as number) > 0.5 && dy * dy + dx * dx <= tolerance * tolerance) return true;
  }
  return false;
}
