import type { CaseOptions, OpInput } from './reference.ts';
import type { Random } from './random.ts';
import { sizeOf } from './tensor.ts';

/** Draws the inputs of one case. In smooth mode every kind keeps away from kinks, ties and extreme magnitudes. */
export class ValueSource {
  readonly smooth: boolean;
  readonly random: Random;

  constructor(random: Random, options: CaseOptions = {}) {
    this.random = random;
    this.smooth = options.smooth === true;
  }

  /**
   * Any values: of a magnitude drawn per tensor, now and then exactly zero or much smaller. Their mean is a quarter of
   * their spread, so that long sums do not cancel to nothing, which float32 could not resolve.
   */
  general(shape: readonly number[]): OpInput {
    const { random, smooth } = this;
    const scale = smooth ? 1 : random.pick([0.01, 1, 1, 1, 30]);
    return float32(shape, () => {
      const value = (random.bell() + 0.25) * scale;
      if (smooth) return value;
      const kind = random.uniform();
      return kind < 0.05 ? 0 : kind < 0.1 ? value / 1000 : value;
    });
  }

  /** For ops with a kink at zero: exact zeros of both signs are among them; in smooth mode |x| >= 0.05. */
  aroundZero(shape: readonly number[]): OpInput {
    const { random, smooth } = this;
    return float32(shape, () => {
      const value = random.bell();
      if (smooth) return value + (value < 0 ? -0.05 : 0.05);
      return random.chance(0.2) ? random.pick([0, -0]) : value;
    });
  }

  /**
   * For maxima: ties within a few values, all negative (where zero padding must not win), all zero, all the same, or
   * anything; in smooth mode no two values are closer than 0.01.
   */
  withTies(shape: readonly number[]): OpInput {
    const { random, smooth } = this;
    if (smooth) return this.spaced(shape);
    const kind = random.uniform();
    if (kind < 0.35) return float32(shape, () => random.pick([-1, -0.5, 0, 0, 0.5, 1]));
    if (kind < 0.55) return float32(shape, () => random.pick([-3, -2.5, -2, -1]));
    if (kind < 0.65) return float32(shape, () => 0);
    if (kind < 0.7) return float32(shape, () => -7);
    return this.general(shape);
  }

  /** At least 0.2 away from zero, of either sign: denominators. */
  nonzero(shape: readonly number[]): OpInput {
    const { random } = this;
    return float32(shape, () => random.uniform(0.2, 3) * random.pick([-1, 1]));
  }

  uniform(shape: readonly number[], low: number, high: number): OpInput {
    return float32(shape, () => this.random.uniform(low, high));
  }

  integers(shape: readonly number[], low: number, high: number): OpInput {
    return int32(shape, () => this.random.integer(low, high));
  }

  private spaced(shape: readonly number[]): OpInput {
    const order = this.random.permutation(sizeOf(shape));
    return float32(shape, (index) => (order[index]! - order.length / 2) * 0.01);
  }
}

/** A float32 input, each element given by its flat index. */
export function float32(shape: readonly number[], value: (index: number) => number): OpInput {
  return { dtype: 'float32', shape, data: Float32Array.from({ length: sizeOf(shape) }, (_, index) => value(index)) };
}

/** An int32 input, each element given by its flat index. */
export function int32(shape: readonly number[], value: (index: number) => number): OpInput {
  return { dtype: 'int32', shape, data: Int32Array.from({ length: sizeOf(shape) }, (_, index) => value(index)) };
}
