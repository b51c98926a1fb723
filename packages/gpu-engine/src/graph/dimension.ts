import { ConvscopeError } from './errors.ts';

/**
 * One size of a shape: a number, or an expression over symbols such as `N`, `H` or `floor((H - 1) / 2) + 1`.
 * Expressions are for people and for equality only: `specialize` infers every shape again from the bound inputs.
 */
export type Dimension = number | string;

/** Constants are folded, so that `H + 1 - 1` is `H`: what a stride-1 convolution with padding gives. */
export function addDimensions(a: Dimension, b: Dimension): Dimension {
  if (typeof a === 'number' && typeof b === 'number') return a + b;
  const [x, y] = [splitConstant(a), splitConstant(b)];
  const terms = [x.terms, y.terms].filter((text) => text !== '').join(' + ');
  const constant = x.constant + y.constant;
  if (constant === 0) return terms;
  return constant < 0 ? `${terms} - ${-constant}` : `${terms} + ${constant}`;
}

/** Whether two sizes are equal as far as is known: symbols may stand for any number until they are bound. */
export function mayEqual(a: Dimension | undefined, b: Dimension | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  return a === b || typeof a === 'string' || typeof b === 'string';
}

export function multiplyDimensions(a: Dimension, b: Dimension): Dimension {
  if (typeof a === 'number' && typeof b === 'number') return a * b;
  if (a === 1) return b;
  if (b === 1) return a;
  return `${factor(a)} * ${factor(b)}`;
}

/** floor(a / b), or ceil(a / b) where `ceil` is set. */
export function divideDimension(a: Dimension, b: number, ceil = false): Dimension {
  if (typeof a === 'number') return ceil ? Math.ceil(a / b) : Math.floor(a / b);
  if (b === 1) return a;
  return `${ceil ? 'ceil' : 'floor'}(${factor(a)} / ${b})`;
}

/** The product of the dimensions; 1 for none. */
export function productOfDimensions(dimensions: readonly Dimension[]): Dimension {
  return dimensions.reduce<Dimension>(multiplyDimensions, 1);
}

/** The shape as numbers. Throws `invalid-shape` where a symbol is not bound yet. */
export function concreteShape(shape: readonly Dimension[], name: string): readonly number[] {
  return shape.map((size) => {
    if (typeof size === 'number') return size;
    throw new ConvscopeError('invalid-shape', 'the shape has an unbound symbol; call specialize first', {
      node: name,
      got: shape.join('x'),
      wanted: 'numbers',
    });
  });
}

function factor(dimension: Dimension): string {
  const text = String(dimension);
  return text.includes(' ') && !/^(floor|ceil)\([^()]*\)$/.test(text) ? `(${text})` : text;
}

/** An expression as its terms and the constant at its end. */
function splitConstant(dimension: Dimension): { readonly terms: string; readonly constant: number } {
  if (typeof dimension === 'number') return { terms: '', constant: dimension };
  const match = /^(.+) ([+-]) (\d+)$/.exec(dimension);
  if (match === null) return { terms: dimension, constant: 0 };
  const [, terms = '', sign, digits] = match;
  return { terms, constant: sign === '-' ? -Number(digits) : Number(digits) };
}
