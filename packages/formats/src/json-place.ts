import { ModelFormatError } from './errors.ts';
import { parseStrictJson, type StrictJson } from './strict-json.ts';

/** A place in a JSON document from a file. What is not as asked throws ModelFormatError with the place's path. */
export class JsonPlace {
  readonly value: StrictJson | undefined;
  readonly file: string;
  readonly path: string;

  constructor(value: StrictJson | undefined, file: string, path: string) {
    this.value = value;
    this.file = file;
    this.path = path;
  }

  /** The top of a document that is given as text. */
  static parse(text: string, file: string, field: string): JsonPlace {
    return new JsonPlace(parseStrictJson(text, { file, field, deepest: 8 }), file, field);
  }

  /** The places under these keys of an object, which must not have others. */
  fields<const Key extends string>(...keys: readonly Key[]): Readonly<Record<Key, JsonPlace>> {
    const entries = this.entries();
    for (const key of entries.keys()) {
      if (!keys.some((known) => known === key)) this.fail('unknown key', key, keys.join(', '));
    }
    const places = keys.map((key) => [key, entries.get(key) ?? this.#below(undefined, `.${key}`)] as const);
    return Object.fromEntries(places) as unknown as Readonly<Record<Key, JsonPlace>>;
  }

  /** The entries of an object with any keys. */
  entries(): ReadonlyMap<string, JsonPlace> {
    if (!(this.value instanceof Map)) return this.#mistyped('an object');
    const entries = this.value as ReadonlyMap<string, StrictJson>;
    return new Map([...entries].map(([key, value]) => [key, this.#below(value, `.${key.slice(0, 40)}`)]));
  }

  /** The items of a list, `most` at most. */
  items(most: number): readonly JsonPlace[] {
    if (!Array.isArray(this.value)) return this.#mistyped('a list');
    const { length } = this.value;
    if (length > most) return this.fail('the list is too long', `${length} items`, `at most ${most}`);
    return (this.value as readonly StrictJson[]).map((item, index) => this.#below(item, `[${index}]`));
  }

  text(longest: number): string {
    if (typeof this.value !== 'string') return this.#mistyped('text');
    if (this.value.length <= longest) return this.value;
    return this.fail('the text is too long', `${this.value.length} characters`, `at most ${longest}`);
  }

  integer(least: number, most: number): number {
    const { value } = this;
    if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
    return this.#mistyped(`a whole number from ${least} to ${most}`);
  }

  boolean(): boolean {
    return typeof this.value === 'boolean' ? this.value : this.#mistyped('true or false');
  }

  oneOf<const Word extends string>(...words: readonly Word[]): Word {
    return words.find((word) => word === this.value) ?? this.#mistyped(words.join(', '));
  }

  fail(message: string, got?: string, wanted?: string): never {
    throw new ModelFormatError(this.file, message, {
      field: this.path,
      ...(got === undefined ? {} : { got }),
      ...(wanted === undefined ? {} : { wanted }),
    });
  }

  #below(value: StrictJson | undefined, step: string): JsonPlace {
    return new JsonPlace(value, this.file, this.path + step);
  }

  #mistyped(wanted: string): never {
    return this.fail('not usable', describe(this.value), wanted);
  }
}

function describe(value: StrictJson | undefined): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (value instanceof Map) return 'an object';
  return JSON.stringify(value).slice(0, 80);
}
