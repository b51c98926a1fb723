// npm run gallery -- --data DIR --out DIR [--only TEXT] [--methods A,B]: one page of every network in DIR/models (.onnx)
// under every method, on the pictures of DIR/images that fit it, and the shipped network on its own drawing. The figures
// are made by the command line, in this process. `--only` takes networks whose path has TEXT in it,
// `--cli` another build of the command line.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { chooseVulkanDriver } from './adapter.mjs';
import { build } from './build.mjs';
import { galleryPage } from './gallery-page.mjs';
import { installPackages } from './install-packages.mjs';
import { root } from './paths.mjs';

/** Methods whose defaults take many passes, made shorter for a page of dozens of figures; the page says so. */
const SHORTER = new Map([
  ['rise', ['masks=300', 'keep=0.5']],
  ['occlusion', ['size=32', 'stride=16']],
  ['integrated-gradients', ['steps=20']],
  ['smooth-grad', ['samples=10']],
]);
/** Patches for networks that take small pictures. */
const SMALL = new Map([['occlusion', ['size=7', 'stride=3']]]);
/** Pictures on colour networks, with the classes of ImageNet to ask about: one with two animals, one of a thing. */
const PHOTOS = [
  { file: 'pytorch-grad-cam_both.png', targets: [243, 285] },
  { file: 'skimage_coffee.png', targets: [undefined] },
];
/** How pictures become the input where the file does not say it (the networks' own documentation does). */
const PRESETS = new Map([
  ['SqueezeNet_fp16.onnx', 'raw'],
  ['mnist.onnx', '0..255'],
  ['ImageClassifier.onnx', '-1..1'],
]);
const CIFAR_10 = ['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck'];

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    out: { type: 'string' },
    only: { type: 'string' },
    methods: { type: 'string' },
    cli: { type: 'string' },
  },
});
if (values.data === undefined || values.out === undefined) {
  console.error('wanted: npm run gallery -- --data DIR --out DIR [--only TEXT] [--methods A,B]');
  process.exit(2);
}
const data = resolve(values.data);
const out = resolve(values.out);
let entry = values.cli;
if (entry === undefined) {
  installPackages();
  if (!build()) process.exit(1);
  entry = join(root, 'packages/cli/dist/main.js');
}
mkdirSync(out, { recursive: true });
Object.assign(process.env, chooseVulkanDriver()?.env);
const { main } = await import(pathToFileURL(resolve(entry)).href);
const { writePng } = await import(pathToFileURL(join(root, 'packages/formats/dist/index.js')).href);

/** Runs the command line and gives its status and what it printed. */
async function convscope(...args) {
  const texts = { stdout: '', stderr: '' };
  const sink = (name) => ({ write: (text) => (texts[name] += text) });
  const status = await main(args, { stdout: sink('stdout'), stderr: sink('stderr'), env: process.env });
  return { status, ...texts };
}

const allMethods = JSON.parse((await convscope('methods', '--json')).stdout);
const chosen = values.methods?.split(',');
/** Left out are what other pages show: filters, pictures made from noise. */
const methods = allMethods.filter(
  ({ name, kind, explains, layer }) =>
    (chosen?.includes(name) ?? true) && kind === 'map' && (explains.length > 0 || layer !== 'none'),
);
const sections = [];
for (const { model, pictures, flags, report } of await subjects()) {
  for (const picture of pictures) sections.push(await section({ model, picture, flags, report }));
}
writeFileSync(join(out, 'index.html'), galleryPage(sections));
console.log(`${join(out, 'index.html')}: ${sections.length} networks and pictures, ${methods.length} methods`);

