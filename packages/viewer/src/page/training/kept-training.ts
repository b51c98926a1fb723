import type { Model } from '@convscope/formats';
import {
  readSnapshots,
  readTrainingCheckpoint,
  writeSnapshots,
  type ParameterSnapshot,
  type TrainingCheckpoint,
} from '@convscope/zoo';
import type { CheckpointStore } from './checkpoint-store.ts';
import type { FolderFile } from './dropped-files.ts';
import type { RunStart } from './training-run.ts';

/** The key of the checkpoint that a training goes on from. */
export const LATEST = 'latest';

/** A training that was left, as the store has it. */
export interface KeptTraining {
  readonly checkpoint: TrainingCheckpoint;
  /** By step. */
  readonly snapshots: readonly ParameterSnapshot[];
}

/** Keeps parameters for display, in half precision. Throws `invalid-file` where there is no room. */
export async function keepSnapshot(store: CheckpointStore, snapshot: ParameterSnapshot): Promise<void> {
  const bytes = writeSnapshots({ snapshots: [snapshot], report: { losses: [], evaluations: [] } });
  await store.write(`step-${String(snapshot.step).padStart(9, '0')}`, bytes);
}

/** The training that was kept last; undefined where there is none that is whole. */
async function keptTraining(store: CheckpointStore): Promise<KeptTraining | undefined> {
  const bytes = await store.read(LATEST);
  if (bytes === undefined) return undefined;
  try {
    const checkpoint = readTrainingCheckpoint(bytes, 'the kept training');
    return { checkpoint, snapshots: await snapshotsIn(store, checkpoint.model) };
  } catch {
    // Of another version of this page: there is nothing to go on from.
    return undefined;
  }
}

/** A training that was left before its end. */
export async function unfinishedTraining(store: CheckpointStore): Promise<KeptTraining | undefined> {
  const kept = await keptTraining(store);
  if (kept === undefined) return undefined;
  const { recipe, evaluations } = kept.checkpoint.training;
  return evaluations.length === recipe.epochs ? undefined : kept;
}

async function snapshotsIn(store: CheckpointStore, model: Model): Promise<readonly ParameterSnapshot[]> {
  const snapshots: ParameterSnapshot[] = [];
  for (const key of await store.keys()) {
    const bytes = key.startsWith('step-') ? await store.read(key) : undefined;
    if (bytes === undefined) continue;
    try {
      snapshots.push(...readSnapshots(bytes, model, key).snapshots);
    } catch {
      // A snapshot of another network was left behind; the rest still tells the story.
    }
  }
  return snapshots.sort((a, b) => a.step - b.step);
}

/** How a kept training goes on; undefined where it was on pictures of the user's, who has to choose them again. */
export function goingOn({ checkpoint, snapshots }: KeptTraining, files: readonly FolderFile[]): RunStart | undefined {
  const { recipe } = checkpoint.training;
  const { trainingCount, validationCount } = recipe;
  const kind = kindOfData({ checkpoint });
  const start = { recipe, resume: checkpoint, snapshots };
  if (kind === 'digits' || kind === 'shapes') return { ...start, data: { kind, trainingCount, validationCount } };
  return files.length === 0 ? undefined : { ...start, data: { kind: 'files', files } };
}

/** `digits`, `shapes`, or the kind of the user's files. */
export function kindOfData({ checkpoint }: Pick<KeptTraining, 'checkpoint'>): string {
  return checkpoint.training.data.split(' ')[0] ?? '';
}
