/**
 * The 5x7 letters of dot-matrix displays for the printable characters of ASCII, from the space on: ten hexadecimal
 * digits a letter, two a column from the left, the lowest bit on top.
 */
const LETTERS =
  '000000000000005F00000007000700147F147F14242A7F2A1223130864623649552250000503000000' +
  '1C2241000041221C0014083E081408083E08080050300000080808080800606000002010080402' +
  '3E5149453E00427F400042615149462141454B311814127F1027454545393C4A4949300171090503' +
  '3649494936064949291E003636000000563600000814224100141414141400412214080201510906' +
  '324979413E7E1111117E7F494949363E414141227F4141221C7F494949417F090909013E4149497A' +
  '7F0808087F00417F41002040413F017F081422417F404040407F020C027F7F0408107F3E4141413E' +
  '7F090909063E4151215E7F09192946464949493101017F01013F4040403F1F2040201F3F4038403F' +
  '631408146307087008076151494543007F41410002040810200041417F0004020102044040404040' +
  '000102040020545454787F484444383844444420384444487F3854545418087E0901020C5252523E' +
  '7F0804047800447D40002040443D007F1028440000417F40007C041804787C080404783844444438' +
  '7C14141408081414187C7C080404084854545420043F4440203C4040207C1C2040201C3C4030403C' +
  '44281028440C5050503C4464544C44000836410000007F000000413608001008081008';

/** The letters that reach below the line, which those displays squeeze above it: nine bits a column. */
const DESCENDING: ReadonlyMap<string, readonly number[]> = new Map([
  ['g', [0x038, 0x144, 0x144, 0x144, 0x0fc]],
  ['j', [0x080, 0x100, 0x104, 0x0fd, 0x000]],
  ['p', [0x1fc, 0x044, 0x044, 0x044, 0x038]],
  ['q', [0x038, 0x044, 0x044, 0x044, 0x1fc]],
  ['y', [0x03c, 0x140, 0x140, 0x140, 0x0fc]],
]);

/** Signs outside of ASCII that captions use, and those that class names mostly bring. */
const SIGNS: ReadonlyMap<string, readonly number[]> = new Map([
  ['…', [0x40, 0x00, 0x40, 0x00, 0x40]],
  ['×', [0x22, 0x14, 0x08, 0x14, 0x22]],
  ['·', [0x00, 0x18, 0x18, 0x00, 0x00]],
  ['°', [0x06, 0x09, 0x09, 0x06, 0x00]],
  ['±', [0x44, 0x44, 0x5f, 0x44, 0x44]],
  ['ß', [0x7e, 0x01, 0x49, 0x56, 0x20]],
  ['µ', [0x1fc, 0x040, 0x040, 0x020, 0x07c]],
]);

/** What stands for signs that these letters do not tell apart: typographic quotes, dashes and spaces. */
const ALIKE: ReadonlyMap<string, string> = new Map([
  ...['‘', '’', '‚', '′'].map((sign) => [sign, "'"] as const),
  ...['“', '”', '„', '″'].map((sign) => [sign, '"'] as const),
  ...['‐', '‑', '–', '—', '−'].map((sign) => [sign, '-'] as const),
  ...['\u00a0', '\u2009', '\u202f'].map((sign) => [sign, ' '] as const),
]);

/** Columns of a letter; one empty column follows each. */
export const LETTER_WIDTH = 5;
/** With the two rows below the line. */
export const LETTER_HEIGHT = 9;

const FIRST = 0x20;

/**
 * Five columns of nine bits, the lowest on top. Letters with accents show without them, and what there are no letters for
 * as a `?`.
 */
export function letterColumns(character: string): readonly number[] {
  const plain = ALIKE.get(character) ?? character.normalize('NFD').charAt(0);
  const drawn = DESCENDING.get(plain) ?? SIGNS.get(character);
  if (drawn !== undefined) return drawn;
  const index = (plain.codePointAt(0) ?? 0) - FIRST;
  const count = LETTERS.length / (2 * LETTER_WIDTH);
  const start = (index >= 0 && index < count ? index : '?'.charCodeAt(0) - FIRST) * 2 * LETTER_WIDTH;
  return Array.from({ length: LETTER_WIDTH }, (_, column) =>
    Number.parseInt(LETTERS.slice(start + 2 * column, start + 2 * column + 2), 16),
  );
}
