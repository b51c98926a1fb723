import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { backportsSource, distribution, mirrorOf } from './apt.mjs';

let folder;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'convscope-apt-'));
  mkdirSync(join(folder, 'sources.list.d'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('the mirror is found in the one-line format', () => {
  const lines = [
    '# deb http://old.example/debian bookworm main',
    'deb http://security.example/debian bookworm-security main',
    'deb [arch=amd64 signed-by=/k.gpg] http://mirror.example/debian bookworm main contrib',
  ];
  writeFileSync(join(folder, 'sources.list'), lines.join('\n'));
  expect(mirrorOf('bookworm', folder)).toBe('http://mirror.example/debian');
  expect(mirrorOf('bookworm-backports', folder)).toBeUndefined();
});

test('the mirror is found in the deb822 format', () => {
  const stanzas = `Types: deb
URIs: http://security.example/debian
Suites: bookworm-security
Components: main

Types: deb
# a comment
URIs: http://mirror.example/debian http://other.example/debian
Suites: bookworm bookworm-updates
Components: main
`;
  writeFileSync(join(folder, 'sources.list.d', 'debian.sources'), stanzas);
  expect(mirrorOf('bookworm', folder)).toBe('http://mirror.example/debian');
});

test('what is added for backports is found again', () => {
  const text = backportsSource('bookworm', 'http://mirror.example/debian');
  writeFileSync(join(folder, 'sources.list.d', 'convscope-backports.sources'), text);
  expect(mirrorOf('bookworm-backports', folder)).toBe('http://mirror.example/debian');
});

test('the distribution is read from os-release', () => {
  const path = join(folder, 'os-release');
  writeFileSync(path, 'NAME="Ubuntu"\nID=ubuntu\nID_LIKE=debian\nVERSION_CODENAME=noble\n');
  expect(distribution(path)).toEqual({ names: ['ubuntu', 'debian'], codename: 'noble' });
  expect(distribution(join(folder, 'nothing'))).toEqual({ names: [], codename: '' });
});
