import type { ByteFiles } from './checkpoint-store.ts';

/** Files of one folder in the origin-private file system; undefined where the browser has none, or forbids it. */
export async function opfsFiles(folderName: string): Promise<ByteFiles | undefined> {
  const folder = await openFolder(folderName).catch(() => undefined);
  if (folder === undefined) return undefined;
  return {
    read: async (name) => {
      const handle = await folder.getFileHandle(name).catch(() => undefined);
      if (handle === undefined) return undefined;
      return new Uint8Array(await (await handle.getFile()).arrayBuffer());
    },
    write: async (name, bytes) => {
      const handle = await folder.getFileHandle(name, { create: true });
      const stream = await handle.createWritable();
      try {
        await stream.write(bytes as Uint8Array<ArrayBuffer>);
        await stream.close();
      } catch (error) {
        await stream.abort().catch(() => undefined);
        throw error;
      }
    },
    remove: async (name) => folder.removeEntry(name).catch(() => undefined),
    list: async () => {
      const names: string[] = [];
      for await (const name of folder.keys()) names.push(name);
      return names;
    },
  };
}

async function openFolder(name: string): Promise<FileSystemDirectoryHandle> {
  const root = await globalThis.navigator.storage.getDirectory();
  return root.getDirectoryHandle(name, { create: true });
}
