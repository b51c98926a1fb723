import { fileKind } from './file-kind.ts';

/** What of several files that came together is for what. */
export interface SortedFiles {
  readonly model?: File;
  /** Files of weights that the model's file may name: everything else, where there is a model. */
  readonly beside: readonly File[];
  readonly labels?: File;
  readonly picture?: File;
}

/** Sorts files that were dropped or chosen together. The first of each kind counts. */
export function sortFiles(files: Iterable<File>): SortedFiles {
  const all = [...files];
  const first = (kind: string): File | undefined => all.find(({ name }) => fileKind(name) === kind);
  const model = first('model');
  const labels = first('labels');
  const picture = all.find(({ name, type }) => fileKind(name) === 'picture' && !isWeights(name, type));
  const beside = model === undefined ? [] : all.filter((file) => file !== model && file !== labels && file !== picture);
  return {
    beside,
    ...(model === undefined ? {} : { model }),
    ...(labels === undefined ? {} : { labels }),
    ...(picture === undefined ? {} : { picture }),
  };
}

/** What exporters call files of weights; pictures have a type that the browser knows. */
function isWeights(name: string, type: string): boolean {
  return /\.(data|bin|weights?|pb|onnx_data|raw)$/i.test(name) || (type !== '' && !type.startsWith('image/'));
}

/** What tells files apart: a File's name and, of files in a dropped folder, the path in it. */
type NamedFile = Pick<File, 'name' | 'webkitRelativePath'>;

/**
 * The file that a model means by a location in its own folder. A location with folders fits a file of that path, or,
 * where the browser does not tell paths, of that name. Two files that fit are no answer: weights must not be guessed.
 */
export function fileAt<F extends NamedFile>(location: string, beside: readonly F[]): F | undefined {
  const parts = location.split('/').filter((part) => part !== '' && part !== '.');
  const wanted = parts.join('/');
  const name = parts.at(-1);
  if (name === undefined || parts.includes('..')) return undefined;
  const fitting = beside.filter((file) => {
    const path = file.webkitRelativePath;
    return path === '' ? file.name === name : path === wanted || path.endsWith(`/${wanted}`);
  });
  return fitting.length === 1 ? fitting[0] : undefined;
}
