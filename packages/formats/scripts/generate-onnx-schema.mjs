// Writes src/onnx/schema.gen.ts from the official onnx.proto (in the Python package `onnx`, folder onnx/):
//   node scripts/generate-onnx-schema.mjs PATH_OF_onnx.proto
// Fetches buf and protoc-gen-es for the occasion; neither is a dependency of the project.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const TOOLS = ['@bufbuild/buf@1', '@bufbuild/protoc-gen-es@2'];

/** TypeScript enums do not survive the erasing of types: they become constants of the same name. */
function withoutEnums(source) {
  return source.replace(/export enum (\w+) \{([^}]*)\}/g, (_, name, body) => {
    const members = body.replace(/(\w+) = (-?\d+),/g, '$1: $2,');
    return `export const ${name} = {${members}} as const;\nexport type ${name} = (typeof ${name})[keyof typeof ${name}];`;
  });
}

/** The proto's own documentation is not repeated. */
function withoutComments(source) {
  return source.replace(/^[ \t]*\/\*\*[\s\S]*?\*\/\n/gm, '').replace(/\n{3,}/g, '\n\n');
}

function run(command, arguments_, folder) {
  const { status } = spawnSync(command, arguments_, { cwd: folder, stdio: 'inherit' });
  if (status !== 0) throw new Error(`${command} failed`);
}

const [, script, proto] = process.argv;
if (script === fileURLToPath(import.meta.url)) {
  if (proto === undefined) throw new Error('usage: node scripts/generate-onnx-schema.mjs PATH_OF_onnx.proto');
  const folder = mkdtempSync(join(tmpdir(), 'onnx-schema-'));
  try {
    copyFileSync(proto, join(folder, 'onnx.proto'));
    writeFileSync(join(folder, 'package.json'), '{ "private": true }');
    const plugin = {
      local: './node_modules/.bin/protoc-gen-es',
      out: 'out',
      opt: ['target=ts', 'import_extension=none'],
    };
    writeFileSync(join(folder, 'buf.gen.yaml'), JSON.stringify({ version: 'v2', plugins: [plugin] }));
    run('npm', ['install', '--no-audit', '--no-fund', ...TOOLS], folder);
    run('./node_modules/.bin/buf', ['generate', 'onnx.proto'], folder);
    const generated = readFileSync(join(folder, 'out/onnx_pb.ts'), 'utf8');
    const target = fileURLToPath(new URL('../src/onnx/schema.gen.ts', import.meta.url));
    const header =
      '// Made by scripts/generate-onnx-schema.mjs from the official onnx.proto. SPDX-License-Identifier: Apache-2.0\n';
    const start = generated.indexOf('import ');
    writeFileSync(target, header + withoutComments(withoutEnums(generated.slice(start))));
    run('npx', ['oxfmt', target], fileURLToPath(new URL('..', import.meta.url)));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
