import { readFile, stat } from 'node:fs/promises';
import { ModelFormatError } from '@convscope/formats';
import { errorCode } from './file-errors.ts';

/** The largest file that is read: 1 GiB. */
export const MOST_BYTES = 2 ** 30;

/** The bytes of a file that the user named. Throws ModelFormatError where it cannot be read. */
export async function readUserFile(path: string, signal: AbortSignal): Promise<Uint8Array> {
  try {
    const entry = await stat(path);
    if (!entry.isFile()) {
      throw new ModelFormatError(path, 'not a file', { got: entry.isDirectory() ? 'a folder' : 'a device or pipe' });
    }
    if (entry.size > MOST_BYTES) {
      throw new ModelFormatError(path, 'the file is too large', {
        got: `${entry.size} bytes`,
        wanted: `at most ${MOST_BYTES}`,
      });
    }
    return new Uint8Array(await readFile(path, { signal }));
  } catch (thrown) {
    if (thrown instanceof ModelFormatError || signal.aborted) throw thrown;
    throw new ModelFormatError(path, readingProblem(errorCode(thrown)), {}, { cause: thrown });
  }
}

function readingProblem(code: string): string {
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return 'there is no such file';
    case 'EACCES':
    case 'EPERM':
      return 'no permission to read the file';
    default:
      return `the file cannot be read (${code})`;
  }
}
