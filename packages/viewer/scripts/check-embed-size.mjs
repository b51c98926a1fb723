// The one file for a script tag has to stay small: fails where it is more than 150 KB after gzip.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const most = 150 * 1000;
const size = gzipSync(readFileSync(new URL('../dist/convscope.js', import.meta.url)), { level: 9 }).length;
const text = `dist/convscope.js: ${(size / 1000).toFixed(1)} KB gzipped, at most ${most / 1000}`;
if (size > most) {
  console.error(`${text}: too large`);
  process.exit(1);
}
console.log(text);
