// An element's page: live, with the code that feeds it, and its whole public API.
import { escapeHtml, inline, table } from './html.mjs';

const code = (text) => `<code>${escapeHtml(text)}</code>`;
const type = (text) => (text === undefined ? '' : code(text));

/** @param {string | undefined} example the code that gives the element what it shows; HTML alone where there is none */
export function elementPage(element, example) {
  const { tagName, description, folder } = element;
  const attributes = element.attributes.map(({ name, type: text, description: about, initial }) => [
    code(name),
    type(text),
    initial === undefined ? '' : code(initial),
    inline(about),
  ]);
  const byProgram = element.fields.filter(({ attribute }) => attribute === undefined);
  const properties = byProgram.map(({ name, type: text, description: about }) => [
    code(name),
    type(text),
    inline(about),
  ]);
  const events = element.events.map(({ name, type: text, description: about }) => [
    code(name),
    type(text),
    inline(about),
  ]);
  const named = (entries) =>
    entries.map(({ name, description: about }) => [name ? code(name) : 'default', inline(about)]);
  const methods = element.methods.map(({ name, type: text, description: about }) => [
    code(`${name}(): ${text}`),
    inline(about),
  ]);
  const section = (title, header, rows) => (rows.length === 0 ? '' : `<h2>${title}</h2>\n${table(header, rows)}`);
  return `<h1><code>&lt;${tagName}&gt;</code></h1>
<p class="lead">${inline(description)}</p>
${example === undefined ? embedded() : fed(element, example)}
<h2>Import</h2>
<pre tabindex="0"><code>${escapeHtml(`import '@convscope/viewer/elements/${folder}/define';`)}</code></pre>
${section('Attributes', ['Name', 'Type', 'Unless told', 'What it is'], attributes)}
${section('Properties', ['Name', 'Type', 'What it is'], properties)}
${section('Methods', ['Method', 'What it does'], methods)}
${section('Events', ['Name', 'Type', 'When'], events)}
${section('Slots', ['Name', 'What it is for'], named(element.slots))}
${section('Parts', ['Name', 'What it is'], named(element.parts))}
${section('Custom properties', ['Name', 'What it is'], named(element.cssProperties))}
`;
}

const FALLBACK = '<p>This example computes on your graphics card through WebGPU.</p>';
const NEEDS_GPU = new Set(['cs-class-scores', 'cs-evolution', 'cs-feature-maps', 'cs-heatmap']);

function fed({ tagName }, example) {
  const isWide = ['cs-training-chart', 'cs-timeline', 'cs-evolution', 'cs-feature-maps'].includes(tagName);
  return `<div class="example${isWide ? ' wide' : ''}">
<div><${tagName} data-example>${NEEDS_GPU.has(tagName) ? FALLBACK : ''}</${tagName}></div>
<pre tabindex="0"><code>${escapeHtml(example.trimEnd())}</code></pre>
</div>`;
}

const EMBEDDED = `<cs-explanation
  model="digits"
  src="../seven.png"
  method="grad-cam"
>
  <img src="../seven.png" alt="A handwritten seven">
</cs-explanation>`;

const embedded = () => `<div class="example">
<div>${EMBEDDED}</div>
<pre tabindex="0"><code>${escapeHtml(EMBEDDED)}</code></pre>
</div>`;
