const MOST_CODES = 4096;

/**
 * GIF's variant of LZW (GIF89a, appendix F): codes of growing width, the lowest bit first, with a code that clears the
 * table and one that ends the data. `indices` are below 2^`bits`; `bits` is 2 to 8.
 *
 * @returns the codes as bytes, not yet cut into sub-blocks.
 */
export function compressLzw(indices: Uint8Array, bits: number): Uint8Array {
  const clear = 1 << bits;
  const end = clear + 1;
  const output = new BitWriter(indices.length);
  // What follows a code, by code and next index: (code << 8) | index.
  const table = new Map<number, number>();
  let width = bits + 1;
  let next = end + 1;
  output.write(clear, width);
  let code = -1;
  for (const index of indices) {
    if (code < 0) {
      code = index;
      continue;
    }
    const longer = table.get((code << 8) | index);
    if (longer !== undefined) {
      code = longer;
      continue;
    }
    output.write(code, width);
    if (next < MOST_CODES) {
      table.set((code << 8) | index, next);
      // A reader's table is one entry behind: the width grows when the writer's has passed it.
      if (next === 1 << width) width += 1;
      next += 1;
    } else {
      output.write(clear, width);
      table.clear();
      width = bits + 1;
      next = end + 1;
    }
    code = index;
  }
  if (code >= 0) output.write(code, width);
  // The reader adds an entry for this last code too.
  if (code >= 0 && next === 1 << width && width < 12) width += 1;
  output.write(end, width);
  return output.finish();
}

/** Puts codes of up to 12 bits one after another, the lowest bit first. */
class BitWriter {
  #bytes: Uint8Array;
  #length = 0;
  #pending = 0;
  #pendingBits = 0;

  constructor(guess: number) {
    this.#bytes = new Uint8Array(Math.max(64, guess));
  }

  write(code: number, width: number): void {
    this.#pending |= code << this.#pendingBits;
    this.#pendingBits += width;
    while (this.#pendingBits >= 8) this.#push();
  }

  finish(): Uint8Array {
    if (this.#pendingBits > 0) this.#push();
    return this.#bytes.slice(0, this.#length);
  }

  #push(): void {
    if (this.#length === this.#bytes.length) {
      const larger = new Uint8Array(2 * this.#bytes.length);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes[this.#length++] = this.#pending & 0xff;
    this.#pending >>>= 8;
    this.#pendingBits = Math.max(0, this.#pendingBits - 8);
  }
}
