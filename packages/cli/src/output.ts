import { access, constants, mkdir, realpath, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { ConvscopeError, throwIfCancelled } from '@convscope/gpu-engine/graph';
import { invalid } from './arguments.ts';
import { errorCode, isMissing } from './file-errors.ts';

/**
 * Checks, before any work is done, that a file can be written here: the kind, the folder, what stands there now.
 * Throws `invalid-parameter`, naming the flag.
 *
 * @returns the path behind links, which `writeFiles` takes.
 */
export async function checkedOutputFile(flag: string, path: string, kinds: readonly string[]): Promise<string> {
  if (!kinds.includes(extname(path).toLowerCase())) {
    throw invalid(flag, 'the file is of another kind', {
      got: path,
      wanted: `a name that ends in ${kinds.join(' or ')}`,
    });
  }
  const target = await realpath(path).catch(() => resolve(path));
  await checkFolder(flag, dirname(target));
  const present = await stat(target).catch(() => undefined);
  if (present !== undefined && !present.isFile()) {
    throw invalid(flag, 'what stands there is not a file', { got: path });
  }
  return target;
}

/** Checks that a folder is there, or can be made. Throws `invalid-parameter`, naming the flag. */
export async function checkedOutputFolder(flag: string, path: string): Promise<string> {
  const folder = resolve(path);
  let present = folder;
  while (!(await exists(present))) present = dirname(present);
  await checkFolder(flag, present);
  return folder;
}

/**
 * Writes all files or none: each beside its target under another name first. An interruption or a failure leaves what
 * stood there before. Makes the folder named in `folder` where it is missing.
 */
export async function writeFiles(
  files: ReadonlyMap<string, Uint8Array>,
  signal: AbortSignal,
  folder?: string,
): Promise<void> {
  const partial = new Map([...files.keys()].map((path) => [path, partialPath(path)]));
  // The topmost of the folders that were made, if any.
  const made = folder === undefined ? undefined : await mkdir(folder, { recursive: true });
  try {
    for (const [path, bytes] of files) {
      throwIfCancelled(signal);
      await writeFile(partial.get(path) as string, bytes, { flag: 'wx' });
    }
    throwIfCancelled(signal);
    for (const [path, temporary] of partial) await rename(temporary, path);
  } catch (thrown) {
    for (const temporary of partial.values()) await rm(temporary, { force: true });
    if (made !== undefined && folder !== undefined) await removeEmptyFolders(folder, made);
    if (thrown instanceof ConvscopeError) throw thrown;
    throw invalid([...files.keys()].join(', '), `cannot be written (${errorCode(thrown)})`);
  }
}

function partialPath(path: string): string {
  return join(dirname(path), `.${basename(path)}.${process.pid}.partial`);
}

async function removeEmptyFolders(folder: string, topmost: string): Promise<void> {
  for (let path = folder; path.startsWith(topmost); path = dirname(path)) {
    await rmdir(path).catch(() => undefined);
    if (path === topmost) return;
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (thrown) {
    return !isMissing(thrown);
  }
}

async function checkFolder(flag: string, folder: string): Promise<void> {
  try {
    if (!(await stat(folder)).isDirectory()) throw invalid(flag, 'not a folder', { got: folder });
    await access(folder, constants.W_OK);
  } catch (thrown) {
    const code = errorCode(thrown);
    if (isMissing(thrown)) throw invalid(flag, 'the folder does not exist', { got: folder });
    if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
      throw invalid(flag, 'no permission to write into the folder', { got: folder });
    }
    throw thrown;
  }
}
