import type { Explanation, Method } from '@convscope/xai';

/** Whether an explanation is maps to be coloured rather than pictures in the input's space. */
export function isMap(explanation: Explanation): boolean {
  return !makesPictures(explanation);
}

export function makesPictures(what: Explanation | Method): boolean {
  return 'kind' in what && what.kind === 'picture';
}
