import type { BitReader, CodeTable } from './jpeg-bits.ts';

/** A component of the frame: how many blocks of 8x8 samples it has, and which of their coefficients are not zero. */
export interface SkimmedComponent {
  readonly across: number;
  readonly down: number;
  readonly quantization: number;
  readonly blocksPerLine: number;
  readonly blocksPerColumn: number;
  /** Blocks with those that only fill up the last units. */
  readonly paddedPerLine: number;
  readonly paddedPerColumn: number;
  /** Two words a block, a bit a coefficient in zigzag order; only where a progressive picture needs it. */
  nonzero?: Uint32Array;
}

/** The component of a scan with its tables. */
export interface ScanPart {
  readonly component: SkimmedComponent;
  readonly dc: CodeTable | undefined;
  readonly ac: CodeTable | undefined;
}

/** What a scan holds: of progressive pictures the coefficients `first` to `last`, or one more bit of them. */
export interface ScanRange {
  readonly parts: readonly ScanPart[];
  readonly first: number;
  readonly last: number;
  readonly isRefinement: boolean;
}

interface Units {
  readonly isProgressive: boolean;
  readonly unitsPerLine: number;
  readonly unitsPerColumn: number;
}

/** Reads one block; false where its codes are none. */
type ReadBlock = (part: ScanPart, block: number) => boolean;

/** Reads the blocks of a scan, and says how many there are and should be. */
export function blockWalk(
  reader: BitReader,
  { isProgressive, unitsPerLine, unitsPerColumn }: Units,
  scan: ScanRange,
  interval: number,
): { readonly read: number; readonly of: number } {
  const run = { blocks: 0 };
  const readBlock = blockReader(reader, isProgressive, scan, run);
  const [only] = scan.parts;
  const isAlone = scan.parts.length === 1 && only !== undefined;
  const units = isAlone ? only.component.blocksPerLine * only.component.blocksPerColumn : unitsPerLine * unitsPerColumn;
  const perUnit = isAlone ? 1 : scan.parts.reduce((sum, { component: { across, down } }) => sum + across * down, 0);
  for (let unit = 0; unit < units; unit++) {
    if (interval > 0 && unit > 0 && unit % interval === 0) {
      if (!reader.restart()) return { read: unit * perUnit, of: units * perUnit };
      run.blocks = 0;
    }
    const isRead = isAlone
      ? readBlock(only, paddedIndex(only.component, unit))
      : readUnit(scan.parts, readBlock, unit % unitsPerLine, Math.floor(unit / unitsPerLine));
    if (!isRead || reader.isOver) return { read: unit * perUnit, of: units * perUnit };
  }
  return { read: units * perUnit, of: units * perUnit };
}

/** The place of a block of a scan of its own among all that are kept. */
function paddedIndex({ blocksPerLine, paddedPerLine }: SkimmedComponent, block: number): number {
  return Math.floor(block / blocksPerLine) * paddedPerLine + (block % blocksPerLine);
}

/** The blocks of all components in one unit (T.81, A.2.3). */
function readUnit(parts: readonly ScanPart[], readBlock: ReadBlock, column: number, row: number): boolean {
  for (const part of parts) {
    const { across, down, paddedPerLine } = part.component;
    for (let y = 0; y < down; y++) {
      for (let x = 0; x < across; x++) {
        if (!readBlock(part, (row * down + y) * paddedPerLine + column * across + x)) return false;
      }
    }
  }
  return true;
}

/** @param run how many blocks are at their end already (T.81, G.1.2.2) */
function blockReader(reader: BitReader, isProgressive: boolean, scan: ScanRange, run: { blocks: number }): ReadBlock {
  if (!isProgressive) return sequential(reader);
  if (scan.first === 0) {
    if (!scan.isRefinement) return ({ dc }) => skipDifference(reader, dc);
    return () => {
      reader.bits(1);
      return true;
    };
  }
  return scan.isRefinement ? refinement(reader, scan, run) : firstBits(reader, scan, run);
}

function skipDifference(reader: BitReader, table: CodeTable | undefined): boolean {
  const size = table === undefined ? -1 : reader.symbol(table);
  if (size < 0 || size > 16) return false;
  if (size > 0) reader.bits(size);
  return true;
}

function sequential(reader: BitReader): ReadBlock {
  return ({ dc, ac }) => {
    if (ac === undefined || !skipDifference(reader, dc)) return false;
    for (let place = 1; place < 64;) {
      const code = reader.symbol(ac);
      if (code < 0) return false;
      const size = code & 15;
      if (size === 0 && code !== 0xf0) return true;
      if (size > 0) reader.bits(size);
      place += (code >> 4) + 1;
    }
    return true;
  };
}

/** The first bits of AC coefficients (T.81, G.1.2.2). */
function firstBits(reader: BitReader, { first, last }: ScanRange, run: { blocks: number }): ReadBlock {
  return ({ component, ac }, block) => {
    if (run.blocks > 0) {
      run.blocks--;
      return true;
    }
    if (ac === undefined) return false;
    const nonzero = bitsOf(component);
    for (let place = first; place <= last; place++) {
      const code = reader.symbol(ac);
      if (code < 0) return false;
      const [size, zeros] = [code & 15, code >> 4];
      if (size === 0 && zeros < 15) {
        run.blocks = (1 << zeros) - 1 + (zeros > 0 ? reader.bits(zeros) : 0);
        return true;
      }
      place += zeros;
      if (size === 0) continue;
      reader.bits(size);
      mark(nonzero, block, place);
    }
    return true;
  };
}

/** One more bit of AC coefficients (T.81, G.1.2.3): those that are not zero have one each, between the codes of others. */
function refinement(reader: BitReader, { first, last }: ScanRange, run: { blocks: number }): ReadBlock {
  return ({ component, ac }, block) => {
    const nonzero = bitsOf(component);
    let place = first;
    while (run.blocks === 0 && place <= last) {
      const code = ac === undefined ? -1 : reader.symbol(ac);
      if (code < 0) return false;
      const size = code & 15;
      let zeros = code >> 4;
      if (size === 0 && zeros < 15) {
        run.blocks = (1 << zeros) + (zeros > 0 ? reader.bits(zeros) : 0);
        break;
      }
      if (size > 1) return false;
      if (size === 1) reader.bits(1);
      for (; place <= last; place++) {
        if (isMarked(nonzero, block, place)) reader.bits(1);
        else if (zeros-- === 0) break;
      }
      if (size === 1 && place <= last) mark(nonzero, block, place);
      place++;
    }
    if (run.blocks === 0) return true;
    run.blocks--;
    for (; place <= last; place++) if (isMarked(nonzero, block, place)) reader.bits(1);
    return true;
  };
}

function bitsOf(component: SkimmedComponent): Uint32Array {
  component.nonzero ??= new Uint32Array(2 * component.paddedPerLine * component.paddedPerColumn);
  return component.nonzero;
}

function mark(nonzero: Uint32Array, block: number, place: number): void {
  const word = 2 * block + (place >> 5);
  if (place < 64) nonzero[word] = (nonzero[word] ?? 0) | (1 << (place & 31));
}

function isMarked(nonzero: Uint32Array, block: number, place: number): boolean {
  return (((nonzero[2 * block + (place >> 5)] ?? 0) >>> (place & 31)) & 1) === 1;
}
