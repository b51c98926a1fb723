/**
 * Colours of the ops that take longest, then one for all others: Okabe and Ito's, which people with colour-blindness can
 * tell apart.
 */
export const OP_COLORS = [
  [0, 114, 178],
  [230, 159, 0],
  [0, 158, 115],
  [204, 121, 167],
  [86, 180, 233],
  [213, 94, 0],
] as const;

export const OTHER_COLOR = [150, 158, 166] as const;

export function colorOf(rank: number): readonly [number, number, number] {
  return OP_COLORS[rank] ?? OTHER_COLOR;
}
