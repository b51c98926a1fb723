import { stat } from 'node:fs/promises';
import { basename, extname, resolve } from 'node:path';
import { modelNames } from '@convscope/zoo';
import { invalid } from '../arguments.ts';
import { defineCommand } from '../command.ts';
import { modelFlags, weightFilesOf } from '../load-model.ts';
import { serveFiles } from '../serve/file-server.ts';
import { openBrowser } from '../serve/open-browser.ts';
import { pageFiles, pageFolder } from '../serve/page-folder.ts';
import { printable } from '../text.ts';

const DEFAULT_PORT = 4173;
/** What the page opens. */
const MODEL_KINDS = ['.onnx', '.safetensors'];
const INPUT_KINDS = ['.png', '.jpg', '.jpeg', '.npy'];
const LABEL_KINDS = ['.txt', '.labels', '.names'];

export const serve = defineCommand({
  name: 'serve',
  summary: 'the lab page on this machine, open on your own files',
  flags: {
    model: { ...modelFlags.model, required: false },
    input: { type: 'text', placeholder: 'X', description: 'a .png or .jpg picture, or a .npy file' },
    preprocess: modelFlags.preprocess,
    labels: modelFlags.labels,
    port: {
      type: 'integer',
      min: 0,
      max: 65_535,
      description: `without it the first free one from ${DEFAULT_PORT} on; 0 takes any`,
    },
    open: { type: 'switch', description: 'open the address in your browser' },
  },
  details: [
    'The server answers this machine alone (127.0.0.1), and serves nothing but the page and the files that are named.',
    'Weights that an .onnx file keeps in other files of its folder are served with it.',
    'Everything is computed in the browser. Ctrl+C stops it.',
  ],
  run: async ({ flags }, { stdout, stderr, signal }) => {
    const files = new Map<string, string>();
    const parts: ((origin: string) => string)[] = [];
    const { model, input, preprocess, labels } = flags;
    if (model !== undefined) {
      if (modelNames.includes(model)) parts.push(() => `model=${model}`);
      else {
        parts.push(part('model', await offered('--model', model, MODEL_KINDS, files)));
        for (const [place, path] of await weightFilesOf(model, signal)) files.set(`/files/model/${place}`, path);
      }
    }
    if (preprocess !== undefined) parts.push(() => `preset=${encodeURIComponent(preprocess)}`);
    if (labels !== undefined) parts.push(part('labels', await offered('--labels', labels, LABEL_KINDS, files)));
    if (input !== undefined) parts.push(part('input', await offered('--input', input, INPUT_KINDS, files)));
    const page = await pageFiles(await pageFolder());
    const server = await serveFiles(new Map([...page, ...files]), flags.port ?? DEFAULT_PORT);
    const origin = `http://127.0.0.1:${server.port}`;
    const state = parts.map((write) => write(origin)).join('&');
    const address = `${origin}/${state === '' ? '' : `#${state}`}`;
    try {
      stdout.write(`${printable(address)}\n`);
      stderr.write('Ctrl+C stops it\n');
      if (flags.open && !(await openBrowser(address))) stderr.write('no browser could be started: open the address\n');
      await aborted(signal);
    } finally {
      await server.close();
    }
  },
});

/** Puts a file among those that are served. Throws `invalid-parameter` where it is none that the page opens. */
async function offered(
  flag: string,
  path: string,
  kinds: readonly string[],
  files: Map<string, string>,
): Promise<string> {
  const entry = await stat(path).catch(() => undefined);
  if (entry?.isFile() !== true) {
    throw invalid(flag, entry === undefined ? 'there is no such file' : 'not a file', { got: path });
  }
  if (!kinds.includes(extname(path).toLowerCase())) {
    throw invalid(flag, 'the page does not open files of this kind', { got: path, wanted: kinds.join(', ') });
  }
  const address = `/files/${flag.slice(2)}/${basename(path)}`;
  files.set(address, resolve(path));
  return address;
}

/** The page's state names a file of this server by its whole address. */
function part(name: string, address: string): (origin: string) => string {
  const encoded = address.split('/').map(encodeURIComponent).join('/');
  return (origin) => `${name}=url:${encodeURIComponent(`${origin}${encoded}`)}`;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    if (signal.aborted) done();
    else signal.addEventListener('abort', () => done(), { once: true });
  });
}
