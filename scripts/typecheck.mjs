// Type checks the scripts' and every package's sources, each against the others' sources.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { packageNames, root, tscPath } from './paths.mjs';

function check(project) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [tscPath, '--noEmit', '--pretty', 'false', '-p', project], { cwd: root });
    let output = '';
    child.stdout.on('data', (data) => (output += data));
    child.stderr.on('data', (data) => (output += data));
    child.on('close', (code) => resolve({ project, code, output }));
  });
}

const projects = ['.', ...packageNames.map((name) => join('packages', name)), 'bench'].filter((folder) =>
  existsSync(join(root, folder, 'tsconfig.json')),
);
let failed = false;
for (const { project, code, output } of await Promise.all(projects.map(check))) {
  if (code === 0) continue;
  failed = true;
  console.error(`${project}:\n${output}`);
}
process.exit(failed ? 1 : 0);
