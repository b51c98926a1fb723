// A small server for files on this machine: the page, and the browser tests.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';

const contentTypes = new Map([
  ['.css', 'text/css; charset=utf-8'],
  ['.html', 'text/html; charset=utf-8'],
  ['.ico', 'image/x-icon'],
  ['.jpg', 'image/jpeg'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.json', 'application/json'],
  ['.map', 'application/json'],
  ['.mjs', 'text/javascript; charset=utf-8'],
  ['.png', 'image/png'],
  ['.svg', 'image/svg+xml'],
  ['.wasm', 'application/wasm'],
  ['.woff2', 'font/woff2'],
]);

async function fileFor(folder, pathname) {
  const path = normalize(join(folder, decodeURIComponent(pathname)));
  if (path !== folder && !path.startsWith(folder + sep)) return undefined;
  const found = await stat(path);
  if (!found.isDirectory()) return { path, size: found.size };
  const index = join(path, 'index.html');
  return { path: index, size: (await stat(index)).size };
}

function listen(server, port, host) {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve(server.address().port);
    });
  });
}

/**
 * Serves `folder` on the first free port from `port` on (0: any).
 *
 * @param {{folder: string, port?: number, host?: string, pages?: Map<string, string>}} options `pages`: HTML by path
 * @returns {Promise<{url: string, close: () => Promise<void>}>}
 */
export async function serve({ folder, port = 0, host = '127.0.0.1', pages = new Map() }) {
  async function answer(request, response) {
    const [pathname] = request.url.split('?');
    const page = pages.get(pathname);
    if (page !== undefined) {
      response.writeHead(200, { 'content-type': contentTypes.get('.html'), 'cache-control': 'no-cache' }).end(page);
      return;
    }
    const file = await fileFor(folder, pathname).catch(() => undefined);
    if (!file || (request.method !== 'GET' && request.method !== 'HEAD')) {
      response.writeHead(file ? 405 : 404, { 'content-type': 'text/plain' }).end(file ? 'GET only\n' : 'not found\n');
      return;
    }
    const type = contentTypes.get(extname(file.path)) ?? 'application/octet-stream';
    response.writeHead(200, { 'content-type': type, 'content-length': file.size, 'cache-control': 'no-cache' });
    if (request.method === 'HEAD') response.end();
    else createReadStream(file.path).pipe(response);
  }
  const server = createServer((request, response) => void answer(request, response));
  for (let candidate = port; ; candidate += 1) {
    try {
      const taken = await listen(server, candidate, host);
      const close = () =>
        new Promise((resolve) => {
          server.close(resolve);
          server.closeAllConnections();
        });
      return { url: `http://${host === '0.0.0.0' || host === '127.0.0.1' ? 'localhost' : host}:${taken}/`, close };
    } catch (error) {
      if (error.code !== 'EADDRINUSE' || port === 0 || candidate >= port + 100) throw error;
    }
  }
}
