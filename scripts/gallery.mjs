// npm run gallery -- --data DIR --out DIR: one page of every network in DIR/models (.onnx) under every method, on the
// pictures of DIR/images that fit it, and the shipped network on its own drawing.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { chooseVulkanDriver } from './adapter.mjs';
import { build } from './build.mjs';
import { installPackages } from './install-packages.mjs';
import { root } from './paths.mjs';

/** Methods whose defaults take many passes, made shorter for a page of dozens of figures; the page says so. */
const SHORTER = new Map([
  ['rise', ['masks=300', 'keep=0.5']],
  ['occlusion', ['size=32', 'stride=16']],
  ['integrated-gradients', ['steps=20']],
  ['smooth-grad', ['samples=10']],
]);
/** Pictures on colour networks: one with two animals, one of a thing. */
const PHOTOS = ['pytorch-grad-cam_both.png', 'skimage_coffee.png'];

const { values } = parseArgs({ options: { data: { type: 'string' }, out: { type: 'string' } } });
if (values.data === undefined || values.out === undefined) {
  console.error('wanted: npm run gallery -- --data DIR --out DIR');
  process.exit(2);
}
const data = resolve(values.data);
const out = resolve(values.out);
installPackages();
if (!build()) process.exit(1);
mkdirSync(out, { recursive: true });

const env = { ...process.env, ...chooseVulkanDriver()?.env };
const bin = join(root, 'packages/cli/bin/convscope.js');

/** Runs the command line and gives its status and what it printed. */
function convscope(...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], { env, encoding: 'utf8' });
  return { status, stdout, stderr: stderr.replaceAll(/^Warning: maxDynamic.*\n/gm, '') };
}

const methods = JSON.parse(convscope('methods', '--json').stdout).map(({ name, title }) => ({ name, title }));
const sections = [];
for (const { model, pictures, flags } of subjects()) {
  for (const picture of pictures) sections.push(section(model, picture, flags));
}
writeFileSync(join(out, 'index.html'), page(sections));
console.log(`${join(out, 'index.html')}: ${sections.length} networks and pictures, ${methods.length} methods`);

/** What is shown: the shipped network, then every .onnx file below models/ with pictures of its kind. */
function subjects() {
  const shipped = { model: 'digits', pictures: [join(root, 'docs/seven.png')], flags: [] };
  const folder = join(data, 'models');
  const files = readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.onnx'))
    .toSorted((a, b) => a.localeCompare(b));
  return [shipped, ...files.map((name) => subject(join(folder, name)))];
}

function subject(model) {
  const report = convscope('inspect', '--model', model, '--json');
  if (report.status !== 0) return { model, pictures: [undefined], flags: [] };
  const { input, logits } = JSON.parse(report.stdout);
  const isGrey = input.shape[1] === 1;
  const labels = join(data, 'images/synset.txt');
  const photos = PHOTOS.map((name) => join(data, 'images', name)).filter((path) => existsSync(path));
  const own = readdirSync(dirname(model))
    .filter((name) => /\.(png|jpe?g)$/.test(name))
    .slice(0, 1);
  const pictures = isGrey
    ? [join(root, 'docs/seven.png')]
    : [...own.map((name) => join(dirname(model), name)), ...photos];
  return { model, pictures, flags: logits.shape[1] === 1000 && existsSync(labels) ? ['--labels', labels] : [] };
}

function section(model, picture, flags) {
  if (picture === undefined) {
    return { title: basename(model), figures: [], problem: convscope('inspect', '--model', model).stderr };
  }
  const title = `${basename(model)} on ${basename(picture)}`;
  console.log(title);
  const figures = methods.map(({ name, title: method }) => {
    const file = `${basename(model)}-${basename(picture)}-${name}.png`.replaceAll(/[^\w.-]/g, '_');
    const settings = SHORTER.get(name) ?? [];
    const chosen = settings.flatMap((setting) => ['--set', setting]);
    const what = ['--model', model, '--input', picture, '--method', name, ...flags, ...chosen];
    const { status, stderr } = convscope('explain', ...what, '--out', join(out, file));
    return { method, settings, file: status === 0 ? file : undefined, problem: status === 0 ? '' : stderr };
  });
  return { title, figures, problem: '' };
}

function page(all) {
  const figure = ({ method, settings, file, problem }) =>
    file === undefined
      ? `<p>${escape(method)}: ${escape(problem)}</p>`
      : `<figure><img loading="lazy" src="${encodeURIComponent(file)}" alt="${escape(method)}"><figcaption>${escape(
          [method, ...settings].join(', '),
        )}</figcaption></figure>`;
  const body = all.map(
    ({ title, figures, problem }) =>
      `<h2>${escape(title)}</h2><p>${escape(problem)}</p><div>${figures.map(figure).join('')}</div>`,
  );
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Convscope gallery</title><style>
body{font:16px/1.5 system-ui,sans-serif;margin:2rem;background:#f6f7f9;color:#16181d}
div{display:grid;grid-template-columns:repeat(auto-fill,minmax(30rem,1fr));gap:1rem}
figure{margin:0;background:#fff;padding:1rem;border-radius:.5rem}img{width:100%}figcaption{color:#5b6270}
</style><h1>Every network under every method</h1>${body.join('')}</html>\n`;
}

function escape(text) {
  return text.replaceAll(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
