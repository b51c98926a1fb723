import { ModelFormatError, reasonOf } from './errors.ts';

/** JSON with objects as maps, so that no name from a file becomes a property of an object. */
export type StrictJson = null | boolean | number | string | readonly StrictJson[] | ReadonlyMap<string, StrictJson>;

/** What to say in errors, and how deep a document may nest (64 levels unless told). */
export interface StrictJsonOptions {
  readonly file: string;
  readonly field: string;
  readonly deepest?: number;
}

/** Reads JSON (RFC 8259). Unlike JSON.parse it refuses an object with the same key twice. Throws ModelFormatError. */
export function parseStrictJson(text: string, options: StrictJsonOptions): StrictJson {
  return new StrictJsonReader(text, options).document();
}

class StrictJsonReader {
  private position = 0;
  private readonly text: string;
  private readonly options: StrictJsonOptions;

  constructor(text: string, options: StrictJsonOptions) {
    this.text = text;
    this.options = options;
  }

  document(): StrictJson {
    const value = this.value(0);
    this.skipSpace();
    if (this.position !== this.text.length) this.fail('something follows the JSON document');
    return value;
  }

  private value(depth: number): StrictJson {
    const { deepest = 64 } = this.options;
    if (depth > deepest) this.fail(`nested deeper than ${deepest} levels`);
    this.skipSpace();
    switch (this.text[this.position]) {
      case '{':
        return this.object(depth);
      case '[':
        return this.array(depth);
      case '"':
        return this.string();
      default:
        return this.scalar();
    }
  }

  private object(depth: number): ReadonlyMap<string, StrictJson> {
    const entries = new Map<string, StrictJson>();
    this.position++;
    this.skipSpace();
    if (this.take('}')) return entries;
    for (;;) {
      this.skipSpace();
      if (this.text[this.position] !== '"') this.fail('a key was expected');
      const key = this.string();
      if (entries.has(key)) this.fail(`the key "${key.slice(0, 80)}" appears twice`);
      this.skipSpace();
      if (!this.take(':')) this.fail('":" was expected');
      entries.set(key, this.value(depth + 1));
      this.skipSpace();
      if (this.take('}')) return entries;
      if (!this.take(',')) this.fail('"," or "}" was expected');
    }
  }

  private array(depth: number): readonly StrictJson[] {
    const items: StrictJson[] = [];
    this.position++;
    this.skipSpace();
    if (this.take(']')) return items;
    for (;;) {
      items.push(this.value(depth + 1));
      this.skipSpace();
      if (this.take(']')) return items;
      if (!this.take(',')) this.fail('"," or "]" was expected');
    }
  }

  private string(): string {
    const start = this.position;
    let end = start + 1;
    while (end < this.text.length && this.text[end] !== '"') end += this.text[end] === '\\' ? 2 : 1;
    if (end >= this.text.length) this.fail('a string does not end');
    this.position = end + 1;
    try {
      return JSON.parse(this.text.slice(start, end + 1)) as string;
    } catch (thrown) {
      return this.fail(reasonOf(thrown));
    }
  }

  private scalar(): null | boolean | number {
    const pattern = /(?:null|true|false|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?=[\s,\]}]|$)/y;
    pattern.lastIndex = this.position;
    const word = pattern.exec(this.text)?.[0];
    if (word === undefined) return this.fail('not JSON');
    this.position += word.length;
    return JSON.parse(word) as null | boolean | number;
  }

  private skipSpace(): void {
    while (' \n\r\t'.includes(this.text[this.position] ?? 'x')) this.position++;
  }

  private take(mark: string): boolean {
    if (this.text[this.position] !== mark) return false;
    this.position++;
    return true;
  }

  private fail(reason: string): never {
    const { file, field } = this.options;
    throw new ModelFormatError(file, `${reason}, at character ${this.position}`, { field });
  }
}
