import { expect } from 'vitest';
import { ModelFormatError } from './errors.ts';

/** 2,000 seeded mutants of a good file; each must be read or refused with a ModelFormatError within a second. */
export function expectOnlyTypedErrors(good: Uint8Array, read: (bytes: Uint8Array) => unknown, count = 2000): void {
  const next = generator(good.length);
  for (let index = 0; index < count; index++) {
    const mutant = mutate(good, next);
    const start = performance.now();
    try {
      read(mutant);
    } catch (thrown) {
      if (!(thrown instanceof ModelFormatError)) {
        throw new Error(`mutant ${index} threw ${String(thrown)}`, { cause: thrown });
      }
      expect(thrown.message).not.toMatch(/[\n\r]/);
    }
    expect(performance.now() - start, `mutant ${index}`).toBeLessThan(1000);
  }
}

type Random = (below: number) => number;

function mutate(good: Uint8Array, next: Random): Uint8Array {
  const bytes = good.slice();
  const anywhere = (): number => (next(2) === 0 ? next(Math.min(bytes.length, 64)) : next(bytes.length));
  switch (next(6)) {
    case 0:
      return bytes.subarray(0, next(bytes.length));
    case 1:
      bytes.fill([0, 0xff, 0x80, 0x7f][next(4)] ?? 0, anywhere(), anywhere());
      return bytes;
    case 2: {
      const cut = anywhere();
      return Uint8Array.of(...bytes.subarray(0, cut), ...bytes.subarray(cut + 1 + next(8)));
    }
    case 3: {
      const place = anywhere();
      const inserted = Array.from({ length: 1 + next(8) }, () => next(256));
      return Uint8Array.of(...bytes.subarray(0, place), ...inserted, ...bytes.subarray(place));
    }
    default:
      for (let flips = 1 + next(4); flips > 0; flips--) {
        const place = anywhere();
        bytes[place] = (bytes[place] ?? 0) ^ (1 << next(8));
      }
      return bytes;
  }
}

/** A linear congruential generator (Numerical Recipes' constants): enough to pick places. */
function generator(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
