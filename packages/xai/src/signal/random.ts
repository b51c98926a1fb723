/** Random numbers that depend on the seed alone: Wellons's lowbias32 hash of a counter. */
export class SeededRandom {
  readonly #key: number;
  #count = 0;

  constructor(seed: number) {
    this.#key = mix((seed ^ 0x9e3779b9) >>> 0);
  }

  /** Uniform in [0, 1). */
  uniform(): number {
    this.#count = (this.#count + 1) >>> 0;
    return mix((this.#key ^ mix(this.#count)) >>> 0) / 2 ** 32;
  }

  /** Normal with mean 0 and standard deviation 1 (Box and Muller 1958). */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    return radius * Math.cos(2 * Math.PI * this.uniform());
  }
}

function mix(value: number): number {
  let v = value;
  v = Math.imul(v ^ (v >>> 16), 0x7feb352d);
  v = Math.imul(v ^ (v >>> 15), 0x846ca68b);
  return (v ^ (v >>> 16)) >>> 0;
}
