import { readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ConvscopeError } from '@convscope/gpu-engine/graph';

/**
 * Where the built page may be, from this module's folder: in the package, where packing copies it, or, in the
 * repository, where the page's own package builds it.
 */
const PLACES = ['../../page', '../../../viewer/dist-page'];

/** The folder of the built page. Throws `unknown-name` where there is none. */
export async function pageFolder(places: readonly string[] = PLACES): Promise<string> {
  for (const place of places) {
    const folder = fileURLToPath(new URL(place, import.meta.url));
    const isThere = await stat(join(folder, 'index.html')).then(
      (entry) => entry.isFile(),
      () => false,
    );
    if (isThere) return folder;
  }
  throw new ConvscopeError('unknown-name', 'the page is not built: `npm run build` makes it', {
    node: 'serve',
    wanted: 'index.html of the page',
  });
}

/** Every file of the page by its address on the server: nothing else is served from the folder. */
export async function pageFiles(folder: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const addresses = new Map(files.map((file) => [`/${relative(folder, file).split(sep).join('/')}`, file] as const));
  const index = addresses.get('/index.html');
  if (index !== undefined) addresses.set('/', index);
  return addresses;
}
