import { writeNpy, type Model } from '@convscope/formats';
import { ancestors, shapeText, upTo, type Graph, type TensorData } from '@convscope/gpu-engine/graph';
import { invalid } from '../arguments.ts';
import { defineCommand, type Context } from '../command.ts';
import { namedValue } from '../layer-flag.ts';
import { inputFlag, loadInput } from '../load-input.ts';
import { loadModel, modelFlags } from '../load-model.ts';
import { checkedOutputFile, writeFiles } from '../output.ts';
import { Progress } from '../progress.ts';
import { printable } from '../text.ts';
import { withSession } from '../with-session.ts';

export const run = defineCommand({
  name: 'run',
  summary: 'any value of the graph, by name, as .npy',
  computes: true,
  flags: {
    ...modelFlags,
    input: inputFlag,
    output: {
      type: 'list',
      placeholder: 'NAME=FILE.npy',
      required: true,
      description: 'the value of this name or alias; `convscope inspect` lists them',
    },
  },
  run: async ({ flags }, context) => {
    const { stdout, stderr, signal } = context;
    const wanted = await wantedOutputs(flags.output);
    const model = await loadModel(flags, signal);
    const names = new Map([...wanted].map(([path, name]) => [path, namedValue(model.graph, '--output', name).name]));
    const input = await loadInput(flags.input, model, signal);
    const progress = new Progress(stderr, 'run');
    progress.update(0);
    const values = await computeValues(model, input, new Set(names.values()), context).finally(() => progress.end());
    const files = new Map([...names].map(([path, name]) => [path, writeNpy(values.get(name) as TensorData)]));
    await writeFiles(files, signal);
    for (const [path, name] of wanted) {
      const { dtype, shape } = values.get(names.get(path) as string) as TensorData;
      stdout.write(`${printable(name)} ${dtype} ${shapeText(shape)} ${printable(path)}\n`);
    }
  },
});

/** File by file the value that goes into it. */
async function wantedOutputs(texts: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const wanted = new Map<string, string>();
  for (const text of texts) {
    const [, name, path] = /^([^=]+)=(.+)$/s.exec(text) ?? [];
    if (name === undefined || path === undefined) {
      throw invalid('--output', 'not an output', { got: JSON.stringify(text), wanted: 'NAME=FILE.npy' });
    }
    const target = await checkedOutputFile('--output', path, ['.npy']);
    if (wanted.has(target)) throw invalid('--output', 'two values go into one file', { got: path });
    wanted.set(target, name);
  }
  return wanted;
}

/** Values by name; what is no result of a computation needs no GPU. */
async function computeValues(
  model: Model,
  input: TensorData<'float32'>,
  names: ReadonlySet<string>,
  context: Context,
): Promise<ReadonlyMap<string, TensorData>> {
  const values = new Map<string, TensorData>();
  for (const name of names) {
    const given = name === model.input ? input : (model.parameters.get(name) ?? model.graph.constants.get(name));
    if (given !== undefined) values.set(name, given);
  }
  const computed = [...names].filter((name) => !values.has(name));
  if (computed.length === 0) return values;
  const needed = ancestors(model.graph, computed);
  const missing = [...model.graph.inputs, ...model.graph.scalars].find(
    (name) => name !== model.input && needed.has(name),
  );
  if (missing !== undefined) {
    throw invalid('--output', 'the value needs an input that cannot be given here', {
      got: missing,
      wanted: model.input,
    });
  }
  return withSession(model, context, async (session) => {
    const build = (graph: Graph): Graph => upTo(graph, ...computed);
    const inputs = needed.has(model.input) ? { [model.input]: input } : {};
    const results = await session.run('outputs', input, build, { inputs, signal: context.signal });
    for (const [name, tensor] of results) values.set(name, await tensor.read());
    return values;
  });
}
