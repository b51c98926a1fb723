import { allowedValues, methodNamed, methodNames, type Method } from '@convscope/xai';
import { defineCommand } from '../command.ts';
import { table } from '../text.ts';

export const methods = defineCommand({
  name: 'methods',
  summary: 'every method, its paper, parameters, ranges and defaults',
  flags: { json: { type: 'switch', description: 'machine-readable' } },
  operand: { placeholder: 'NAME', description: 'one method in full', choices: methodNames },
  run: async ({ flags: { json }, operand }, { stdout }) => {
    const all = methodNames.map(methodNamed);
    const chosen = operand === undefined ? undefined : methodNamed(operand);
    if (json) {
      const data = chosen === undefined ? all.map(methodData) : methodData(chosen);
      stdout.write(`${JSON.stringify(data, undefined, 2)}\n`);
    } else {
      stdout.write(`${chosen === undefined ? overview(all) : description(chosen)}\n`);
    }
  },
});

/** Everything of a method but its function, for machines. */
export function methodData({ name, title, summary, paper, explains, layer, parameters, caveat }: Method) {
  return { name, title, summary, paper, explains, layer, parameters, caveat: caveat ?? null };
}

function overview(all: readonly Method[]): string {
  const rows = all.map((method) => [
    method.name,
    explainsText(method),
    Object.keys(method.parameters).join(', ') || '-',
    paperText(method),
  ]);
  const header = ['METHOD', 'EXPLAINS', 'PARAMETERS', 'PAPER'];
  return `${table([header, ...rows])}\n\n\`convscope methods NAME\` tells more of one.`;
}

function description(method: Method): string {
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
      ['Paper', `${paper.authors}: ${paper.title}, ${paper.year}${paper.arxiv ? `, arXiv ${paper.arxiv}` : ''}`],
      ['Explains', explainsText(method)],
      ['Layer', LAYERS[method.layer]],
      ...(method.caveat === undefined ? [] : [['Caveat', method.caveat]]),
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
