// Two servers: one with the elements and the networks, as a content network has them; one with an author's pages.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname } from 'node:path';
import { writeOnnx } from '@convscope/formats';
import { loadModel } from '@convscope/zoo/node';
import { strangeModel } from './tiny-onnx.mjs';

const dist = new URL('../dist/', import.meta.url);
const types = new Map([
  ['.js', 'text/javascript'],
  ['.png', 'image/png'],
]);

function listen(answer) {
  const server = createServer((request, response) => void answer(request, response));
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () =>
      resolve({
        url: `http://127.0.0.1:${server.address().port}/`,
        close: () => {
          server.close();
          server.closeAllConnections();
        },
      }),
    );
  });
}

/** The other origin, open to all pages; `requested` are the paths that were asked for. */
async function serveElements() {
  const made = new Map([
    ['/strange.onnx', async () => Uint8Array.from(strangeModel)],
    ['/digits.onnx', async () => writeOnnx(await loadModel('digits'))],
    ['/seven.png', async () => readFile(new URL('../../../docs/seven.png', import.meta.url))],
  ]);
  const requested = [];
  const server = await listen(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    requested.push(pathname);
    const read = made.get(pathname) ?? (() => readFile(new URL(`.${pathname}`, dist)));
    const bytes = await read().catch(() => undefined);
    if (bytes === undefined) response.writeHead(404, { 'access-control-allow-origin': '*' }).end();
    else {
      const type = types.get(extname(pathname)) ?? 'application/octet-stream';
      response.writeHead(200, {
        'access-control-allow-origin': '*',
        'content-type': type,
        'content-length': bytes.length,
      });
      response.end(bytes);
    }
  });
  return { ...server, requested };
}

/** The policy that `docs/how-to/embed.md` tells authors to set, with nothing more allowed. */
export const policyFor = (elements) =>
  [
    "default-src 'none'",
    `script-src 'self' ${elements}`,
    `connect-src ${elements}`,
    `img-src ${elements}`,
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types lit-html',
  ].join('; ');

/** Events of all elements of the page, in `window.seen`, from a script that the policy allows. */
const listener = `window.seen = [];
  for (const name of ['load', 'progress', 'error']) {
    document.addEventListener(name, (event) => {
      if (!(event instanceof CustomEvent)) return;
      const { explanation, prediction, error, ...detail } = event.detail ?? {};
      const best = prediction?.[0];
      window.seen.push({ id: event.target.id, name, ...detail, ...(best && { best: best.label, method: explanation.method }) });
    }, { capture: true });
  }`;

/** Opens an author's page with this body; fails on errors, rejections and violations of its policy. */
export async function withEmbed(browser, body, use, { prepare, allowed = [] } = {}) {
  const elements = await serveElements();
  const site = await listen((request, response) => {
    if (request.url === '/listener.js') {
      response.writeHead(200, { 'content-type': 'text/javascript' }).end(listener);
      return;
    }
    const origin = elements.url.slice(0, -1);
    response.writeHead(200, { 'content-type': 'text/html', 'content-security-policy': policyFor(origin) });
    response.end(`<!doctype html><html lang="en"><meta charset="utf-8"><title>A post</title>
      <link rel="icon" href="${origin}/seven.png">
      <script src="/listener.js"></script>
      <script type="module" crossorigin src="${origin}/convscope.js"></script>
      ${body.replaceAll('ELEMENTS', origin)}</html>`);
  });
  const page = await browser.newPage();
  const problems = [];
  page.on('pageerror', (error) => problems.push(String(error?.message ?? error)));
  page.on('console', (message) => {
    if (['error', 'warn'].includes(message.type())) problems.push(message.text());
  });
  try {
    await prepare?.(page);
    await page.goto(site.url);
    await use(page, elements);
    // A violation of the policy is an error on the console.
    const strange = problems.filter((text) => !allowed.some((pattern) => pattern.test(text)));
    if (strange.length > 0) throw new Error(`errors in the page: ${strange.join('; ')}`);
  } finally {
    await page.close();
    site.close();
    elements.close();
  }
}

export const statusIs = (page, id, status) =>
  page.waitForFunction(
    (id, status) => document.getElementById(id)?.getAttribute('status') === status,
    { timeout: 120_000, polling: 50 },
    id,
    status,
  );

export const textIn = (page, id) =>
  page.evaluate((id) => document.getElementById(id).shadowRoot.textContent.replace(/\s+/g, ' ').trim(), id);

export const eventsOf = (page, id, name) =>
  page.evaluate((id, name) => window.seen.filter((event) => event.id === id && event.name === name), id, name);
