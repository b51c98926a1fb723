import { parseLabels } from '@convscope/formats';
import { messageOf } from '../shared/failure-words.ts';
import { readFile } from '../shared/read-bytes.ts';
import { fetchFile, isOwnServer } from './fetch-file.ts';
import { isCancelled } from './lab/lab.ts';
import { chooseLabels, type OpenedModel } from './opened-model.ts';

const MOST_LABEL_BYTES = 2 ** 24;

export async function readLabels(file: File): Promise<readonly string[]> {
  const bytes = await readFile(file, file.name, MOST_LABEL_BYTES);
  return parseLabels(new TextDecoder().decode(bytes), file.name);
}

/**
 * The network with class names from this page's own server; those of others are not fetched, since a link is a
 * stranger's text. Where that fails, the network as it is, and why.
 */
export async function withLabelsFrom(
  address: string,
  opened: OpenedModel,
  signal: AbortSignal,
): Promise<{ readonly opened: OpenedModel; readonly problem?: string }> {
  if (!isOwnServer(address)) {
    return { opened, problem: 'The link’s class names are on another server: save them and drop them here.' };
  }
  try {
    const file = await fetchFile(address, { signal });
    return { opened: chooseLabels(opened, await readLabels(file), file.name) };
  } catch (error) {
    if (isCancelled(error)) throw error;
    return { opened, problem: messageOf(error) };
  }
}
