// What tools know of the elements, from the docblocks of their classes: a Custom Elements Manifest, data for editors, and
// types for React 19. The docblock is checked against the class, so that neither says what the other does not.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readElement } from './read-element.mjs';

const package_ = 'packages/viewer';

/** @returns {Promise<{path: string, text: string}[]>} */
export async function generateElementData(root) {
  const elements = await readElements(root);
  const { exports } = JSON.parse(await readFile(join(root, package_, 'package.json'), 'utf8'));
  for (const { folder } of elements) {
    const name = `./elements/${folder}/define`;
    if (!(name in exports)) throw new Error(`${package_}/package.json: exports has no ${name}`);
  }
  return [
    { path: join(root, package_, 'custom-elements.json'), text: json(manifestOf(elements)) },
    { path: join(root, package_, 'vscode.html-custom-data.json'), text: json(editorDataOf(elements)) },
    { path: join(root, package_, 'src/react.gen.ts'), text: reactTypesOf(elements) },
  ];
}

/** Every element of the package, by tag name. Throws where a docblock and its class differ. */
export async function readElements(root) {
  const folder = join(root, package_, 'src/elements');
  const names = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  const read = names.map(async ({ name }) => {
    const path = `src/elements/${name}/cs-${name}.ts`;
    return { ...readElement(await readFile(join(root, package_, path), 'utf8'), path), folder: name };
  });
  return (await Promise.all(read)).toSorted((a, b) => (a.tagName < b.tagName ? -1 : 1));
}

const json = (value) => `${JSON.stringify(value, undefined, 2)}\n`;
const withText = (type) => (type === undefined ? {} : { type: { text: type } });

/** Custom Elements Manifest, schema 1.0: github.com/webcomponents/custom-elements-manifest. */
export function manifestOf(elements) {
  return {
    schemaVersion: '1.0.0',
    readme: '',
    modules: elements.flatMap((element) => {
      const path = distPath(element.path);
      const declaration = { name: element.className, module: path };
      return [
        {
          kind: 'javascript-module',
          path,
          declarations: [declarationOf(element)],
          exports: [{ kind: 'js', name: element.className, declaration }],
        },
        {
          kind: 'javascript-module',
          path: `dist/elements/${element.folder}/define.js`,
          declarations: [],
          exports: [{ kind: 'custom-element-definition', name: element.tagName, declaration }],
        },
      ];
    }),
  };
}

const distPath = (path) => path.replace(/^src\//, 'dist/').replace(/\.ts$/, '.js');

function declarationOf(element) {
  return {
    kind: 'class',
    name: element.className,
    description: element.description,
    superclass: { name: 'LitElement', package: 'lit' },
    customElement: true,
    tagName: element.tagName,
    attributes: element.attributes.map(({ name, type, description, fieldName, initial }) => ({
      name,
      ...withText(type),
      ...(initial === undefined ? {} : { default: initial }),
      description,
      fieldName,
    })),
    members: [
      ...element.fields.map(({ name, type, description, attribute, isReadOnly, isReflected, initial }) => ({
        kind: 'field',
        name,
        privacy: 'public',
        ...withText(type),
        ...(initial === undefined ? {} : { default: initial }),
        description,
        ...(attribute === undefined ? {} : { attribute }),
        ...(isReflected ? { reflects: true } : {}),
        ...(isReadOnly ? { readonly: true } : {}),
      })),
      ...element.methods.map(({ name, description, type }) => ({
        kind: 'method',
        name,
        privacy: 'public',
        return: { type: { text: type } },
        description,
      })),
    ],
    events: element.events.map(({ name, type, description }) => ({ name, ...withText(type), description })),
    slots: element.slots,
    cssParts: element.parts,
    cssProperties: element.cssProperties,
  };
}

/** Visual Studio Code's custom data for HTML, version 1.1. */
export function editorDataOf(elements) {
  return {
    version: 1.1,
    tags: elements.map(({ tagName, description, attributes, events, slots, parts }) => ({
      name: tagName,
      description: {
        kind: 'markdown',
        value: [description, ...list('Events', events), ...list('Slots', slots), ...list('Parts', parts)].join('\n\n'),
      },
      attributes: attributes.map(({ name, type, description: about }) => ({
        name,
        description: about,
        ...(choicesOf(type).length === 0 ? {} : { values: choicesOf(type).map((choice) => ({ name: choice })) }),
        ...(type === 'boolean' ? { valueSet: 'v' } : {}),
      })),
    })),
  };
}

function list(title, entries) {
  if (entries.length === 0) return [];
  return [
    `**${title}**`,
    entries.map(({ name, description }) => `- \`${name || 'default'}\`: ${description}`).join('\n'),
  ];
}

/** Of a type `'a' | 'b'`, its texts. */
export function choicesOf(type = '') {
  const parts = type.split('|').map((part) => part.trim());
  return parts.every((part) => /^'[^']*'$/.test(part)) ? parts.map((part) => part.slice(1, -1)) : [];
}

function reactTypesOf(elements) {
  const lines = elements.map(({ tagName, className, fields, events, eventMap }) => {
    const names = fields.filter(({ isReadOnly }) => !isReadOnly).map(({ name }) => `'${name}'`);
    // `Pick`: the type checker says so where the docblock names an event that the class does not have.
    const own = events.map(({ name }) => `'${name}'`).join(' | ');
    const map = events.length === 0 ? 'object' : `Pick<${eventMap}, ${own}>`;
    return `      '${tagName}': ElementProps<${className}, ${names.join(' | ')}, ${map}>;`;
  });
  const imports = elements.map(({ className, eventMap, path }) => {
    const names = [className, ...(eventMap === undefined ? [] : [eventMap])];
    return `import type { ${names.join(', ')} } from './${path.replace(/^src\//, '')}';`;
  });
  return [
    '// Generated from the docblocks of the elements by `npm run generate`; do not edit.',
    "import type { HTMLAttributes, RefAttributes } from 'react';",
    ...imports,
    '',
    '/** An element as React 19 takes it: properties by name, and a listener `onname` for each event `name`. */',
    'export type ElementProps<E extends HTMLElement, Names extends keyof E, Events> = Omit<HTMLAttributes<E>, Names> &',
    '  RefAttributes<E> & { [Name in Names]?: E[Name] | undefined } & {',
    '    [Name in keyof Events & string as `on${Name}`]?: ((event: Events[Name]) => void) | undefined;',
    '  };',
    '',
    "declare module 'react' {",
    '  namespace JSX {',
    '    interface IntrinsicElements {',
    ...lines,
    '    }',
    '  }',
    '}',
    '',
  ].join('\n');
}