/** What is shown: the shipped network, then every .onnx file below models/ with pictures of its kind. */
async function subjects() {
  const seven = { path: join(root, 'docs/seven.png') };
  const digit = { path: mnistDigit() ?? join(root, 'docs/seven.png') };
  const folder = join(data, 'models');
  const files = readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.onnx'))
    .toSorted((a, b) => a.localeCompare(b))
    .map((name) => join(folder, name));
  const found = [];
  for (const model of ['digits', ...files]) {
    if (values.only !== undefined && !model.includes(values.only)) continue;
    const flags = PRESETS.has(basename(model)) ? ['--preprocess', PRESETS.get(basename(model))] : [];
    const { status, stdout, stderr } = await convscope('inspect', '--model', model, '--json', ...flags);
    if (status !== 0) {
      found.push({ model, pictures: [undefined], flags, report: { problem: stderr } });
      continue;
    }
    const report = JSON.parse(stdout);
    const isImageNet = report.logits.shape[1] === 1000;
    const labels = labelsFor(report);
    const photos = PHOTOS.map(({ file, targets }) => ({ path: join(data, 'images', file), targets })).filter(
      ({ path }) => existsSync(path),
    );
    const own = model === 'digits' ? [] : readdirSync(dirname(model)).filter((name) => /\.(png|jpe?g)$/.test(name));
    const pictures =
      report.input.shape[1] === 1
        ? [model === 'digits' ? seven : digit]
        : [
            ...own.slice(0, 1).map((name) => ({ path: join(dirname(model), name) })),
            ...photos.flatMap(({ path, targets }) =>
              (isImageNet ? targets : [undefined]).map((target) => ({ path, target })),
            ),
          ];
    found.push({ model, pictures, flags: labels === undefined ? flags : [...flags, '--labels', labels], report });
  }
  return found;
}

/**
 * The first test picture of MNIST, a 7, as a file. Networks that were trained on it want digits as it has them: in a box of
 * 20 pixels, with the centre of mass in the middle of 28. Our own drawing lies 4 pixels higher, and such a network
 * (Windows ML's mnist.onnx) reads it as a 1, but as a 7 once it is moved there.
 */
function mnistDigit() {
  const source = join(data, 'sets/mnist/t10k-images-idx3-ubyte.gz');
  if (!existsSync(source)) return undefined;
  const header = 16;
  const grey = gunzipSync(readFileSync(source)).subarray(header, header + 28 * 28);
  const pixels = new Uint8ClampedArray(4 * grey.length).fill(255);
  grey.forEach((value, index) => pixels.fill(value, 4 * index, 4 * index + 3));
  const path = join(out, 'mnist-7.png');
  writeFileSync(path, writePng({ width: 28, height: 28, data: pixels }));
  return path;
}

/** A file of class names for ImageNet's and CIFAR-10's networks, which hardly ever bring their own. */
function labelsFor({ input, logits, labels }) {
  const synsets = join(data, 'images/synset.txt');
  if (labels.length > 0) return undefined;
  if (logits.shape[1] === 1000) return existsSync(synsets) ? synsets : undefined;
  if (logits.shape[1] !== 10 || input.shape[1] !== 3 || input.shape[2] !== 32) return undefined;
  const path = join(out, 'cifar-10.txt');
  writeFileSync(path, CIFAR_10.join('\n'));
  return path;
}

async function section({ model, picture, flags, report }) {
  const name = model === 'digits' ? model : relative(join(data, 'models'), model);
  if (picture === undefined) return { title: name, figures: [], report };
  const { path, target } = picture;
  const title = `${name} on ${basename(path)}${target === undefined ? '' : `, class ${target}`}`;
  const figures = [];
  for (const method of methods) figures.push(await figure({ name, model, path, target, flags, method, report }));
  console.log(`${title}: ${figures.filter(({ file }) => file !== undefined).length} of ${figures.length} figures`);
  return { title, figures, report, flags };
}

async function figure({ name, model, path, target, flags, method, report }) {
  const applicable = report.methods.find((candidate) => candidate.name === method.name);
  if (applicable?.applies === false) return { method: method.title, problem: applicable.reason };
  const parts = [name, basename(path), ...(target === undefined ? [] : [target]), method.name];
  const file = `${parts.join('-')}.png`.replaceAll(/[^\w.-]/g, '_');
  const isSmall = (report.preprocessing?.height ?? 0) <= 64;
  const wanted = (isSmall ? SMALL.get(method.name) : undefined) ?? SHORTER.get(method.name) ?? [];
  const settings = wanted.filter((setting) => Object.hasOwn(method.parameters, setting.split('=')[0]));
  const { status, stderr } = await convscope(
    'explain',
    '--model',
    model,
    '--input',
    path,
    '--method',
    method.name,
    ...flags,
    ...settings.flatMap((setting) => ['--set', setting]),
    ...(target === undefined || !method.explains.includes('class') ? [] : ['--target', String(target)]),
    '--out',
    join(out, file),
  );
  const said = stderr.split('\n').filter((line) => /^(layer|class|unit|values|note:|completeness)/.test(line));
  return status === 0 && readFileSync(join(out, file)).length > 0
    ? { method: method.title, settings, file, said }
    : { method: method.title, settings, problem: stderr };
}
