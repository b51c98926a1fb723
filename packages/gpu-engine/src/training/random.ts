/**
 * Random numbers that depend on nothing but the seed words, on any machine: PCG's RXS-M-XS permutation over a 32-bit
 * linear congruential generator (O'Neill, "PCG: A Family of Simple Fast Space-Efficient Statistically Good Algorithms
 * for Random Number Generation", HMC-CS-2014-0905, section 6.3). Only integer steps and exact divisions are used.
 */
export class Random {
  #state: number;

  /** Different words give unrelated sequences; only their lower 32 bits count. */
  constructor(...seed: readonly number[]) {
    this.#state = 0x9e3779b9;
    for (const word of seed) this.#state = (permuted(this.#state) ^ word) >>> 0;
    this.#state = permuted(this.#state);
  }

  /** A whole number from 0 to 2^32 - 1. */
  bits(): number {
    this.#state = (Math.imul(this.#state, 747_796_405) + 2_891_336_453) >>> 0;
    return permuted(this.#state);
  }

  /** A number from `least` up to, and without, `most`. */
  uniform(least = 0, most = 1): number {
    return least + (most - least) * (this.bits() / 2 ** 32);
  }

  /** A whole number from 0 up to, and without, `count`. */
  below(count: number): number {
    return Math.floor((this.bits() / 2 ** 32) * count);
  }

  /** Bell-shaped with mean 0 and standard deviation 1, never beyond 3.5: the sum of four uniform numbers. */
  bell(): number {
    return (this.uniform() + this.uniform() + this.uniform() + this.uniform() - 2) * 1.7320508075688772;
  }

  /** Normally distributed to the eye, mean 0, standard deviation 1, never beyond 6: the sum of twelve uniform numbers. */
  normal(): number {
    let sum = -6;
    for (let term = 0; term < 12; term++) sum += this.uniform();
    return sum;
  }

  /** The numbers below `count` in random order (Fisher and Yates' shuffle). */
  permutation(count: number): number[] {
    const order = Array.from({ length: count }, (_, index) => index);
    for (let last = count - 1; last > 0; last--) {
      const chosen = this.below(last + 1);
      const moved = order[last] ?? 0;
      order[last] = order[chosen] ?? 0;
      order[chosen] = moved;
    }
    return order;
  }
}

function permuted(state: number): number {
  const word = Math.imul((state >>> ((state >>> 28) + 4)) ^ state, 277_803_737);
  return ((word >>> 22) ^ word) >>> 0;
}
