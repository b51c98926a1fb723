// npm run docs: the reference site, static files in dist-docs/. Elements from their docblocks, methods from their data,
// how-tos from docs/how-to/. `--serve` shows it (PORT and HOST choose where), `--check` opens every page in headless
// Chromium and fails where an example does not come out, `--check-some` only one of each kind, and that no link leads
// nowhere, as `npm test` does; `--pictures DIR` also takes screenshots, `--only TEXT` of some.
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { readElements } from '../packages/viewer/scripts/generate-manifest.mjs';
import { build } from './build.mjs';
import { elementPage } from './docs/element-page.mjs';
import { escapeHtml, inline, markdown } from './docs/html.mjs';
import { layout } from './docs/layout.mjs';
import { checkSite } from './docs/check-site.mjs';
import { methodPage } from './docs/method-page.mjs';
import { installPackages } from './install-packages.mjs';
import { root } from './paths.mjs';
import { serve } from './static-server.mjs';

const out = join(root, 'dist-docs');
const viewer = join(root, 'packages', 'viewer');

const { values } = parseArgs({
  options: {
    serve: { type: 'boolean' },
    check: { type: 'boolean' },
    'check-some': { type: 'boolean' },
    pictures: { type: 'string' },
    only: { type: 'string' },
  },
});

const HOW_TOS = ['own-model', 'embed', 'command-line', 'benchmarks', 'add-a-method'];

/** Pages that are made elsewhere and only linked here. */
const BENCHMARKS = [
  {
    path: 'benchmark/index.html',
    title: 'Run them here',
    group: 'Benchmarks',
    summary: 'Convscope beside TensorFlow.js and ONNX Runtime Web on your own GPU.',
  },
  {
    path: 'benchmark/results.html',
    title: 'Recorded results',
    group: 'Benchmarks',
    summary: 'Every ratio that was recorded, with the machine that it was measured on.',
  },
];

/** One page of each kind: what `--check-some` opens. */
const SOME = ['index.html', 'how-to/embed.html', 'methods/grad-cam.html', 'elements/cs-heatmap.html'];

/** Up to the first full stop or colon that ends one. */
const firstSentence = (text = '') =>
  text
    .replaceAll('\n', ' ')
    .replace(/([.:]) [\s\S]*/, '$1')
    .replace(/:$/, '.');

function howToPages() {
  const folder = join(root, 'docs', 'how-to');
  const found = readdirSync(folder).map((name) => basename(name, '.md'));
  const order = [...HOW_TOS, ...found.filter((name) => !HOW_TOS.includes(name)).toSorted()];
  return order.map((name) => {
    const text = readFileSync(join(folder, `${name}.md`), 'utf8');
    const title = /^# (.*)$/m.exec(text)?.[1] ?? name;
    const [, summary] = /^# .*\n\n([^`#][^`]*?)(?:\n\n|:\n)/m.exec(text) ?? [];
    return {
      path: `how-to/${name}.html`,
      title,
      group: 'How to',
      main: markdown(text),
      summary: firstSentence(summary),
    };
  });
}

async function elementPages() {
  return (await readElements(root)).map((element) => {
    const path = join(viewer, 'docs', 'examples', `${element.tagName}.ts`);
    const isEmbedded = element.tagName === 'cs-explanation';
    if (!isEmbedded && !existsSync(path)) throw new Error(`${element.tagName} has no example: ${path} is missing`);
    const example = isEmbedded ? undefined : readFileSync(path, 'utf8');
    return {
      path: `elements/${element.tagName}.html`,
      title: element.tagName,
      group: 'Elements',
      summary: firstSentence(element.description),
      main: elementPage(element, example),
      script: isEmbedded ? 'convscope.js' : 'examples/examples.js',
    };
  });
}

const built = (path) => import(pathToFileURL(join(root, 'packages', path)).href);

/** The networks of the zoo, each with a picture of its kind, which is written into the site. */
async function subjects() {
  const { modelNames, sampleShapes } = await built('zoo/dist/index.js');
  const { loadModel } = await built('zoo/dist/node.js');
  const { tensorToPicture, writePng } = await built('formats/dist/index.js');
  copyFileSync(join(root, 'docs', 'seven.png'), join(out, 'seven.png'));
  const plain = { mean: [0, 0, 0], standardDeviation: [1, 1, 1], scale: 1 / 255, order: 'rgb' };
  return Promise.all(
    modelNames.map(async (name) => {
      const network = await loadModel(name);
      if (network.preprocessing.channels === 1) return { model: name, network, picture: 'seven.png' };
      const { images } = sampleShapes(1);
      const drawn = { ...network.preprocessing, ...plain, invert: false };
      writeFileSync(join(out, `${name}.png`), writePng(tensorToPicture(images, drawn)));
      return { model: name, network, picture: `${name}.png` };
    }),
  );
}

