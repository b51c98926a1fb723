import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { extname } from 'node:path';
import { ConvscopeError } from '@convscope/gpu-engine/graph';
import { errorCode } from '../file-errors.ts';

const CONTENT_TYPES: ReadonlyMap<string, string> = new Map([
  ['.css', 'text/css; charset=utf-8'],
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.json', 'application/json'],
  ['.png', 'image/png'],
  ['.svg', 'image/svg+xml'],
  ['.wasm', 'application/wasm'],
]);

/** On every answer: the page's own policy is in the page; nothing here is for other sites. */
const HEADERS = {
  'cache-control': 'no-cache',
  'content-security-policy': "frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const;

/** This machine alone. */
const HOST = '127.0.0.1';
/** Ports that are tried where one is taken. */
const MOST_PORTS = 100;

export interface RunningServer {
  readonly port: number;
  readonly close: () => Promise<void>;
}

/**
 * Serves files by their exact addresses to this machine alone, read anew for each request; every other address is not
 * found. Requests under another host's name are refused, so that no other site can reach the files through the browser.
 *
 * @param files paths by percent-decoded address: `/files/model/my net.onnx`.
 * @param port the first one that is tried; 0 takes any.
 */
export async function serveFiles(files: ReadonlyMap<string, string>, port: number): Promise<RunningServer> {
  const server = createServer((request, response) => {
    answer(files, request, response).catch(() => response.destroy());
  });
  for (let candidate = port; ; candidate++) {
    try {
      const taken = await listen(server, candidate);
      return { port: taken, close: () => closed(server) };
    } catch (thrown) {
      const code = errorCode(thrown);
      if (code === 'EADDRINUSE' && port !== 0 && candidate < Math.min(port + MOST_PORTS, 65_535)) continue;
      throw new ConvscopeError('invalid-parameter', `no server can be started here (${code})`, {
        node: '--port',
        got: String(candidate),
      });
    }
  }
}

async function answer(
  files: ReadonlyMap<string, string>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const refuse = (status: number, words: string): void => {
    response.writeHead(status, { ...HEADERS, 'content-type': 'text/plain; charset=utf-8' }).end(`${words}\n`);
  };
  if (!isOwnHost(request.headers.host)) return refuse(403, 'this server answers under localhost and 127.0.0.1 only');
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405, 'GET and HEAD only');
  const path = files.get(addressOf(request.url ?? ''));
  const entry = path === undefined ? undefined : await stat(path).catch(() => undefined);
  if (path === undefined || entry?.isFile() !== true) return refuse(404, 'not found');
  const type = CONTENT_TYPES.get(extname(path).toLowerCase()) ?? 'application/octet-stream';
  response.writeHead(200, { ...HEADERS, 'content-type': type, 'content-length': entry.size });
  if (request.method === 'HEAD' || entry.size === 0) {
    response.end();
    return;
  }
  // A file that grows meanwhile is cut where it ended.
  createReadStream(path, { end: entry.size - 1 })
    .on('error', () => response.destroy())
    .pipe(response);
}

function addressOf(url: string): string {
  try {
    return decodeURIComponent(url.split('?')[0] ?? '');
  } catch {
    return '';
  }
}

function isOwnHost(host: string | undefined): boolean {
  return /^(?:localhost|127\.0\.0\.1)(?::\d{1,5})?$/i.test(host ?? '');
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
