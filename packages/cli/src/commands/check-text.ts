import { shortNumber, table } from '../text.ts';
import type { Judgement } from './check-method.ts';
import type { ShapeScores } from './check-shapes.ts';

const fixed = (value: number): string => value.toFixed(3);
const percent = (value: number): string => `${(100 * value).toFixed(0)} %`;

/** What the columns of the table over shapes mean. */
function shapeMeanings({ maskShare, pictures, curves, steps }: ShapeScores): readonly string[] {
  const some = curves < pictures ? `, over the first ${curves} pictures` : '';
  return [
    `hits: the map's strongest pixel lies on the shape, which alone decides the class; ${percent(maskShare)} by chance`,
    `energy inside: the share of the map's positive values that lies on the shape; ${percent(maskShare)} by chance`,
    `deletion: area under the class probability while the strongest pixels become zero, in ${steps} steps${some}; low is good`,
    'insertion: the same while the strongest pixels come back into the blurred picture; high is good',
    '(noise) is a map of random numbers, (the true mask) the shape itself',
  ];
}

const HEAD = ['method', 'layer', 'hits', 'energy inside', 'deletion', 'insertion'];

function cells({ rows }: ShapeScores): readonly (readonly string[])[] {
  return rows.map((row) => [
    row.settings === '' ? row.name : `${row.name} (${row.settings})`,
    row.layer ?? '',
    percent(row.hits),
    percent(row.energyInside),
    fixed(row.deletionArea),
    fixed(row.insertionArea),
  ]);
}

export function shapesText(scores: ShapeScores): string {
  return [
    table([HEAD, ...cells(scores)], [2, 3, 4, 5]),
    '',
    ...shapeMeanings(scores).map((meaning) => `- ${meaning}`),
    '',
  ].join('\n');
}

export function shapesMarkdown(scores: ShapeScores): string {
  const line = (row: readonly string[]) => `| ${row.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [
    line(HEAD),
    line(['---', '---', '---:', '---:', '---:', '---:']),
    ...cells(scores).map(line),
    '',
    ...shapeMeanings(scores).map((meaning) => `- ${meaning}`),
    '',
  ].join('\n');
}

/** The judgements of one picture's maps, and what each number means. */
export function judgementsText(heading: string, judgements: readonly Judgement[]): string {
  const parameters = judgements[0]?.randomization.map(({ parameter }) => parameter) ?? [];
  const rows = judgements.map(({ name, settings, layer, completeness, curves }) => [
    settings === '' ? name : `${name} (${settings})`,
    layer ?? '',
    fixed(curves.deletionArea),
    fixed(curves.insertionArea),
    completeness === undefined ? '' : `${shortNumber(completeness.gap)} of ${shortNumber(completeness.wanted)}`,
  ]);
  const correlations = judgements.map(({ name, randomization }) => [
    name,
    ...randomization.map(({ correlation }) => (Number.isNaN(correlation) ? 'constant' : correlation.toFixed(2))),
  ]);
  const isAnyComplete = judgements.some(({ completeness }) => completeness !== undefined);
  const caveats = judgements.flatMap(({ name, caveat }) => (caveat === undefined ? [] : [`- ${name}: ${caveat}`]));
  return [
    heading,
    '',
    table([['method', 'layer', 'deletion', 'insertion', 'completeness gap'], ...rows], [2, 3, 4]),
    '',
    '- deletion: area under the class probability while the strongest pixels become zero; low is good',
    '- insertion: the same while the strongest pixels come back into the blurred picture; high is good',
    ...(isAnyComplete
      ? ['- completeness gap: what the parts add up to, less what the score changes by from the baseline; 0 is exact']
      : []),
    '',
    'Rank correlation with the map above while parameters become random, one layer after another from the top:',
    table(
      [['method', ...parameters], ...correlations],
      parameters.map((_, index) => index + 1),
    ),
    '',
    '- near 0 is good: the map needs what the network has learned; near 1: the map would look the same untrained',
    ...(caveats.length === 0 ? [] : ['', ...caveats]),
    '',
  ].join('\n');
}
