import type { NodeAttributes } from './node-attributes.ts';

/** The lengths that Split cuts a dimension into: those given, or equal ones of which the last may be shorter. */
export function splitSizes(
  attributes: NodeAttributes,
  size: number,
  given: readonly number[] | undefined,
): readonly number[] {
  const parts = attributes.node.output.length;
  if (given === undefined) {
    const count = attributes.integer('num_outputs', parts);
    if (!(count >= 1) || count !== parts) attributes.fail('not one output a part', parts, count);
    const length = Math.ceil(size / count);
    return Array.from({ length: count }, (_, index) => Math.max(0, Math.min(length, size - index * length)));
  }
  const total = given.reduce((sum, length) => sum + length, 0);
  if (given.length !== parts || total !== size || given.some((length) => length < 0)) {
    attributes.fail('the parts do not make up the dimension', given.join(', '), `${parts} parts of ${size} in all`);
  }
  return given;
}
