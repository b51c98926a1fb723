import { elementCount, shapeText, valueOf, type Graph, type GraphNode } from '@convscope/gpu-engine/graph';
import { layersOf, methodApplies, methodNamed, methodNames } from '@convscope/xai';
import type { Model, Preprocessing } from '@convscope/formats';
import { defineCommand } from '../command.ts';
import { loadModel, modelFlags } from '../load-model.ts';
import { printable, table } from '../text.ts';

export const inspect = defineCommand({
  name: 'inspect',
  summary: 'layers, shapes, parameters, and the methods that apply',
  flags: {
    ...modelFlags,
    json: { type: 'switch', description: 'machine-readable' },
  },
  run: async ({ flags }, { stdout, signal }) => {
    const model = await loadModel(flags, signal);
    stdout.write(flags.json ? `${JSON.stringify(modelData(model), undefined, 2)}\n` : modelText(model));
  },
});

/** What `--json` prints. Fields may be added in later versions; none goes or changes. */
function modelData(model: Model) {
  const { graph } = model;
  const suggested = suggestedLayers(graph);
  const input = valueOf(graph, model.input);
  const logits = valueOf(graph, model.logits);
  return {
    name: model.name,
    input: { name: model.input, dtype: input.dtype, shape: input.shape },
    logits: { name: model.logits, shape: logits.shape },
    labels: model.labels,
    preprocessing: model.preprocessing,
    notes: Object.fromEntries(model.notes),
    parameters: parameterCount(graph),
    layers: graph.nodes.map((node) => ({
      name: node.name,
      op: node.op,
      outputs: node.outputs.map((name) => ({
        name,
        dtype: valueOf(graph, name).dtype,
        shape: valueOf(graph, name).shape,
      })),
      parameters: parametersOf(graph, node),
      suggested: suggested.includes(node.outputs[0] as string),
    })),
    aliases: Object.fromEntries(graph.aliases),
    methods: methodNames.map((name) => {
      const reason = methodApplies(methodNamed(name), model);
      return { name, applies: reason === undefined, reason: reason ?? null };
    }),
  };
}

function modelText(model: Model): string {
  const { graph } = model;
  const rows = graph.nodes.map((node) => {
    const [first = ''] = node.outputs;
    const count = parametersOf(graph, node);
    return [first, node.op, shapeText(valueOf(graph, first).shape), count === 0 ? '-' : count.toLocaleString('en')];
  });
  const total = parameterCount(graph);
  const facts = [
    ['model', model.name],
    ['parameters', `${total.toLocaleString('en')} (${(total * 4).toLocaleString('en')} bytes)`],
    ['input', `${model.input}  ${shapeText(valueOf(graph, model.input).shape)}`],
    ['preprocessing', preprocessingText(model.preprocessing)],
    ['class scores', `${model.logits}  ${shapeText(valueOf(graph, model.logits).shape)}`],
    ['labels', labelsText(model.labels)],
    ['methods', methodsText(model)],
    ['layers to look at', suggestedLayers(graph).join(', ')],
    ...[...graph.aliases].map(([alias, name]) => ['alias', `${alias} = ${name}`]),
    ...[...model.notes].map(([key, note]) => [`note: ${key}`, shortened(note)]),
  ];
  return `${table([['LAYER', 'OP', 'SHAPE', 'PARAMETERS'], ...rows], [3])}\n\n${table(facts)}\n`;
}

function suggestedLayers(graph: Graph): readonly string[] {
  return layersOf(graph)
    .filter(({ suggested }) => suggested)
    .map(({ name }) => name);
}

function parameterCount(graph: Graph): number {
  return [...graph.parameters.keys()].reduce((sum, name) => sum + sizeOf(graph, name), 0);
}

/** The numbers in the parameters that a node reads. */
function parametersOf(graph: Graph, { inputs }: GraphNode): number {
  return inputs.filter((name) => graph.parameters.has(name)).reduce((sum, name) => sum + sizeOf(graph, name), 0);
}

function sizeOf(graph: Graph, parameter: string): number {
  return elementCount(valueOf(graph, parameter).shape as readonly number[]);
}

function preprocessingText(preprocessing: Preprocessing): string {
  const { channels, height, width, resize, scale, mean, standardDeviation, order, invert } = preprocessing;
  return [
    `${channels === 1 ? 'grey' : order}, ${width} x ${height} pixels (${resize})`,
    `scale ${Number(scale.toPrecision(6))}`,
    `mean ${mean.join(' ')}`,
    `standard deviation ${standardDeviation.join(' ')}`,
    ...(invert === true ? ['inverted'] : []),
  ].join(', ');
}

function labelsText(labels: readonly string[]): string {
  if (labels.length === 0) return 'not known';
  const shown = labels.slice(0, 12).join(', ');
  return labels.length > 12 ? `${shown}, … (${labels.length})` : shown;
}

function methodsText(model: Model): string {
  return methodNames
    .map((name) => {
      const reason = methodApplies(methodNamed(name), model);
      return reason === undefined ? name : `not ${name} (${reason})`;
    })
    .join(', ');
}

function shortened(text: string): string {
  return text.length > 100 ? `${printable(text).slice(0, 99)}…` : text;
}
