// One element's public API, from its class and the docblock before it.

/**
 * @param {string} source of a module that has one element
 * @param {string} path in the package, for messages and manifests
 */
export function readElement(source, path) {
  const found = /\/\*\*((?:(?!\*\/)[\s\S])*?@element\s[\s\S]*?)\*\/\s*export class (\w+) extends \w+ \{/.exec(source);
  if (!found) throw new Error(`${path}: no class with a docblock that has @element`);
  const [, block, className] = found;
  const body = source.slice(found.index);
  const { description, tags } = parseDocblock(block);
  const of = (...kinds) => tags.filter(({ kind }) => kinds.includes(kind));
  const reactive = reactiveProperties(body);
  const declared = declaredFields(body);
  const initial = initialValues(body);

  const fieldFor = (attribute) =>
    [...reactive].find(([name, options]) => attributeOf(name, options) === attribute)?.[0];
  const attributes = of('attr').map((tag) => {
    const fieldName = fieldFor(tag.name);
    if (fieldName === undefined) throw new Error(`${path}: the docblock has the attribute ${tag.name}, the class not`);
    return { ...described(tag, path), fieldName, ...initially(initial.get(fieldName)) };
  });
  const properties = of('property').map((tag) => ({ ...described(tag, path), isReadOnly: false }));
  const getters = new Set([...body.matchAll(/^ {2}get (\w+)\(\)/gm)].map(([, name]) => name));
  const setters = new Set([...body.matchAll(/^ {2}set (\w+)\(/gm)].map(([, name]) => name));
  const fields = [
    ...properties.map((property) => ({
      ...property,
      isReadOnly: getters.has(property.name) && !setters.has(property.name),
      ...initially(initial.get(property.name)),
    })),
    ...attributes.map(({ fieldName, name, ...rest }) => ({
      ...rest,
      name: fieldName,
      attribute: name,
      isReflected: reactive.get(fieldName)?.includes('reflect: true') ?? false,
      isReadOnly: fieldName === 'status',
    })),
  ];
  const documented = new Set(fields.map(({ name }) => name));
  for (const name of declared.keys()) {
    if (!documented.has(name)) throw new Error(`${path}: the property ${name} is not in the docblock`);
  }
  for (const { name } of properties) {
    if (!declared.has(name) && !getters.has(name)) throw new Error(`${path}: the class has no property ${name}`);
  }
  if (of('fires').length > 0) checkListening(body, className, path);
  return {
    path,
    className,
    tagName: of('element')[0].text.trim(),
    description,
    attributes,
    // What the class says of a type is what a program meets; the docblock says it in short.
    fields: fields.map((field) => ({ ...field, type: declared.get(field.name) ?? field.type })),
    methods: publicMethods(body),
    events: of('fires').map((tag) => ({ type: 'CustomEvent', ...described(tag, path) })),
    eventMap: new RegExp(`export (?:interface|type) (${className.slice(2)}EventMap)\\b`).exec(source)?.[1],
    slots: of('slot').map(({ text }) => slotOf(text)),
    parts: of('csspart').map((tag) => named(tag, path)),
    cssProperties: of('cssproperty').map((tag) => named(tag, path)),
  };
}

/** The platform's methods, which the class declares for its own events. */
const LISTENING = ['addEventListener', 'removeEventListener'];

function checkListening(body, className, path) {
  const type = `EventListening<${className}, ${className.slice(2)}EventMap>`;
  for (const name of LISTENING) {
    if (!body.includes(`  declare ${name}: ${type};`)) throw new Error(`${path}: wants \`declare ${name}: ${type}\``);
  }
}

/** A docblock's text, and its tags with what follows them, each on one line. */
export function parseDocblock(block) {
  const lines = block.split('\n').map((line) => line.replace(/^\s*\* ?/, '').trim());
  const description = [];
  const tags = [];
  for (const line of lines) {
    const [, kind, text] = /^@(\w+)\s*(.*)$/.exec(line) ?? [];
    if (kind !== undefined) tags.push({ kind, text });
    else if (line !== '' && tags.length > 0) tags.at(-1).text += ` ${line}`;
    else if (line !== '') description.push(line);
  }
  return { description: description.join(' '), tags: tags.map((tag) => ({ ...tag, ...partsOf(tag.text) })) };
}

/** `{type} name - description`, of which the type may itself have braces. */
function partsOf(text) {
  let rest = text;
  let type;
  if (text.startsWith('{')) {
    let depth = 0;
    const end = [...text].findIndex((letter) => (depth += letter === '{' ? 1 : letter === '}' ? -1 : 0) === 0);
    type = text.slice(1, end);
    rest = text.slice(end + 1).trim();
  }
  const [, name, description = ''] = /^(\S+)(?:\s+-\s+([\s\S]*))?$/.exec(rest) ?? [];
  return { ...(type === undefined ? {} : { type }), name, description };
}

function described({ kind, name, type, description, text }, path) {
  if (name === undefined) throw new Error(`${path}: cannot read @${kind} ${text}`);
  return { name, ...(type === undefined ? {} : { type }), description };
}

function named(tag, path) {
  const { name, description } = described(tag, path);
  return { name, description };
}

function slotOf(text) {
  const [, name, description] = /^(\S*?)\s*-\s+([\s\S]*)$/.exec(text) ?? [undefined, '', text];
  return { name, description };
}

/** `static override properties`, without what is internal state. */
function reactiveProperties(body) {
  const [, block = ''] = /static override properties[^=]*= \{([\s\S]*?)\};/.exec(body) ?? [];
  const entries = [...block.matchAll(/(\w+): \{([^}]*)\}/g)].map(([, name, options]) => [name, options]);
  return new Map(entries.filter(([, options]) => !options.includes('state: true')));
}

/** Lit's rule: the name in lower case, unless another is given. */
function attributeOf(name, options) {
  if (options.includes('attribute: false')) return undefined;
  return /attribute: '([^']+)'/.exec(options)?.[1] ?? name.toLowerCase();
}

function declaredFields(body) {
  const all = [...body.matchAll(/^ {2}declare (\w+): ([^;]+);/gm)].map(([, name, type]) => [name, type]);
  return new Map(all.filter(([name]) => !LISTENING.includes(name)));
}

/** What the constructor sets, where that is a literal. */
function initialValues(body) {
  const [, block = ''] = /^ {2}constructor\(\) \{\n([\s\S]*?)^ {2}\}/m.exec(body) ?? [];
  const set = [...block.matchAll(/^ {4}this\.(\w+) = ('[^']*'|[\d.]+|true|false|\[\]);/gm)];
  return new Map(set.map(([, name, value]) => [name, value]));
}

const initially = (value) => (value === undefined ? {} : { initial: value });

/** Methods with a docblock of their own that are neither private nor Lit's. */
function publicMethods(body) {
  const pattern = /^ {2}\/\*\* ([^*]*) \*\/\n {2}(?:async )?(\w+)\(\): ([^{]+) \{/gm;
  return [...body.matchAll(pattern)].map(([, description, name, type]) => ({ name, description, type: type.trim() }));
}
