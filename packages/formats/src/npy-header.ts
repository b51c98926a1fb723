import { ModelFormatError } from './errors.ts';

/** What the dictionary at the head of a .npy file says. */
export interface NpyHeader {
  readonly descr: string;
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
}

type Literal = string | number | boolean | readonly Literal[];

/**
 * Reads the header's Python dictionary literal. Only what NumPy writes is accepted: strings, True / False, whole numbers
 * and tuples or lists of them; nothing is evaluated. Each of the three keys must be there once.
 */
export function parseNpyHeader(text: string, fileName: string): NpyHeader {
  const entries = parseDictionary(text, fileName);
  for (const key of entries.keys()) {
    if (!['descr', 'fortran_order', 'shape'].includes(key)) {
      throw new ModelFormatError(fileName, 'unknown key in the .npy header', {
        got: key,
        wanted: 'descr, fortran_order, shape',
      });
    }
  }
  const descr = entries.get('descr');
  const fortranOrder = entries.get('fortran_order');
  const shape = entries.get('shape');
  if (typeof descr !== 'string') {
    const got = descr === undefined ? 'none' : 'a structured type';
    throw new ModelFormatError(fileName, 'not a plain numeric array', {
      field: 'descr',
      got,
      wanted: "a type such as '<f4'",
    });
  }
  if (typeof fortranOrder !== 'boolean') {
    throw new ModelFormatError(fileName, 'missing or wrong', { field: 'fortran_order', wanted: 'True or False' });
  }
  if (!Array.isArray(shape) || !shape.every((size): size is number => typeof size === 'number')) {
    throw new ModelFormatError(fileName, 'missing or wrong', { field: 'shape', wanted: 'a tuple of whole numbers' });
  }
  return { descr, fortranOrder, shape };
}

function parseDictionary(text: string, fileName: string): Map<string, Literal> {
  const tokens = /\s*(?:'([^'\\]*)'|"([^"\\]*)"|(\d{1,16})L?(?![\w.])|(True|False)\b|([{}()[\],:]))/y;
  const fail = (): never => {
    throw new ModelFormatError(fileName, 'the .npy header is not the dictionary that NumPy writes', {
      got: text.slice(0, 80),
    });
  };
  let token: RegExpExecArray | null = null;
  const advance = (): void => {
    if (token !== null && tokens.lastIndex === 0) fail();
    token = tokens.exec(text);
    if (token === null) fail();
  };
  const isMark = (mark: string): boolean => token?.[5] === mark;
  const value = (depth: number): Literal => {
    if (token === null || depth > 4) return fail();
    const [, single, double, digits, truth, mark] = token;
    const simple =
      single ?? double ?? (digits !== undefined ? Number(digits) : truth !== undefined ? truth === 'True' : undefined);
    if (simple !== undefined) {
      advance();
      return simple;
    }
    const closing = mark === '(' ? ')' : mark === '[' ? ']' : fail();
    advance();
    const items: Literal[] = [];
    while (!isMark(closing)) {
      items.push(value(depth + 1));
      if (isMark(',')) advance();
      else if (!isMark(closing)) fail();
    }
    advance();
    return items;
  };

  const entries = new Map<string, Literal>();
  advance();
  if (!isMark('{')) fail();
  advance();
  while (!isMark('}')) {
    const key = value(0);
    if (typeof key !== 'string' || !isMark(':') || entries.has(key)) return fail();
    advance();
    entries.set(key, value(0));
    if (isMark(',')) advance();
    else if (!isMark('}')) fail();
  }
  if (text.slice(tokens.lastIndex).trim() !== '') fail();
  return entries;
}
