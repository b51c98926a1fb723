import { ConvscopeError } from './errors.ts';

/** What an attribute of a node may hold: plain data, so that graphs can be written to files. */
export type AttributeValue = number | string | boolean | readonly number[];
export type Attributes = Readonly<Record<string, AttributeValue>>;

/** One attribute of an op: how a value is checked, in words and in code, and its default (required if undefined). */
export interface AttributeField<T extends AttributeValue> {
  readonly wanted: string;
  readonly fallback: T | undefined;
  readonly accepts: (value: AttributeValue) => value is T;
}

export type AttributeSchema = Readonly<Record<string, AttributeField<AttributeValue>>>;

/** The typed attributes that a schema describes. */
export type AttributesOf<S> = {
  readonly [K in keyof S]: S[K] extends AttributeField<infer T> ? T : never;
};

interface IntegerRange {
  readonly min?: number;
  readonly max?: number;
}

/** An integer in [min, max]. */
export function integer(
  { min = -(2 ** 31), max = 2 ** 31 - 1 }: IntegerRange,
  fallback?: number,
): AttributeField<number> {
  return {
    wanted: `an integer from ${min} to ${max}`,
    fallback,
    accepts: (value): value is number => isIntegerIn(value, min, max),
  };
}

/** A finite number in [min, max]. */
export function number({ min = -Infinity, max = Infinity }: IntegerRange, fallback?: number): AttributeField<number> {
  return {
    wanted: `a number from ${min} to ${max}`,
    fallback,
    accepts: (value): value is number =>
      typeof value === 'number' && Number.isFinite(value) && value >= min && value <= max,
  };
}

export function boolean(fallback?: boolean): AttributeField<boolean> {
  return {
    wanted: 'true or false',
    fallback,
    accepts: (value): value is boolean => typeof value === 'boolean',
  };
}

/** A list of integers in [min, max]; of exactly `length` where it is given. */
export function integers(
  { length, min = -(2 ** 31), max = 2 ** 31 - 1 }: IntegerRange & { readonly length?: number },
  fallback?: readonly number[],
): AttributeField<readonly number[]> {
  return {
    wanted: `${length ?? 'a list of'} integers from ${min} to ${max}`,
    fallback,
    accepts: (value): value is readonly number[] =>
      Array.isArray(value) &&
      (length === undefined || value.length === length) &&
      value.every((item) => isIntegerIn(item, min, max)),
  };
}

/** A list of finite numbers in [min, max]; of exactly `length` where it is given. */
export function numbers(
  { length, min = -Infinity, max = Infinity }: IntegerRange & { readonly length?: number },
  fallback?: readonly number[],
): AttributeField<readonly number[]> {
  return {
    wanted: `${length ?? 'a list of'} numbers from ${min} to ${max}`,
    fallback,
    accepts: (value): value is readonly number[] =>
      Array.isArray(value) &&
      (length === undefined || value.length === length) &&
      value.every((item) => Number.isFinite(item) && item >= min && item <= max),
  };
}

/** One of a few words. */
export function oneOf<const T extends string>(words: readonly T[], fallback?: T): AttributeField<T> {
  return {
    wanted: `one of ${words.join(', ')}`,
    fallback,
    accepts: (value): value is T => words.some((word) => word === value),
  };
}

/** Checks given attributes and completes them with defaults. Throws `invalid-attribute`, naming node and attribute. */
export function completeAttributes(schema: AttributeSchema, given: Attributes, node: string): Attributes {
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(schema, name)) {
      throw new ConvscopeError('invalid-attribute', 'the op has no such attribute', {
        node,
        got: name,
        wanted: Object.keys(schema).join(', ') || 'no attributes',
      });
    }
  }
  const complete: Record<string, AttributeValue> = {};
  for (const [name, field] of Object.entries(schema)) {
    const value = Object.hasOwn(given, name) ? given[name] : field.fallback;
    if (value === undefined || !field.accepts(value)) {
      throw new ConvscopeError('invalid-attribute', `attribute ${name} is not valid`, {
        node,
        got: value === undefined ? 'nothing' : JSON.stringify(value),
        wanted: field.wanted,
      });
    }
    complete[name] = value;
  }
  return complete;
}

function isIntegerIn(value: unknown, min: number, max: number): value is number {
  return Number.isInteger(value) && (value as number) >= min && (value as number) <= max;
}
