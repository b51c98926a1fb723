// Imports go one way: viewer, cli, bench -> xai, zoo -> formats -> gpu-engine; and no file imports itself by a detour.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './paths.mjs';

const everythingBelow = ['xai', 'zoo', 'formats', 'gpu-engine'];
const mayImport = new Map([
  ['gpu-engine', []],
  ['formats', ['gpu-engine/graph']],
  ['zoo', ['formats', 'gpu-engine']],
  ['xai', ['formats', 'gpu-engine']],
  ['viewer', everythingBelow],
  ['cli', everythingBelow],
  ['bench', everythingBelow],
]);

const isTest = (path) => /\.test[.-]/.test(path) || /\/(test|testing|browser|e2e)\//.test(path);

/** Every module that a source names, and whether only its types are wanted. */
export function importsOf(source) {
  const code = source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
  const clause = /^\s*(?:import|export)\b(\s+type\b(?!\s*(?:,|from)))?([^'";]*?\bfrom\s*|\s*)['"]([^'"]+)['"]/gm;
  const dynamic = /\bimport\(\s*['"]([^'"]+)['"]/g;
  return [
    ...[...code.matchAll(clause)].map(([, type, , name]) => ({ name, typeOnly: Boolean(type) })),
    ...[...code.matchAll(dynamic)].map(([, name]) => ({ name, typeOnly: false, dynamic: true })),
  ];
}

function sourcesIn(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return ['node_modules', 'dist', 'dist-page'].includes(entry.name) ? [] : sourcesIn(path);
    return /\.(ts|mts|js|mjs)$/.test(entry.name) && !entry.name.endsWith('.d.ts') ? [path] : [];
  });
}

/** `@convscope/gpu-engine/graph` -> `gpu-engine/graph`; `convscope` is the command line's own name. */
function workspaceTarget(name) {
  if (name === 'convscope' || name.startsWith('convscope/')) return name.replace('convscope', 'cli');
  return name.startsWith('@convscope/') ? name.slice('@convscope/'.length) : undefined;
}

function packageProblem(owner, path, target) {
  const allowed = mayImport.get(owner);
  const [targetPackage] = target.split('/');
  if (targetPackage === owner) return undefined;
  const fits = allowed.some((entry) => target === entry || target.startsWith(`${entry}/`));
  // A test may use all of a package that its own package may use a part of.
  const fitsTest = isTest(path) && allowed.some((entry) => entry.split('/')[0] === targetPackage);
  return fits || fitsTest ? undefined : `${owner} may import ${allowed.join(', ') || 'no other package'}`;
}

/** gpu-engine's graph needs no GPU and no package, so that formats can use it anywhere. */
function graphProblem(file, { name, typeOnly }, target) {
  const graph = 'packages/gpu-engine/src/graph/';
  if (!file.startsWith(graph) || isTest(file)) return undefined;
  if (target?.startsWith(graph)) return undefined;
  if (typeOnly && target?.endsWith('/kernels/kernels.gen.ts')) return undefined;
  return `graph/ imports nothing outside graph/, but types of kernels.gen.ts (got ${name})`;
}

function leavesPackage(owner, file, target) {
  const folder = owner === 'bench' ? 'bench/' : `packages/${owner}/`;
  return !target.startsWith(folder) && !(isTest(file) && target.startsWith('scripts/'));
}

/** Strongly connected files, each found cycle once, as a list of paths. */
export function cyclesOf(edges) {
  const state = new Map();
  const stack = [];
  const cycles = [];
  function visit(file) {
    state.set(file, 'open');
    stack.push(file);
    for (const next of edges.get(file) ?? []) {
      if (state.get(next) === 'open') cycles.push([...stack.slice(stack.indexOf(next)), next]);
      else if (!state.has(next)) visit(next);
    }
    stack.pop();
    state.set(file, 'done');
  }
  for (const file of edges.keys()) if (!state.has(file)) visit(file);
  return cycles;
}

/** @returns {string[]} one line a problem */
export function checkImports() {
  const problems = [];
  const edges = new Map();
  for (const owner of mayImport.keys()) {
    for (const path of sourcesIn(join(root, owner === 'bench' ? 'bench' : join('packages', owner)))) {
      const file = relative(root, path).split(sep).join('/');
      const next = [];
      for (const entry of importsOf(readFileSync(path, 'utf8'))) {
        const relativeTarget = entry.name.startsWith('.')
          ? relative(root, join(dirname(path), entry.name))
              .split(sep)
              .join('/')
          : undefined;
        const workspace = workspaceTarget(entry.name);
        const problem =
          (workspace && packageProblem(owner, file, workspace)) ??
          (relativeTarget && leavesPackage(owner, file, relativeTarget)
            ? `a relative import stays in its package (got ${entry.name})`
            : undefined) ??
          graphProblem(file, entry, relativeTarget);
        if (problem) problems.push(`${file}: imports ${entry.name}: ${problem}`);
        // Types are gone at run time, and a dynamic import runs later: neither can meet a half-loaded module.
        if (relativeTarget && !entry.typeOnly && !entry.dynamic) next.push(relativeTarget);
      }
      edges.set(file, next);
    }
  }
  for (const cycle of cyclesOf(edges)) problems.push(`import cycle: ${cycle.join(' -> ')}`);
  return problems;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const problems = checkImports();
  for (const problem of problems) console.error(problem);
  process.exit(problems.length > 0 ? 1 : 0);
}