async function methodPages() {
  const { allowedValues, methodApplies, methods } = await built('xai/dist/index.js');
  const all = await subjects();
  /** The first network that the method works on. */
  const subjectFor = (method) => {
    const found = all.find(({ network }) => methodApplies(method, network) === undefined);
    return found ?? { reason: `on ${all[0].model}, ${methodApplies(method, all[0].network)}` };
  };
  return Object.values(methods).map((method) => ({
    path: `methods/${method.name}.html`,
    title: method.title,
    group: 'Methods',
    summary: method.summary,
    main: methodPage(method, subjectFor(method), allowedValues),
    script: 'convscope.js',
  }));
}

function startPage(pages) {
  const cards = (group) =>
    pages
      .filter((page) => page.group === group)
      .map(
        ({ path, title, summary }) =>
          `<li><a href="${path}"><strong>${escapeHtml(title)}</strong>${summary ? `<span>${inline(summary)}</span>` : ''}</a></li>`,
      )
      .join('\n');
  return {
    path: 'index.html',
    title: 'Reference',
    script: 'convscope.js',
    main: `<h1>See what a network sees</h1>
<p class="lead">Convscope opens a convolutional network and shows why it says what it says: in the browser, on the GPU,
with nothing sent to a server. This is the reference of its elements and methods; every example computes as you read.</p>
<div class="example">
<div><cs-explanation model="digits" src="seven.png" method="grad-cam"><img src="seven.png" alt="A handwritten seven"></cs-explanation></div>
<pre tabindex="0"><code>${escapeHtml(
      `<script type="module" src="convscope.js"></script>\n\n<cs-explanation\n  model="digits"\n  src="seven.png"\n  method="grad-cam"\n></cs-explanation>`,
    )}</code></pre>
</div>
<h2>How to</h2>
<ul class="cards">${cards('How to')}</ul>
<h2>Methods</h2>
<ul class="cards">${cards('Methods')}</ul>
<h2>Elements</h2>
<ul class="cards">${cards('Elements')}</ul>
<h2>Benchmarks</h2>
<ul class="cards">${cards('Benchmarks')}</ul>`,
  };
}

async function benchmarkPages() {
  const { buildPage } = await import(pathToFileURL(join(root, 'bench', 'build-page.mjs')).href);
  await buildPage(join(out, 'benchmark'));
}

async function bundleExamples() {
  const { build: bundle } = await import('vite');
  await bundle({ configFile: join(viewer, 'docs', 'vite.config.ts'), logLevel: 'error' });
}

async function check(paths) {
  const { url, close } = await serve({ folder: out });
  const chosen = paths.filter((path) => values.only === undefined || path.includes(values.only));
  const problems = await checkSite(url, chosen, values.pictures);
  await close();
  if (problems.length > 0) throw new Error(problems.join('\n'));
}

/** Fails where a page links to, or loads, a file of the site that is not there. */
function checkLinks(paths) {
  const broken = paths.flatMap((path) => {
    const links = [...readFileSync(join(out, path), 'utf8').matchAll(/ (?:href|src)="([^"#]+)[^"]*"/g)];
    const own = links.map(([, link]) => link).filter((link) => !/^[a-z]+:/.test(link));
    return [...new Set(own)]
      .filter((link) => !existsSync(join(out, dirname(path), link)))
      .map((link) => `${path}: nothing is at ${link}`);
  });
  if (broken.length > 0) throw new Error(broken.join('\n'));
}

async function main() {
  installPackages();
  if (!build()) throw new Error('the build failed');
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out);
  const own = [...howToPages(), ...(await methodPages()), ...(await elementPages())];
  const linked = [...own, ...BENCHMARKS];
  for (const page of [startPage(linked), ...own]) {
    const path = join(out, page.path);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, layout({ ...page, pages: linked }));
  }
  await benchmarkPages();
  const styles = [join(viewer, 'src/page/styles/base.css'), join(viewer, 'docs/site.css')];
  writeFileSync(join(out, 'site.css'), styles.map((path) => readFileSync(path, 'utf8')).join('\n'));
  const dist = join(viewer, 'dist');
  const embedded = readdirSync(dist).filter((name) => /^convscope.*\.js$|\.safetensors$/.test(name));
  for (const name of embedded) copyFileSync(join(dist, name), join(out, name));
  await bundleExamples();
  console.log(`dist-docs/: ${linked.length + 1} pages`);
  if (values['check-some']) {
    checkLinks([startPage(linked), ...own].map(({ path }) => path));
    await check(SOME);
  } else if (values.check || values.pictures !== undefined)
    await check([startPage(linked), ...own].map(({ path }) => path));
  if (!values.serve) return;
  const { url } = await serve({
    folder: out,
    port: Number(process.env.PORT || 4174),
    host: process.env.HOST || '127.0.0.1',
  });
  console.log(`The reference is at ${url}  (Ctrl+C stops it)`);
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
