import type { FolderFile } from './dropped-files.ts';

const MOST_FILES = 1_000_000;

/** The files of a folder that a file field gave. */
export function chosenFiles(list: FileList): readonly FolderFile[] {
  return [...list].map((file) => ({ path: file.webkitRelativePath || file.name, file }));
}

/** Lets files be dropped where this listens for `dragover`, and nowhere above it. */
export function allowFileDrop(event: DragEvent): void {
  if (event.dataTransfer?.types.includes('Files') !== true) return;
  event.preventDefault();
  event.stopPropagation();
}

/** All files that were dropped, those in folders with their paths. Call it in the event's own turn. */
export async function filesDropped(transfer: DataTransfer): Promise<readonly FolderFile[]> {
  // Entries are gone when the event has ended.
  const items = [...transfer.items];
  const entries = items.flatMap((item) => item.webkitGetAsEntry() ?? []);
  const loose = items.flatMap((item) => (item.webkitGetAsEntry() === null ? (item.getAsFile() ?? []) : []));
  const found: FolderFile[] = loose.map((file) => ({ path: file.name, file }));
  for (const entry of entries) await collect(entry, found);
  return found;
}

async function collect(entry: FileSystemEntry, found: FolderFile[]): Promise<void> {
  if (found.length >= MOST_FILES) return;
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    found.push({ path: entry.fullPath.replace(/^\//, ''), file });
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  for (;;) {
    // A reader gives about a hundred entries at a time.
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (part.length === 0) return;
    for (const child of part) await collect(child, found);
  }
}
