import { existsSync, readFileSync } from 'node:fs';
import { test } from 'vitest';

/** The bytes of a file in ../fixtures. */
export function fixture(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`../fixtures/${name}`, import.meta.url)));
}

/** The content of a JSON file in ../fixtures, which make-fixtures.py wrote. */
export function jsonFixture<Content>(name: string): Content {
  return JSON.parse(readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8')) as Content;
}

const realData = new URL('../../../../shared/data/', import.meta.url);
const hasRealData = existsSync(realData);

/** A file of the collection beside the repository. */
export function realFile(path: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(path, realData)));
}

/** A test on real files; where ../shared/data is absent it is skipped, with a warning. */
export function testOnRealData(title: string, run: () => void | Promise<void>): void {
  // eslint-disable-next-line no-console -- a test that does not run must be seen
  if (!hasRealData) console.warn(`NOT TESTED, no ../shared/data beside the repository: ${title}`);
  const reason = hasRealData ? '' : ' (skipped: no ../shared/data beside the repository)';
  test.skipIf(!hasRealData)(`${title}${reason}`, run);
}
