import { ModelFormatError } from './errors.ts';
import { BitReader, codeTable, type CodeTable } from './jpeg-bits.ts';
import { blockWalk, type ScanRange, type SkimmedComponent } from './jpeg-blocks.ts';
import { markerAt, readFrame, readUint16 } from './jpeg-header.ts';

interface Frame {
  readonly isProgressive: boolean;
  readonly components: ReadonlyMap<number, SkimmedComponent>;
  readonly unitsPerLine: number;
  readonly unitsPerColumn: number;
}

/**
 * Reads a JPEG file's entropy-coded data without making a picture of it: whether there is a code for every block, before
 * anything of the picture's size is allocated (T.81, annexes E to G). Damaged files end here, which else would end
 * after seconds of decoding. Throws ModelFormatError.
 */
export function skimJpeg(bytes: Uint8Array, file: string): void {
  const tables = { dc: new Map<number, CodeTable>(), ac: new Map<number, CodeTable>() };
  const quantizations = new Set<number>();
  let frame: Frame | undefined;
  let interval = 0;
  let position = 2;
  const damaged = (what: string) => new ModelFormatError(file, what, { offset: position });
  while (position + 4 <= bytes.length) {
    const marker = markerAt(bytes, position);
    if (marker === undefined) {
      position++;
      continue;
    }
    if (marker === 0xd9) break;
    const length = readUint16(bytes, position + 2);
    const content = bytes.subarray(position + 4, position + 2 + length);
    const after = position + 2 + length;
    if (marker === 0xc0 || marker === 0xc1 || marker === 0xc2) {
      frame = frameOf(content, marker === 0xc2);
      if (frame === undefined) throw damaged('the JPEG file’s frame header is damaged');
    } else if (marker === 0xc4) {
      if (!readTables(content, tables)) throw damaged('a Huffman table of the JPEG file is damaged');
    } else if (marker === 0xdb) {
      readQuantizations(content, quantizations);
    } else if (marker === 0xdd) {
      interval = readUint16(content, 0);
    } else if (marker === 0xda) {
      if (frame === undefined) throw damaged('the picture data come before their frame header');
      const scan = scanOf(content, frame, tables);
      if (scan === undefined) throw damaged('a scan header of the JPEG file is damaged');
      const reader = new BitReader(bytes, after);
      const { read, of } = blockWalk(reader, frame, scan, interval);
      if (read < of) {
        throw new ModelFormatError(file, 'the picture data are damaged or end too early', {
          offset: reader.position,
          got: `${read} of ${of} blocks`,
        });
      }
      position = reader.position;
      continue;
    }
    position = after;
  }
  for (const { quantization } of frame?.components.values() ?? []) {
    if (!quantizations.has(quantization)) throw damaged(`quantization table ${quantization} is missing`);
  }
}

/** A frame's components with their blocks; undefined where its header is cut off or makes no sense. */
function frameOf(content: Uint8Array, isProgressive: boolean): Frame | undefined {
  const { height, width, components: parts } = readFrame(content);
  const count = parts.length;
  const areValid = parts.every(({ across, down }) => across >= 1 && across <= 4 && down >= 1 && down <= 4);
  if (count < 1 || count > 4 || content.length < 6 + 3 * count || !areValid) return undefined;
  const mostAcross = Math.max(...parts.map(({ across }) => across));
  const mostDown = Math.max(...parts.map(({ down }) => down));
  const unitsPerLine = Math.ceil(width / 8 / mostAcross);
  const unitsPerColumn = Math.ceil(height / 8 / mostDown);
  const components = new Map(
    parts.map(({ id, across, down, quantization }): [number, SkimmedComponent] => [
      id,
      {
        across,
        down,
        quantization,
        blocksPerLine: Math.ceil(Math.ceil((width * across) / mostAcross) / 8),
        blocksPerColumn: Math.ceil(Math.ceil((height * down) / mostDown) / 8),
        paddedPerLine: unitsPerLine * across,
        paddedPerColumn: unitsPerColumn * down,
      },
    ]),
  );
  return { isProgressive, components, unitsPerLine, unitsPerColumn };
}

/** Huffman tables (T.81, B.2.4.2); false where one is cut off or has too many codes. */
function readTables(
  content: Uint8Array,
  tables: { readonly dc: Map<number, CodeTable>; readonly ac: Map<number, CodeTable> },
): boolean {
  for (let place = 0; place < content.length;) {
    const kind = content[place] ?? 0;
    const counts = content.subarray(place + 1, place + 17);
    const total = counts.reduce((sum, count) => sum + count, 0);
    const symbols = content.subarray(place + 17, place + 17 + total);
    const table = counts.length === 16 && symbols.length === total ? codeTable(counts, symbols) : undefined;
    if (table === undefined) return false;
    (kind >> 4 === 0 ? tables.dc : tables.ac).set(kind & 15, table);
    place += 17 + total;
  }
  return true;
}

/** The numbers of quantization tables (T.81, B.2.4.1), of 64 values of one or two bytes. */
function readQuantizations(content: Uint8Array, found: Set<number>): void {
  for (let place = 0; place < content.length;) {
    const kind = content[place] ?? 0;
    found.add(kind & 15);
    place += 1 + (kind >> 4 === 0 ? 64 : 128);
  }
}

/** A scan header (T.81, B.2.3), with the tables that its components are read by. */
function scanOf(
  content: Uint8Array,
  { components }: Frame,
  tables: { readonly dc: ReadonlyMap<number, CodeTable>; readonly ac: ReadonlyMap<number, CodeTable> },
): ScanRange | undefined {
  const count = content[0] ?? 0;
  const parts = Array.from({ length: count }, (_, index) => {
    const [id = -1, numbers = 0] = content.subarray(1 + 2 * index, 3 + 2 * index);
    return { component: components.get(id), dc: tables.dc.get(numbers >> 4), ac: tables.ac.get(numbers & 15) };
  });
  const [first = 0, last = 0, steps = 0] = content.subarray(1 + 2 * count);
  const known = parts.flatMap(({ component, ...own }) => (component === undefined ? [] : [{ component, ...own }]));
  const isWhole = count >= 1 && count <= 4 && known.length === count && content.length >= 4 + 2 * count;
  return isWhole ? { parts: known, first, last: Math.min(last, 63), isRefinement: steps >> 4 > 0 } : undefined;
}
