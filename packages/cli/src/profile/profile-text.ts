import { shortNumber, table } from '../text.ts';
import { headingOf, methodText, rateOf, slowest, type ProfileContent } from './profile-content.ts';

/** The nodes that take longest, and each op's share, for terminals. */
export function profileText(content: ProfileContent, count: number): string {
  const { rows, ops, profile } = content;
  const shown = slowest(rows, count);
  const nodes = shown.map((row) => {
    const rate = rateOf(row);
    const numbers = [milliseconds(row.milliseconds), percent(row.share), rate === undefined ? '' : shortNumber(rate)];
    return [...numbers, row.node, row.op, row.shape, row.kernels.join(', ')];
  });
  const left = rows.length - shown.length;
  const rest = shown.reduce((time, row) => time - row.milliseconds, profile.milliseconds);
  return [
    headingOf(content),
    methodText(content),
    '',
    table([['ms', 'share', 'GFLOP/s', 'node', 'op', 'shape', 'kernels'], ...nodes], [0, 1, 2]),
    ...(left > 0 ? [`${left} further nodes: ${milliseconds(rest)} ms`] : []),
    '',
    table(
      [
        ['ms', 'share', 'op', 'nodes'],
        ...ops.map(({ op, count, milliseconds: time, share }) => [
          milliseconds(time),
          percent(share),
          op,
          String(count),
        ]),
      ],
      [0, 1, 3],
    ),
    '',
    `${milliseconds(profile.milliseconds)} ms in ${rows.length} nodes`,
    '',
  ].join('\n');
}

/** Comparable at a glance: the same places after the point. */
export const milliseconds = (value: number): string => value.toFixed(3);

export const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
