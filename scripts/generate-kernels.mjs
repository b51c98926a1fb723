// shaders/*.wgsl -> kernels.gen.ts: the sources, and what each entry point binds, as data and as types.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { declaredBindings, minifyPrograms } from './minify-wgsl.mjs';
import { ResourceType, WgslReflect } from 'wgsl_reflect/wgsl_reflect.module.js';

const outputPath = 'packages/gpu-engine/src/kernels/kernels.gen.ts';
const uniformTypes = new Map([
  ['u32', 'number'],
  ['i32', 'number'],
  ['f32', 'number'],
  ['vec4u', 'readonly number[]'],
]);

// The limits that every WebGPU device has; a kernel that needs more would not run everywhere.
const maxInvocations = 256;
const maxStorageBuffers = 8;

/** wgsl_reflect takes these for keywords wherever they stand; WGSL, only between `<` and `>`. */
const parserKeywords = /\b(?:block|function|immediate|private|read|read_write|storage|type|uniform|workgroup|write)\b/g;

/** The name that the source has for one that `readableSource` changed. */
const originalName = (name) => (name.endsWith('_') ? name.slice(0, -1) : name);

/** The same program, line by line, with names that wgsl_reflect can read. */
export function readableSource(source) {
  const parts = source.split(/(\b(?:var|ptr|texture_storage_\w+)\s*<[^>;]*>|\/\/.*)/);
  return parts.map((part, index) => (index % 2 === 1 ? part : part.replace(parserKeywords, '$&_'))).join('');
}

/** Lines such as `const PIXELS = 8u; // variant`, whose value the engine substitutes when it makes a pipeline. */
function variantConstants(source) {
  const pattern = /^const\s+(\w+)(?:\s*:\s*\w+)?\s*=\s*(-?[\d.]+|true|false)[uifh]?\s*;\s*\/\/\s*variant\b/gm;
  return [...source.matchAll(pattern)].map(([, name, value]) => ({
    name,
    value: /^[tf]/.test(value) ? value === 'true' : Number(value),
  }));
}

/** `array<vec4u, 2>` -> `vec4u`, as a list of 2 x 4 numbers; scalars stay as they are. */
function uniformMember(member, where) {
  const type = member.type.isArray ? member.type.format.getTypeName() : member.type.getTypeName();
  if (!uniformTypes.has(type) || (member.type.isArray && type !== 'vec4u')) {
    throw new Error(
      `${where}: uniform ${member.name} is ${member.type.getTypeName()}; wanted u32, i32, f32, vec4<u32> or array<vec4<u32>, n>`,
    );
  }
  const data = { name: originalName(member.name), type, offset: member.offset };
  return member.type.isArray ? { ...data, count: member.count } : data;
}

function bindingOf(variable, where) {
  if (variable.group !== 0) throw new Error(`${where}: ${variable.name} is in group ${variable.group}; wanted group 0`);
  if (!/^[a-z][a-zA-Z0-9]*$/.test(variable.name))
    throw new Error(`${where}: binding ${variable.name} is not in camelCase`);
  const { binding } = variable;
  const name = originalName(variable.name);
  if (!/^[a-z][a-zA-Z0-9]*$/.test(name)) throw new Error(`${where}: binding ${name} is not in camelCase`);
  if (variable.resourceType === ResourceType.Uniform)
    return { name, binding, kind: 'uniform', element: variable.type.getTypeName() };
  if (variable.resourceType !== ResourceType.Storage || !variable.type.isArray) {
    throw new Error(
      `${where}: binding ${name} is ${variable.type.getTypeName()}; wanted a storage array or the uniform struct`,
    );
  }
  return {
    name,
    binding,
    kind: variable.access === 'read' ? 'read' : 'write',
    element: variable.type.format.getTypeName(),
  };
}

/** Functions that the engine replaces by what it fuses: kernels pass each result through one before they write it. */
const hooks = ['finished', 'finishedVectors', 'finishedAt', 'finishedVectorsAt'];

