// Puts the built page into the package while it is packed: `convscope serve` finds it there when it is installed.
import { cpSync, existsSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const built = fileURLToPath(new URL('../../viewer/dist-page', import.meta.url));
const copy = fileURLToPath(new URL('../page', import.meta.url));
rmSync(copy, { recursive: true, force: true });
if (!process.argv.includes('--remove')) {
  if (!existsSync(built)) throw new Error('the page is not built: npm run build makes it');
  cpSync(built, copy, { recursive: true });
}
