import { methods, type Method } from '@convscope/xai';
import type { ViewName } from '../state/lab-state.ts';
import { makesPictures } from './kind.ts';

/** The view that a method belongs to: maps to the wall, pictures to the view of what they are made for. */
function viewOf(method: Method): ViewName {
  if (!makesPictures(method)) return 'attribution';
  if (/dream/.test(method.name)) return 'dream';
  return /reconstruct|inver/.test(method.name) ? 'reconstruction' : 'visualization';
}

export function methodsOf(view: ViewName): readonly Method[] {
  return Object.values<Method>(methods).filter((method) => viewOf(method) === view);
}
