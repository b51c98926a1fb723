import { ConvscopeError } from '@convscope/gpu-engine/graph';

/** The fields of an object that nobody has checked yet; its methods throw `invalid-parameter`, naming the field. */
export class Fields {
  readonly #place: string;
  readonly #fields: ReadonlyMap<string, unknown>;

  constructor(value: unknown, place: string, known: readonly string[]) {
    this.#place = place;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new ConvscopeError('invalid-parameter', `${place} is not an object`, { wanted: known.join(', ') });
    }
    this.#fields = value instanceof Map ? (value as Map<string, unknown>) : new Map(Object.entries(value));
    const unknown = [...this.#fields.keys()].find((name) => !known.includes(name));
    if (unknown !== undefined) {
      throw new ConvscopeError('invalid-parameter', `${place} has an unknown field`, {
        got: JSON.stringify(unknown.slice(0, 40)),
        wanted: known.join(', '),
      });
    }
  }

  get(name: string): unknown {
    return this.#fields.get(name);
  }

  number(name: string, least: number, most: number): number {
    const value = this.get(name);
    if (typeof value === 'number' && value >= least && value <= most) return value;
    throw this.wrong(name, `a number from ${least} to ${most}`);
  }

  integer(name: string, least: number, most: number): number {
    const value = this.get(name);
    if (Number.isInteger(value) && (value as number) >= least && (value as number) <= most) return value as number;
    throw this.wrong(name, `a whole number from ${least} to ${most}`);
  }

  oneOf<const Word extends string>(name: string, words: readonly Word[]): Word {
    const found = words.find((word) => word === this.get(name));
    if (found === undefined) throw this.wrong(name, words.join(', '));
    return found;
  }

  text(name: string): string {
    const value = this.get(name);
    if (typeof value === 'string' && value.length <= 1000) return value;
    throw this.wrong(name, 'text of at most 1000 characters');
  }

  list(name: string): readonly unknown[] {
    const value = this.get(name);
    if (Array.isArray(value)) return value;
    throw this.wrong(name, 'a list');
  }

  /** Fit to be a file name. */
  name(name: string): string {
    const value = this.get(name);
    if (typeof value === 'string' && /^[a-z0-9][a-z0-9._-]{0,63}$/i.test(value)) return value;
    throw this.wrong(name, 'letters, digits, ".", "_" and "-", 64 at most');
  }

  wrong(name: string, wanted: string): ConvscopeError {
    const value = this.get(name);
    const got = value === undefined ? 'nothing' : (JSON.stringify(value) ?? typeof value).slice(0, 80);
    return new ConvscopeError('invalid-parameter', `${this.#place}.${name} is not usable`, { got, wanted });
  }
}
