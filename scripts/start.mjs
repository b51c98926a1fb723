// `npm start`: installs what is missing, builds, serves the page. PORT and HOST choose where.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.mjs';
import { installPackages } from './install-packages.mjs';
import { root } from './paths.mjs';
import { serve } from './static-server.mjs';

const folder = join(root, 'packages', 'viewer', 'dist-page');
try {
  installPackages();
  console.log('building');
  if (!build()) throw new Error('the build failed');
  if (!existsSync(join(folder, 'index.html'))) throw new Error('the build made no page in packages/viewer/dist-page');
  const port = Number(process.env.PORT || 4173);
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new Error(`PORT is ${process.env.PORT}; wanted 0 to 65535`);
  const { url } = await serve({ folder, port, host: process.env.HOST || '127.0.0.1' });
  console.log(`Convscope is at ${url}  (Ctrl+C stops it)`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
