import { elementCount, shapeText, valueOf, type Graph, type GraphNode } from '@convscope/gpu-engine/graph';
import { coverageOf, type Coverage } from '@convscope/xai';
import type { Model, OnnxReport, Preprocessing } from '@convscope/formats';
import { defineCommand } from '../command.ts';
import { loadModel, modelFlags, onnxReport } from '../load-model.ts';
import { bytesText, printable, table } from '../text.ts';

export const inspect = defineCommand({
  name: 'inspect',
  summary: 'layers, shapes, parameters, and the methods that apply',
  flags: {
    ...modelFlags,
    json: { type: 'switch', description: 'machine-readable' },
  },
  run: async ({ flags }, { stdout, signal }) => {
    try {
      const model = await loadModel(flags, signal);
      stdout.write(flags.json ? `${JSON.stringify(modelData(model), undefined, 2)}\n` : modelText(model));
    } catch (thrown) {
      // What is in a file that cannot be run is said all the same.
      const report = await onnxReport(flags.model, signal);
      if (report !== undefined)
        stdout.write(flags.json ? `${JSON.stringify(fileData(report), undefined, 2)}\n` : fileText(report));
      throw thrown;
    }
  },
});

/** What `--json` prints. Fields may be added in later versions; none goes or changes. */
function modelData(model: Model) {
  const { graph } = model;
  const { nodes, operators, parameters, memory, layers, defaults, methods, stripped } = coverageOf(model);
  const suggested = new Set(layers.map(({ name }) => name));
  const input = valueOf(graph, model.input);
  const logits = valueOf(graph, model.logits);
  return {
    name: model.name,
    input: { name: model.input, dtype: input.dtype, shape: input.shape },
    logits: { name: model.logits, shape: logits.shape },
    labels: model.labels,
    preprocessing: model.preprocessing,
    notes: Object.fromEntries(model.notes),
    parameters,
    layers: graph.nodes.map((node) => ({
      name: node.name,
      op: node.op,
      outputs: node.outputs.map((name) => ({
        name,
        dtype: valueOf(graph, name).dtype,
        shape: valueOf(graph, name).shape,
      })),
      parameters: parametersOf(graph, node),
      suggested: suggested.has(node.outputs[0] as string),
    })),
    aliases: Object.fromEntries(graph.aliases),
    methods: methods.map(({ name, applies, reason, remark }) => ({
      name,
      applies,
      reason: reason ?? null,
      ...(remark === undefined ? {} : { remark }),
    })),
    coverage: {
      nodes,
      operators: Object.fromEntries(operators.map(({ op, count }) => [op, count])),
      memory,
      layers: layers.map(({ name, op, shape }) => ({ name, op, shape })),
      defaults: defaults ?? null,
      stripped: stripped ?? null,
      unsupported: [],
    },
  };
}

/** The same of a file that cannot be run: no model, but what is in it. */
function fileData({ operators, unsupported, limits, notes, suggestedLayers: layers, ...report }: OnnxReport) {
  const { nodes, parameters, parameterBytes, valueBytes, opset, producer, inputs, outputs } = report;
  return {
    runs: false,
    opset,
    producer,
    inputs,
    outputs,
    parameters,
    notes: Object.fromEntries(notes),
    coverage: {
      nodes,
      operators: Object.fromEntries(operators),
      memory: { parameters: parameterBytes, values: valueBytes },
      layers,
      limits,
      unsupported,
    },
  };
}

function modelText(model: Model): string {
  const { graph } = model;
  const coverage = coverageOf(model);
  const rows = graph.nodes.map((node) => {
    const [first = ''] = node.outputs;
    const count = parametersOf(graph, node);
    return [first, node.op, shapeText(valueOf(graph, first).shape), count === 0 ? '-' : count.toLocaleString('en')];
  });
  const { parameters: total } = coverage;
  const facts = [
    ['model', model.name],
    ['parameters', `${total.toLocaleString('en')} (${(total * 4).toLocaleString('en')} bytes)`],
    ['nodes', nodesText(coverage)],
    ['memory', memoryText(coverage)],
    ['input', `${model.input}  ${shapeText(valueOf(graph, model.input).shape)}`],
    ['preprocessing', preprocessingText(model.preprocessing)],
    ['class scores', `${model.logits}  ${shapeText(valueOf(graph, model.logits).shape)}`],
    ...(coverage.stripped === undefined ? [] : [['', coverage.stripped]]),
    ['labels', labelsText(model.labels)],
    ...methodRows(coverage),
    ['layers to look at', coverage.layers.map(({ name }) => name).join(', ')],
    ...defaultRows(coverage),
    ...[...graph.aliases].map(([alias, name]) => ['alias', `${alias} = ${name}`]),
    ...[...model.notes].map(([key, note]) => [`note: ${key}`, shortened(note)]),
  ];
  return `${table([['LAYER', 'OP', 'SHAPE', 'PARAMETERS'], ...rows], [3])}\n\n${table(facts)}\n`;
}

/** What is known of a file that cannot be run. */
function fileText(report: OnnxReport): string {
  const { opset, producer, nodes, operators, unsupported, inputs, outputs, parameters, parameterBytes, limits } =
    report;
  const counts = [...operators].toSorted(([, a], [, b]) => b - a).map(([op, count]) => `${count} ${op}`);
  const facts = [
    ['format', `ONNX, opset ${opset}${producer === '' ? '' : `, ${producer}`}`],
    ['nodes', `${nodes}: ${counts.join(', ')}`],
    ['parameters', `${parameters.toLocaleString('en')} (${bytesText(parameterBytes)})`],
    ['inputs', inputs.join(', ')],
    ['outputs', outputs.join(', ')],
    ...limits.map((limit) => ['does not apply', limit]),
    ...unsupported.map(({ node, reason }) => ['cannot be run', `${node}: ${reason}`]),
  ];
  return `${table(facts)}\n`;
}

function nodesText({ nodes, operators }: Coverage): string {
  return `${nodes}: ${operators.map(({ op, count }) => `${count} ${op}`).join(', ')}`;
}

function memoryText({ memory: { parameters, forward, gradient } }: Coverage): string {
  return `${bytesText(parameters)} of parameters; at least ${bytesText(forward)} more to run one picture, ${bytesText(gradient)} for a gradient`;
}

function methodRows({ methods }: Coverage): readonly (readonly string[])[] {
  const applying = methods.filter(({ applies }) => applies);
  return [
    ['methods', applying.map(({ name }) => name).join(', ') || 'none'],
    ...methods.flatMap(({ name, reason }) => (reason === undefined ? [] : [[`not ${name}`, reason]])),
    ...methods.flatMap(({ name, remark }) => (remark === undefined ? [] : [[name, remark]])),
  ];
}

function defaultRows({ defaults }: Coverage): readonly (readonly string[])[] {
  if (defaults === undefined) return [];
  return [['without --layer', `${defaults.featureMaps} (maps), ${defaults.classActivation} (class activation)`]];
}

/** The numbers in the parameters that a node reads. */
function parametersOf(graph: Graph, { inputs }: GraphNode): number {
  return inputs
    .filter((name) => graph.parameters.has(name))
    .reduce((sum, name) => sum + elementCount(valueOf(graph, name).shape as readonly number[]), 0);
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

function shortened(text: string): string {
  return text.length > 100 ? `${printable(text).slice(0, 99)}…` : text;
}
