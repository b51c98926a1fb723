import type { CaseResult } from '../../suite.ts';

/** Cases of one group, which a chart folds up, or one case that belongs to none. */
export interface CaseGroup {
  readonly group: string | undefined;
  readonly cases: readonly CaseResult[];
}

/** Groups in the order in which they came; each case without a group by itself. */
export function inGroups(cases: readonly CaseResult[]): readonly CaseGroup[] {
  const groups = new Map<string, CaseResult[]>();
  const result: CaseGroup[] = [];
  for (const each of cases) {
    if (each.group === undefined) {
      result.push({ group: undefined, cases: [each] });
      continue;
    }
    const known = groups.get(each.group);
    if (known !== undefined) {
      known.push(each);
      continue;
    }
    const own = [each];
    groups.set(each.group, own);
    result.push({ group: each.group, cases: own });
  }
  return result;
}

export const percent = (part: number): string => `${(100 * part).toFixed(2)}%`;
