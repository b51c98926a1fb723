import { Random } from '../training/random.ts';
import { BINDING_ALIGNMENT } from './uniforms.ts';

/** A value's chunks, which are alive from step `first` to step `last`, both included. */
export interface Life {
  readonly first: number;
  readonly last: number;
  /** The bytes of each chunk. */
  readonly sizes: readonly number[];
  /** Lives that one step reads while it writes this one, or the other way round: WebGPU wants them in different buffers. */
  readonly apart: ReadonlySet<number>;
  /** Lives of one number go to one buffer, where they fit. */
  readonly together?: number;
  /** Whether each chunk must begin where its buffer begins, as what others read must. */
  readonly isResult: boolean;
}

/** Where a chunk lies. */
export interface Place {
  readonly slot: number;
  readonly offset: number;
}

export interface Packing {
  /** The bytes of each slot, which is a buffer. */
  readonly slots: readonly number[];
  /** The places of each life's chunks. */
  readonly places: readonly (readonly Place[])[];
}

/** What is good enough, of the least that is possible; orders that are tried for it, and pieces placed for it in all. */
const GOOD_RATIO = 1.1;
const MOST_ATTEMPTS = 64;
const MOST_PLACED = 20_000;

interface Piece {
  readonly life: number;
  readonly chunk: number;
  readonly bytes: number;
}

interface Slot {
  bytes: number;
  readonly pieces: (Piece & { readonly offset: number })[];
}

/**
 * Gives every chunk a range of a buffer that no other has at the same time. The best of several greedy packings by
 * offsets (Pisarchyk & Lee, 2001.03288): in order of time, of size, of size times length, and in orders near the last,
 * which are the same for the same lives. `largest` bounds a buffer.
 */
export function packLives(lives: readonly Life[], largest: number): Packing {
  const pieces = lives.flatMap(({ sizes }, life) =>
    sizes.map((size, chunk): Piece => ({ life, chunk, bytes: Math.max(16, Math.ceil(size / 16) * 16) })),
  );
  const lifeOf = ({ life }: Piece) => lives[life] as Life;
  const first = (piece: Piece) => lifeOf(piece).first;
  const area = (piece: Piece) => piece.bytes * (lifeOf(piece).last - first(piece) + 1);
  const orders: readonly ((a: Piece, b: Piece) => number)[] = [
    (a, b) => first(a) - first(b) || b.bytes - a.bytes,
    (a, b) => b.bytes - a.bytes || first(a) - first(b),
    (a, b) => area(b) - area(a) || first(a) - first(b),
  ];
  let best: readonly Slot[] | undefined;
  const attempt = (order: (a: Piece, b: Piece) => number): void => {
    const slots = pack(lives, pieces.toSorted(order), largest);
    if (best === undefined || total(slots) < total(best)) best = slots;
  };
  for (const order of orders) attempt(order);
  const least = mostAlive(lives, Math.max(0, ...lives.map(({ last }) => last)) + 1);
  const random = new Random(pieces.length);
  const attempts = Math.min(MOST_ATTEMPTS, MOST_PLACED / pieces.length);
  for (let count = 0; count < attempts && total(best ?? []) > GOOD_RATIO * least; count++) {
    const weights = new Map(pieces.map((piece) => [piece, area(piece) * random.uniform(0.3, 1)]));
    attempt((a, b) => (weights.get(b) ?? 0) - (weights.get(a) ?? 0));
  }
  const places = lives.map(({ sizes }) => sizes.map((): Place => ({ slot: 0, offset: 0 })));
  best?.forEach((slot, index) => {
    for (const { life, chunk, offset } of slot.pieces) (places[life] as Place[])[chunk] = { slot: index, offset };
  });
  return { slots: (best ?? []).map(({ bytes }) => bytes), places };
}

/** The largest sum of bytes that are alive at one step. */
export function mostAlive(lives: readonly Pick<Life, 'first' | 'last' | 'sizes'>[], steps: number): number {
  const change = Array.from({ length: steps + 2 }, () => 0);
  for (const { first, last, sizes } of lives) {
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    change[first] = (change[first] as number) + bytes;
    change[last + 1] = (change[last + 1] as number) - bytes;
  }
  let [alive, most] = [0, 0];
  for (const bytes of change) {
    alive += bytes;
    most = Math.max(most, alive);
  }
  return most;
}

function pack(lives: readonly Life[], pieces: readonly Piece[], largest: number): readonly Slot[] {
  const slots: Slot[] = [];
  const common = new Map<number, Slot>();
  for (const piece of pieces) {
    const life = lives[piece.life] as Life;
    const own = common.get(life.together ?? -1);
    let best: { slot: Slot; offset: number; growth: number; slack: number } | undefined;
    for (const slot of own === undefined ? slots : [own]) {
      if (slot.pieces.some((other) => other.life === piece.life || life.apart.has(other.life))) continue;
      const { offset, slack } = freeRange(lives, slot, piece, life);
      const growth = Math.max(0, offset + piece.bytes - slot.bytes);
      if (offset + piece.bytes > largest || (life.isResult && offset > 0)) continue;
      const isBetter =
        best === undefined || growth < best.growth || (growth === best.growth && growth === 0 && slack < best.slack);
      if (isBetter) best = { slot, offset, growth, slack };
    }
    if (best === undefined || (own === undefined && best.growth >= piece.bytes)) {
      const slot = { bytes: piece.bytes, pieces: [{ ...piece, offset: 0 }] };
      slots.push(slot);
      if (life.together !== undefined) common.set(life.together, slot);
      continue;
    }
    if (life.together !== undefined) common.set(life.together, best.slot);
    best.slot.bytes += best.growth;
    best.slot.pieces.push({ ...piece, offset: best.offset });
  }
  return slots;
}

/** The tightest range that is free throughout the life; the end of what is taken where none is large enough. */
function freeRange(lives: readonly Life[], slot: Slot, piece: Piece, { first, last, isResult }: Life) {
  const taken = slot.pieces
    .filter((other) => {
      const life = lives[other.life] as Life;
      return life.first <= last && first <= life.last;
    })
    .toSorted((a, b) => a.offset - b.offset);
  let start = 0;
  let best: { offset: number; slack: number } | undefined;
  for (const other of taken) {
    const slack = other.offset - start - piece.bytes;
    if (slack >= 0 && (best === undefined || slack < best.slack)) best = { offset: start, slack };
    if (isResult && best === undefined) return { offset: Infinity, slack: Infinity };
    start = Math.max(start, Math.ceil((other.offset + other.bytes) / BINDING_ALIGNMENT) * BINDING_ALIGNMENT);
  }
  const slack = slot.bytes - start - piece.bytes;
  if (slack >= 0 && (best === undefined || slack < best.slack)) best = { offset: start, slack };
  return best ?? { offset: start, slack: 0 };
}

function total(slots: readonly Slot[]): number {
  return slots.reduce((sum, { bytes }) => sum + bytes, 0);
}
