// Folder indexes: one file, one export, one line in `index.gen.ts`. Adding an op, a method or a recipe edits no list.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

const folders = [
  { path: 'packages/gpu-engine/src/graph/ops', list: 'ops' },
  { path: 'packages/xai/src/methods', list: 'methods' },
  { path: 'packages/zoo/src/architectures', list: 'architectures' },
  { path: 'packages/zoo/src/recipes', list: 'recipes' },
];

/** `conv2d-input-gradient` exports `conv2dInputGradient`. */
export function camelCase(kebab) {
  return kebab.replace(/-([a-z0-9])/g, (_, letter) => letter.toUpperCase());
}

const isEntry = (name) =>
  name.endsWith('.ts') && !name.endsWith('.test.ts') && !name.endsWith('.gen.ts') && !name.endsWith('.d.ts');

export function indexText(list, stems) {
  const files = stems.toSorted().map((stem) => ({ stem, name: camelCase(stem) }));
  const names = files.map(({ name }) => name).join(', ');
  return [
    '// Generated from the files of this folder by `npm run generate`; do not edit.',
    ...files.map(({ stem, name }) => `import { ${name} } from './${stem}.ts';`),
    '',
    `export { ${names} };`,
    `export const ${list} = { ${names} } as const;`,
    '',
  ].join('\n');
}

/** @returns {Promise<{path: string, text: string}[]>} */
export async function generateIndexes(root) {
  const files = [];
  for (const { path, list } of folders) {
    const names = await readdir(join(root, path)).catch(() => []);
    const stems = names.filter(isEntry).map((name) => name.slice(0, -'.ts'.length));
    if (stems.length === 0) continue;
    for (const stem of stems) {
      if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(stem))
        throw new Error(`${path}/${stem}.ts: a file name here is in kebab-case`);
    }
    files.push({ path: join(root, path, 'index.gen.ts'), text: indexText(list, stems) });
  }
  return files;
}
