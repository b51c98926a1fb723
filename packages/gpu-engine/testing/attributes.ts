import type { Attributes } from '../src/graph/attributes.ts';

export function numberAttribute(attributes: Attributes, name: string): number {
  const value = attributes[name];
  if (typeof value !== 'number') throw new TypeError(`attribute ${name} must be a number`);
  return value;
}

export function flagAttribute(attributes: Attributes, name: string): boolean {
  const value = attributes[name];
  if (typeof value !== 'boolean') throw new TypeError(`attribute ${name} must be a boolean`);
  return value;
}

export function textAttribute(attributes: Attributes, name: string): string {
  const value = attributes[name];
  if (typeof value !== 'string') throw new TypeError(`attribute ${name} must be a string`);
  return value;
}

export function listAttribute(attributes: Attributes, name: string): readonly number[] {
  const value = attributes[name];
  if (typeof value !== 'object') throw new TypeError(`attribute ${name} must be a list of numbers`);
  return value;
}

/** Two numbers, vertical then horizontal. */
export function pairAttribute(attributes: Attributes, name: string): [number, number] {
  const [vertical, horizontal] = listAttribute(attributes, name);
  if (vertical === undefined || horizontal === undefined) throw new TypeError(`attribute ${name} must be two numbers`);
  return [vertical, horizontal];
}
