/** Codes of 1 to 16 bits by the 16 bits that begin with them: their length times 256 plus their symbol, 0 for none. */
export type CodeTable = Uint16Array;

/**
 * A Huffman table (T.81, annex C): `counts` says how many codes of 1 to 16 bits there are, `symbols` what they stand for.
 * Undefined where there are more codes than fit.
 */
export function codeTable(counts: Uint8Array, symbols: Uint8Array): CodeTable | undefined {
  const table = new Uint16Array(65_536);
  let [start, next] = [0, 0];
  for (let length = 1; length <= 16; length++) {
    const size = 1 << (16 - length);
    for (let code = 0; code < (counts[length - 1] ?? 0); code++) {
      if (start + size > table.length) return undefined;
      table.fill((length << 8) | (symbols[next++] ?? 0), start, start + size);
      start += size;
    }
  }
  return table;
}

/** Reads bits of entropy-coded data up to the next marker; beyond it there are zeros, which `isOver` tells. */
export class BitReader {
  readonly #bytes: Uint8Array;
  #position: number;
  /** The bits at hand are the lowest `#count` of it. */
  #buffer = 0;
  #count = 0;
  /** Zeros that were put behind the last byte. */
  #invented = 0;

  constructor(bytes: Uint8Array, position: number) {
    this.#bytes = bytes;
    this.#position = position;
  }

  /** Of the marker, once it was reached. */
  get position(): number {
    return this.#position;
  }

  /** Whether more bits were read than there are. */
  get isOver(): boolean {
    return this.#invented > this.#count;
  }

  /** The symbol of the next code; -1 where it is none. */
  symbol(table: CodeTable): number {
    this.#fill();
    const found = table[(this.#buffer >> (this.#count - 16)) & 0xffff] as number;
    if (found === 0) return -1;
    this.#count -= found >> 8;
    return found & 0xff;
  }

  /** The next bits as a number, 16 at most. */
  bits(length: number): number {
    this.#fill();
    this.#count -= length;
    return (this.#buffer >> this.#count) & ((1 << length) - 1);
  }

  /** Drops what is left before the next marker and goes behind it where it is a restart marker. */
  restart(): boolean {
    const bytes = this.#bytes;
    this.#count = 0;
    this.#invented = 0;
    const isRestart = bytes[this.#position] === 0xff && ((bytes[this.#position + 1] ?? 0) & 0xf8) === 0xd0;
    if (isRestart) this.#position += 2;
    return isRestart;
  }

  /** Makes at least 16 bits available. */
  #fill(): void {
    while (this.#count < 16) {
      const byte = this.#bytes[this.#position];
      const isMarker = byte === 0xff && this.#bytes[this.#position + 1] !== 0;
      this.#count += 8;
      if (byte === undefined || isMarker) {
        this.#buffer <<= 8;
        this.#invented += 8;
        continue;
      }
      this.#buffer = (this.#buffer << 8) | byte;
      this.#position += byte === 0xff ? 2 : 1;
    }
  }
}
