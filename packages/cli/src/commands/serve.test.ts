import { mkdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { runMain, workFolder } from '../fixtures.test-helper.ts';
import { weightFilesOf } from '../load-model.ts';
import { serveFiles } from '../serve/file-server.ts';
import { pageFiles, pageFolder } from '../serve/page-folder.ts';

const folder = workFolder();
const model = join(folder, 'my net & more.safetensors');
writeFileSync(model, 'weights');

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** A request with its path as it is written. */
function ask(port: number, path: string, { method = 'GET', host = `127.0.0.1:${port}` } = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ port, path, method, host: '127.0.0.1', headers: { host } }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (text: string) => (body += text));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    sent.on('error', reject);
    sent.end();
  });
}

test('serves the named files by their exact addresses, and nothing else', async () => {
  const server = await serveFiles(new Map([['/files/model/my net & more.safetensors', model]]), 0);
  try {
    const good = await ask(server.port, '/files/model/my%20net%20%26%20more.safetensors?x');
    expect(good).toMatchObject({ status: 200, body: 'weights' });
    expect(good.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
      'content-security-policy': "frame-ancestors 'none'",
    });
    for (const path of [
      '/',
      '/files/',
      '/files/model/',
      '/files/model/picture.png',
      '/files/model/../model/my%20net%20%26%20more.safetensors',
      '/files/model/%2e%2e/%2e%2e/etc/passwd',
      '/..%2f..%2fetc/passwd',
      '//etc/passwd',
      '/%',
      '/__proto__',
    ]) {
      expect([path, (await ask(server.port, path)).status]).toEqual([path, 404]);
    }
  } finally {
    await server.close();
  }
});

test('answers under no other host’s name, and to nothing but GET and HEAD', async () => {
  const server = await serveFiles(new Map([['/', model]]), 0);
  try {
    expect((await ask(server.port, '/', { host: 'evil.example' })).status).toBe(403);
    expect((await ask(server.port, '/', { host: '127.0.0.1.evil.example' })).status).toBe(403);
    expect((await ask(server.port, '/', { host: `localhost:${server.port}` })).body).toBe('weights');
    expect((await ask(server.port, '/', { method: 'POST' })).status).toBe(405);
    expect(await ask(server.port, '/', { method: 'HEAD' })).toMatchObject({ status: 200, body: '' });
  } finally {
    await server.close();
  }
});

/** One convolution whose weights lie in `parted.onnx.data` (packages/viewer/e2e/tiny-onnx.mjs writes it). */
const parted = Buffer.from(
  'CAg60QEKGwoBeAoBdxIEbWFwcxoHZmlsdGVycyIEQ29udgooCgRtYXBzEgZwb29sZWQaBW1lYW5zIhFHbG9iYWxBdmVyYWdlUG9v' +
    'bAofCgZwb29sZWQSBnNjb3JlcxoEZmxhdCIHRmxhdHRlbhIBZyotCAMIAQgBCAEQAUIBd2ocCghsb2NhdGlvbhIQcGFydGVkLm9u' +
    'bnguZGF0YXABWhsKAXgSFgoUCAESEAoCCAEKAggBCgIIHAoCCBxiGAoGc2NvcmVzEg4KDAgBEggKAggBCgIIA0IECgAQDQ==',
  'base64',
);

test('finds the files of weights that an .onnx file names, in its own folder only', async () => {
  const { signal } = new AbortController();
  const path = join(folder, 'parted.onnx');
  writeFileSync(path, parted);
  expect([...(await weightFilesOf(path, signal))]).toEqual([]);
  const weights = join(folder, 'parted.onnx.data');
  writeFileSync(weights, new Uint8Array(Float32Array.of(-1, 5, 2).buffer));
  expect([...(await weightFilesOf(path, signal))]).toEqual([['parted.onnx.data', realpathSync(weights)]]);
  const outside = join(workFolder(), 'elsewhere');
  writeFileSync(outside, 'x');
  rmSync(weights);
  symlinkSync(outside, weights);
  expect([...(await weightFilesOf(path, signal))]).toEqual([]);
  expect([...(await weightFilesOf(model, signal))]).toEqual([]);
});

test('takes the next port where one is taken', async () => {
  const first = await serveFiles(new Map(), 0);
  const second = await serveFiles(new Map(), first.port);
  expect(second.port).toBeGreaterThan(first.port);
  await Promise.all([first.close(), second.close()]);
});

test('finds the built page in the first place that has one', async () => {
  const page = join(folder, 'page');
  mkdirSync(join(page, 'assets'), { recursive: true });
  writeFileSync(join(page, 'index.html'), 'page');
  writeFileSync(join(page, 'assets', 'a.js'), 'script');
  const [missing, there] = [join(folder, 'nowhere'), page].map((path) => pathToFileURL(path).href);
  const found = await pageFolder([String(missing), String(there)]);
  expect(found).toBe(page);
  expect([...(await pageFiles(found)).keys()].toSorted()).toEqual(['/', '/assets/a.js', '/index.html']);
  await expect(pageFolder([String(missing)])).rejects.toThrow('the page is not built');
});

test.each<[string, readonly string[], RegExp]>([
  ['a model that is nowhere', ['--model', 'nothing.onnx'], /--model: there is no such file; got nothing\.onnx/],
  ['a model of another kind', ['--model', join(folder, 'picture.png')], /--model: .*wanted \.onnx, \.safetensors/],
  ['a folder', ['--input', folder], /--input: not a file/],
  ['class names of another kind', ['--labels', model], /--labels: .*wanted \.txt, \.labels, \.names/],
  ['a port that is none', ['--port', '70000'], /--port.*0 to 65535/],
])('refuses %s', async (_, flags, message) => {
  const { code, stderr } = await runMain(['serve', ...flags]);
  expect(stderr).toMatch(message);
  expect(code).toBe(2);
});
