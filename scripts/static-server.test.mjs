import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serve } from './static-server.mjs';

let folder;
let server;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'convscope-server-'));
  mkdirSync(join(folder, 'site'));
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  writeFileSync(join(folder, 'site', 'index.html'), '<h1>page</h1>');
  writeFileSync(join(folder, 'site', 'module.js'), 'export {};');
  server = await serve({ folder: join(folder, 'site') });
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

/** `fetch` would tidy the path; a hostile client does not. */
function rawStatus(path) {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(server.url);
    request({ hostname, port, path }, (response) => resolve(response.resume().statusCode))
      .on('error', reject)
      .end();
  });
}

test('files come with their types, folders as their index', async () => {
  const page = await fetch(server.url);
  expect(await page.text()).toBe('<h1>page</h1>');
  const module = await fetch(`${server.url}module.js?v=1`);
  expect(module.headers.get('content-type')).toMatch('text/javascript');
  expect((await fetch(`${server.url}nothing.js`)).status).toBe(404);
  expect((await fetch(server.url, { method: 'POST' })).status).toBe(405);
});

test('nothing outside the folder is served', async () => {
  expect(await rawStatus('/../secret.txt')).toBe(404);
  expect(await rawStatus('/..%2fsecret.txt')).toBe(404);
  expect(await rawStatus('//%00')).toBe(404);
  expect(await rawStatus('/%zz')).toBe(404);
});

test('a taken port leads to the next one', async () => {
  const port = Number(new URL(server.url).port);
  const second = await serve({ folder: join(folder, 'site'), port });
  expect(Number(new URL(second.url).port)).toBeGreaterThan(port);
  await second.close();
});
