import { allowedValues, methodNamed, methodNames, methodsFor, type Applicability, type Method } from '@convscope/xai';
import { defineCommand } from '../command.ts';
import { loadModel, modelFlags } from '../load-model.ts';
import { table } from '../text.ts';

export const methods = defineCommand({
  name: 'methods',
  summary: 'every method, its paper, parameters, ranges and defaults',
  flags: {
    model: {
      ...modelFlags.model,
      required: false,
      description: `whether each works on this model, and why not: ${modelFlags.model.description}`,
    },
    json: { type: 'switch', description: 'machine-readable' },
  },
  operand: { placeholder: 'NAME', description: 'one method in full', choices: methodNames },
  run: async ({ flags: { json, model }, operand }, { stdout, signal }) => {
    const fits = model === undefined ? undefined : applicabilities(methodsFor(await loadModel({ model }, signal)));
    const all = methodNames.map(methodNamed);
    const chosen = operand === undefined ? undefined : methodNamed(operand);
    if (json) {
      const data = (method: Method) => ({ ...methodData(method), ...fitData(fits?.get(method.name)) });
      stdout.write(`${JSON.stringify(chosen === undefined ? all.map(data) : data(chosen), undefined, 2)}\n`);
    } else {
      stdout.write(`${chosen === undefined ? overview(all, fits) : description(chosen, fits?.get(chosen.name))}\n`);
    }
  },
});

/** Everything of a method but its function, for machines. */
function methodData({
  name,
  title,
  summary,
  formula,
  paper,
  explains,
  layer,
  parameters,
  caveat,
  kind,
  input,
}: Method) {
  const takes = { input: input ?? null, kind: kind ?? 'map' };
  return { name, title, summary, formula, paper, explains, layer, ...takes, parameters, caveat: caveat ?? null };
}

type Fits = ReadonlyMap<string, Applicability>;

function applicabilities(list: readonly Applicability[]): Fits {
  return new Map(list.map((fit) => [fit.name, fit]));
}

/** Fields that `--model` adds. */
function fitData(fit: Applicability | undefined) {
  return fit === undefined ? {} : { applies: fit.applies, reason: fit.reason ?? null, remark: fit.remark ?? null };
}

function fitText({ reason, remark }: Applicability): string {
  if (reason !== undefined) return `no: ${reason}`;
  return remark === undefined ? 'yes' : `yes: ${remark}`;
}

function overview(all: readonly Method[], fits: Fits | undefined): string {
  if (fits !== undefined) {
    const rows = all.map(({ name }) => [name, fitText(fits.get(name) as Applicability)]);
    return table([['METHOD', 'WORKS ON THIS MODEL'], ...rows]);
  }
  const rows = all.map((method) => [
    method.name,
    explainsText(method),
    Object.keys(method.parameters).join(', ') || '-',
    paperText(method),
  ]);
  const header = ['METHOD', 'EXPLAINS', 'PARAMETERS', 'PAPER'];
  return `${table([header, ...rows])}\n\n\`convscope methods NAME\` tells more of one.`;
}

function description(method: Method, fit: Applicability | undefined): string {
  const { paper } = method;
  const parameters = Object.entries(method.parameters).map(([name, specification]) => [
    `  --set ${name}=${String(specification.default)}`,
    `${specification.description}; ${allowedValues(specification)}`,
  ]);
  return [
    `${method.name}: ${method.title}`,
    method.summary,
    '',
    table([
      ['Formula', method.formula],
      ['Paper', `${paper.authors}: ${paper.title}, ${paper.year}${paper.arxiv ? `, arXiv ${paper.arxiv}` : ''}`],
      ['Explains', explainsText(method)],
      ['Layer', layerText(method)],
      ...(method.caveat === undefined ? [] : [['Caveat', method.caveat]]),
      ...(fit === undefined ? [] : [['This model', fitText(fit)]]),
    ]),
    '',
    ...(parameters.length === 0 ? ['It has no parameters.'] : ['Parameters, with their defaults:', table(parameters)]),
  ].join('\n');
}

function explainsText({ explains }: Method): string {
  return explains.length === 0 ? 'a layer itself' : explains.map((what) => `a ${what}`).join(' or ');
}

function paperText({ paper }: Method): string {
  const authors = paper.authors.split(', ');
  const names = authors.length > 2 ? `${authors[0]} et al.` : authors.join(' & ');
  return `${names} ${paper.year}${paper.arxiv === undefined ? '' : `, ${paper.arxiv}`}`;
}

const LAYERS: Readonly<Record<Method['layer'], string>> = {
  none: 'takes none',
  unit: '--layer names the layer of the unit; without it a class is explained',
  'first-features': '--layer, by default the first stage with feature maps',
  'last-features': '--layer, by default the last stage with feature maps',
};

function layerText({ layer, explains }: Method): string {
  return layer === 'unit' && !explains.includes('class') ? LAYERS['last-features'] : LAYERS[layer];
}
