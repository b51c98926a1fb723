import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { invalid } from './arguments.ts';
import { errorCode, isMissing } from './file-errors.ts';

/** Where a training keeps its checkpoints, below its `--out` folder. */
export const CHECKPOINT_FOLDER = 'checkpoints';

const DIGITS = 9;

/** A checkpoint on the disk. */
export interface CheckpointFile {
  readonly step: number;
  readonly path: string;
}

/** The name under which a step's checkpoint is kept; the names sort by step. */
export function checkpointName(step: number): string {
  return `step-${String(step).padStart(DIGITS, '0')}.safetensors`;
}

/** All whole checkpoints of a run's folder, by step. Throws `invalid-parameter` where there is no such folder. */
export async function checkpointsIn(flag: string, folder: string): Promise<readonly CheckpointFile[]> {
  for (const candidate of [join(folder, CHECKPOINT_FOLDER), folder]) {
    const names = await readdir(candidate).catch((thrown: unknown) => {
      if (isMissing(thrown)) return [];
      throw invalid(flag, `the folder cannot be read (${errorCode(thrown)})`, { got: folder });
    });
    const found = names.flatMap((name) => {
      const [, step] = /^step-(\d{9,15})\.safetensors$/.exec(name) ?? [];
      return step === undefined ? [] : [{ step: Number(step), path: join(candidate, name) }];
    });
    if (found.length > 0) return found.sort((a, b) => a.step - b.step);
  }
  throw invalid(flag, 'the folder holds no checkpoints', {
    got: folder,
    wanted: 'the --out folder of a training with --checkpoints',
  });
}

/**
 * Writes a file so that at any moment, also after a power cut, either the whole new or the whole old one stands under
 * its name: beside it first, flushed to the disk, renamed, and the folder flushed too. When the promise resolves the
 * file is safe. Throws `invalid-parameter` where the disk is full or refuses; what stood there then still does.
 */
export async function writeSafely(path: string, bytes: Uint8Array): Promise<void> {
  const folder = dirname(path);
  const partial = join(folder, `.${basename(path)}.${process.pid}.partial`);
  try {
    await mkdir(folder, { recursive: true });
    const file = await open(partial, 'w');
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(partial, path);
    await flushFolder(folder);
  } catch (thrown) {
    await rm(partial, { force: true }).catch(() => undefined);
    throw invalid(path, `cannot be written (${errorCode(thrown)}); earlier checkpoints are untouched`);
  }
}

/** Removes what writers that were killed have left beside the checkpoints. */
export async function removeLeftovers(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const [, pid] = /^\.step-\d+\.safetensors\.(\d+)\.partial$/.exec(name) ?? [];
    if (pid !== undefined && !isRunning(Number(pid))) await rm(join(folder, name), { force: true });
  }
}

/** Some systems cannot open folders; their renames are as safe as they make them. */
async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  try {
    await handle?.sync().catch(() => undefined);
  } finally {
    await handle?.close();
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return errorCode(thrown) === 'EPERM';
  }
}
