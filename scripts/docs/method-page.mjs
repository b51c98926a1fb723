// A method's page, from its data: formula, paper, parameters, and the method at work.
import { escapeHtml, formula, inline, table } from './html.mjs';

/** What makes an example show much in little time; the page shows it with the rest of its code. */
const EXAMPLES = new Map([
  ['deconvnet', { layer: 'relu2', unit: '5' }],
  ['deconvnet-overlay', { layer: 'relu2' }],
  ['activation-map', { layer: 'relu2' }],
  ['feature-maps', { layer: 'relu2' }],
  ['layer-cam', { layer: 'relu2' }],
  ['rise', { parameters: 'masks=500' }],
  ['feature-visualization', { layer: 'relu2', unit: '5', parameters: 'steps=64' }],
  ['reconstruction', { layer: 'relu2', parameters: 'length=0.2' }],
  ['reconstruction-ladder', { parameters: 'length=0.05' }],
  ['deep-dream', { layer: 'relu2' }],
]);

const LAYERS = {
  none: 'looks at none',
  unit: 'the one of the unit that is explained',
  'first-features': 'the first with feature maps, unless told',
  'last-features': 'the last with feature maps, unless told',
};

/**
 * @param {{model: string, picture: string} | {reason: string}} subject what the example is about, or why there is none
 */
export function methodPage(method, subject, allowedValues) {
  const { title, name, summary, paper, explains, layer, caveat, kind } = method;
  const parameters = Object.entries(method.parameters).map(([parameter, specification]) => [
    `<code>${escapeHtml(parameter)}</code>`,
    escapeHtml(allowedValues(specification)),
    `<code>${escapeHtml(specification.default)}</code>`,
    inline(specification.description),
  ]);
  const facts = [
    ['Name', `<code>${name}</code>`],
    ['Explains', explains.length === 0 ? 'the layer itself' : explains.map((what) => `a ${what}`).join(' or ')],
    ['Layer', LAYERS[layer]],
    ['Gives', kind === 'picture' ? 'pictures in the space of the input' : 'maps, with their sign'],
  ];
  return `<h1>${escapeHtml(title)}</h1>
<p class="lead">${inline(summary)}</p>
${'reason' in subject ? `<p class="note">No example: ${escapeHtml(subject.reason)}.</p>` : live(method, subject)}
<h2>Formula</h2>
${formula(method.formula)}
${caveat === undefined ? '' : `<h2>Known limit</h2>\n<p class="note">${inline(capital(caveat))}.</p>`}
<h2>Paper</h2>
<p>${paperLine(paper)}</p>
<h2>In short</h2>
${table(
  ['What', 'Is'],
  facts.map(([what, is]) => [what, is]),
)}
<h2>Parameters</h2>
${table(['Name', 'Takes', 'Unless told', 'What it is'], parameters) || '<p>It has none.</p>'}
<h2>From the command line</h2>
<pre tabindex="0"><code>${escapeHtml(commandLine(method, subject))}</code></pre>
`;
}

function live({ name, input }, { model, picture }) {
  const attributes = {
    model,
    ...(input === 'none' ? {} : { src: `../${picture}` }),
    method: name,
    ...EXAMPLES.get(name),
  };
  const text = Object.entries(attributes).map(([key, value]) => `${key}="${value}"`);
  const html = `<cs-explanation ${text.join(' ')}></cs-explanation>`;
  const code = `<cs-explanation\n  ${text.join('\n  ')}\n></cs-explanation>`;
  return `<div class="example">
<div>${html.replace('></', '><p>This example computes on your graphics card through WebGPU.</p></')}</div>
<pre tabindex="0"><code>${escapeHtml(code)}</code></pre>
</div>`;
}

function paperLine({ authors, title, year, arxiv }) {
  const text = `${escapeHtml(authors)}: <cite>${escapeHtml(title)}</cite>, ${year}.`;
  return arxiv === undefined ? text : `${text} <a href="https://arxiv.org/abs/${arxiv}">arXiv ${arxiv}</a>`;
}

function commandLine({ name, input, kind }, { model = 'model.onnx', picture = 'picture.jpg' }) {
  const { layer, unit, parameters } = EXAMPLES.get(name) ?? {};
  return [
    `convscope explain --model ${model}`,
    ...(input === 'none' ? [] : [`--input ${picture}`]),
    `--method ${name}`,
    ...(layer === undefined ? [] : [`--layer ${layer}`]),
    ...(unit === undefined ? [] : [`--unit ${unit}`]),
    ...(parameters?.split(', ') ?? []).map((setting) => `--set ${setting}`),
    `--out ${kind === 'picture' ? 'picture' : 'map'}.png`,
  ].join(' ');
}

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