/** The hook that an entry point calls, itself or in functions that it calls. */
export function hookOf(source, entryPoint) {
  const bodies = new Map(
    [...source.matchAll(/\bfn\s+(\w+)\s*\([\s\S]*?(?=\bfn\s|$)/g)].map(([text, name]) => [name, text]),
  );
  const seen = new Set();
  const pending = [entryPoint];
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    const calls = (bodies.get(name) ?? '').matchAll(/\b(\w+)\s*\(/g);
    for (const [, called] of calls) if (bodies.has(called)) pending.push(called);
  }
  return hooks.find((hook) => seen.has(hook));
}

function entryPointOf(entry, where) {
  const workgroupSize = entry.workgroupSize;
  if (!workgroupSize) throw new Error(`${where}: @workgroup_size is missing or not made of literals`);
  const invocations = workgroupSize[0] * workgroupSize[1] * workgroupSize[2];
  if (invocations > maxInvocations) throw new Error(`${where}: ${invocations} invocations; at most ${maxInvocations}`);

  const resources = entry.resources.toSorted((a, b) => a.binding - b.binding);
  const bindings = resources.map((variable) => bindingOf(variable, where));
  const storage = bindings.filter(({ kind }) => kind !== 'uniform').length;
  if (storage > maxStorageBuffers)
    throw new Error(`${where}: ${storage} storage buffers; at most ${maxStorageBuffers}`);

  const structs = resources.filter(({ resourceType }) => resourceType === ResourceType.Uniform);
  if (structs.length > 1) throw new Error(`${where}: ${structs.length} uniform bindings; at most one`);
  const [struct] = structs;
  if (struct && !struct.isStruct) throw new Error(`${where}: the uniform ${struct.name} is not a struct`);
  const uniforms = (struct?.members ?? []).map((member) => uniformMember(member, where));
  return { workgroupSize, bindings, uniforms, uniformSize: struct?.size ?? 0 };
}

/** wgsl_reflect resolves names by text, so a local that hides a binding would make the binding look used. */
function checkShadowing(reflected, fileName, source) {
  const bindings = new Set(reflected.entry.compute.flatMap(({ resources }) => resources.map(({ name }) => name)));
  const parameters = reflected.functions.flatMap((entry) => entry.arguments.map(({ name }) => name));
  const locals = [...source.matchAll(/\b(?:let|var|const)\s+(\w+)/g)].map(([, name]) => name);
  for (const name of [...parameters, ...locals]) {
    if (bindings.has(name))
      throw new Error(`${fileName}: the local ${name} hides the binding of that name; rename one`);
  }
}

function parse(fileName, source) {
  try {
    return new WgslReflect(readableSource(source));
  } catch (error) {
    throw new Error(`${fileName}: wgsl_reflect cannot read it: ${error.message ?? error}`, { cause: error });
  }
}

export function reflectKernel(fileName, source) {
  const reflected = parse(fileName, source);
  checkShadowing(reflected, fileName, source);
  const kernel = {};
  const { compute, vertex, fragment } = reflected.entry;
  if (vertex.length + fragment.length > 0) kernel.render = true;
  else if (compute.length === 0) throw new Error(`${fileName}: no entry point`);
  const constants = variantConstants(source);
  if (constants.length > 0) kernel.constants = constants;
  const overrides = reflected.overrides.map(({ name, type }) => ({ name, type: type?.getTypeName() ?? 'u32' }));
  if (overrides.length > 0) kernel.overrides = overrides;
  kernel.entryPoints = Object.fromEntries(
    compute.map((entry) => {
      const name = originalName(entry.name);
      const hook = hookOf(source, name);
      return [name, { ...entryPointOf(entry, `${fileName} ${entry.name}`), ...(hook === undefined ? {} : { hook }) }];
    }),
  );
  return kernel;
}

/** Names in a program that the engine knows. */
function keptNames({ entryPoints, constants = [], overrides = [] }) {
  const bindings = Object.values(entryPoints).flatMap((entry) => entry.bindings);
  return new Set([
    ...Object.keys(entryPoints),
    ...[...constants, ...overrides, ...bindings].map(({ name }) => name),
    ...bindings.flatMap(({ kind, element }) => (kind === 'uniform' ? [element] : [])),
    ...hooks,
  ]);
}

/** What the engine is given of a kernel beside its text, where all else is written: who binds what, and through what it writes. */
function usesOf(source, { entryPoints }) {
  const declared = declaredBindings(source).map(({ name }) => name);
  return Object.fromEntries(
    Object.entries(entryPoints).map(([name, { bindings, hook }]) => {
      const used = bindings.map((binding) => {
        const index = declared.indexOf(binding.name);
        if (index < 0) throw new Error(`the declaration of ${binding.name} is not read`);
        return index;
      });
      return [name, hook === undefined ? [used] : [used, hook]];
    }),
  );
}

const templateLiteral = (text) => '`' + text.replace(/[\\`]|\$\{/g, '\\$&') + '`';

function signatureType({ bindings, uniforms }) {
  const names = bindings.filter(({ kind }) => kind !== 'uniform').map(({ name }) => `'${name}'`);
  const members = uniforms.map(
    ({ name, type, count }) => `${name}: ${uniformTypes.get(type)};${count ? ` // ${count} x vec4` : ''}\n`,
  );
  return `{ bindings: ${names.join(' | ') || 'never'}; uniforms: ${members.length > 0 ? `{\n${members.join('')}}` : 'Record<string, never>'} }`;
}

export function kernelsText(kernels) {
  const sources = kernels.map(({ stem, source, uses }) => {
    return `'${stem}': { source: ${templateLiteral(source)}, uses: ${JSON.stringify(uses)} },`;
  });
  const signatures = kernels.flatMap(({ stem, kernel }) =>
    Object.entries(kernel.entryPoints).map(([name, entry]) => `'${stem}/${name}': ${signatureType(entry)};`),
  );
  return [
    '// Generated from shaders/ by `npm run generate`; do not edit.',
    '/** Each file without what only readers need; by entry point which of its bindings it uses, in their order, and the hook. */',
    'export const kernelSources = {',
    ...sources,
    '} as const;',
    '',
    '/** What each entry point binds, and which uniforms it reads; the key is `file/entryPoint`. */',
    `export interface KernelSignatures {\n${signatures.join('\n')}\n}`,
    '',
  ].join('\n');
}

/** @returns {Promise<{path: string, text: string}[]>} */
export async function generateKernels(root) {
  const folder = join(root, 'shaders');
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.wgsl')).toSorted();
  const programs = new Map();
  const reflected = new Map();
  for (const name of names) {
    const source = await readFile(join(folder, name), 'utf8');
    const kernel = reflectKernel(`shaders/${name}`, source);
    const stem = name.slice(0, -'.wgsl'.length);
    reflected.set(stem, kernel);
    programs.set(stem, { source, kept: keptNames(kernel) });
  }
  const kernels = [...minifyPrograms(programs)].map(([stem, source]) => {
    const kernel = reflected.get(stem);
    return { stem, source, kernel, uses: usesOf(source, kernel) };
  });
  return [{ path: join(root, outputPath), text: kernelsText(kernels) }];
}
