import { extname } from 'node:path';
import { readCheckpoint, writePng, type Model } from '@convscope/formats';
import type { ParameterSet } from '@convscope/gpu-engine';
import type { TensorData } from '@convscope/gpu-engine/graph';
import { methodNamed, type Explanation, type ExplanationRequest } from '@convscope/xai';
import { evolutionAnimation, evolutionFigure, type EvolutionContent, type EvolutionStep } from '@convscope/xai/render';
import { invalid } from '../arguments.ts';
import { checkpointsIn, type CheckpointFile } from '../checkpoint-files.ts';
import { defineCommand } from '../command.ts';
import { checkedRequest, checkFlags, methodFlag, parseSettings, seedFlag } from '../explanation-request.ts';
import { evolutionPage } from '../figure/evolution-page.ts';
import { layerFlag } from '../layer-flag.ts';
import { inputFlag, loadInput } from '../load-input.ts';
import { checkedOutputFile, writeFiles } from '../output.ts';
import { Progress } from '../progress.ts';
import { readUserFile } from '../read-file.ts';
import { printable } from '../text.ts';
import { withSession } from '../with-session.ts';

/** Checkpoints in one figure. */
const MOST_CHECKPOINTS = 200;

export const evolve = defineCommand({
  name: 'evolve',
  summary: 'one explanation at every checkpoint of a training, side by side',
  computes: true,
  flags: {
    run: { type: 'text', placeholder: 'DIR', required: true, description: 'the --out folder of a training' },
    input: inputFlag,
    method: methodFlag,
    layer: layerFlag,
    unit: { type: 'text', placeholder: 'C|C,Y,X', description: 'a unit of the layer' },
    target: {
      type: 'integer',
      min: 0,
      max: 999_999,
      description: "a class; without it the last checkpoint's top class",
    },
    set: { type: 'list', placeholder: 'key=value', description: 'parameters of the method' },
    seed: seedFlag,
    out: {
      type: 'text',
      placeholder: 'FILE',
      required: true,
      description: 'a figure as .png, an animation as .gif, or a page as .html',
    },
  },
  details: ['All checkpoints are explained for the same input and class and drawn on one scale, labelled with steps.'],
  run: async ({ flags }, context) => {
    const { stdout, stderr, signal } = context;
    const method = methodNamed(flags.method);
    if (method.kind === 'picture') throw invalid('--method', `${method.name} makes pictures, not maps on one scale`);
    const unit = checkFlags(method, flags);
    const parameters = parseSettings(method, flags.set);
    const path = await checkedOutputFile('--out', flags.out, ['.png', '.gif', '.html']);
    const files = await checkpointsIn('--run', flags.run);
    if (files.length > MOST_CHECKPOINTS) {
      throw invalid('--run', 'too many checkpoints for one figure', {
        got: String(files.length),
        wanted: `at most ${MOST_CHECKPOINTS}`,
      });
    }
    const load = async (file: CheckpointFile): Promise<Model> =>
      readCheckpoint(await readUserFile(file.path, signal), file.path);
    const model = await load(files.at(-1) as CheckpointFile);
    const input = await loadInput(flags.input, model, signal);
    if (input.shape[0] !== 1) throw invalid('--input', 'one picture at a time', { got: `${input.shape[0]} pictures` });
    const checked = checkedRequest(model, method, input, { ...flags, unit });
    const progress = new Progress(stderr, `evolve ${method.name}`);
    progress.update(0);
    const content = await withSession(model, context, async (session): Promise<EvolutionContent> => {
      const chosen = flags.target ?? (await session.predict(input, signal))[0]?.[0]?.index ?? 0;
      const isOfUnit = unit !== undefined || (method.layer === 'unit' && checked.layer !== undefined);
      const explainsClass = method.explains.includes('class') && !isOfUnit;
      const request: ExplanationRequest = {
        ...checked,
        parameters,
        signal,
        ...(explainsClass ? { target: chosen } : {}),
      };
      const steps: EvolutionStep[] = [];
      let explanation: Explanation | undefined;
      for (const [index, file] of files.entries()) {
        writeAll(session.parameters, await load(file), file.path);
        explanation = await session.explain(method, request);
        try {
          const tensor = (await explanation.tensor.read()) as TensorData<'float32'>;
          const [scores = []] = await session.predict(input, signal);
          const probability = scores.find((score) => score.index === chosen)?.probability ?? 0;
          steps.push({ step: file.step, tensor, probability });
        } finally {
          explanation.dispose();
        }
        progress.update((index + 1) / files.length, `step ${file.step}`);
      }
      const className = model.labels[chosen] ?? String(chosen);
      return { model, method, input, explanation: explanation as Explanation, className, steps };
    }).finally(() => progress.end());
    await writeFiles(new Map([[path, fileOf(content, extname(path).toLowerCase())]]), signal);
    stdout.write(`${method.name} at ${files.length} checkpoints ${printable(flags.out)}\n`);
  },
});

function fileOf(content: EvolutionContent, extension: string): Uint8Array {
  if (extension === '.gif') return evolutionAnimation(content);
  return extension === '.png' ? writePng(evolutionFigure(content)) : new TextEncoder().encode(evolutionPage(content));
}

/** Puts a checkpoint's parameters in place of another's. Throws where it is of another network. */
function writeAll(set: ParameterSet, { parameters }: Model, path: string): void {
  const others = set.names.filter((name) => !parameters.has(name));
  if (others.length > 0 || parameters.size !== set.names.length) {
    throw invalid('--run', 'the checkpoints are not all of one network', { got: path });
  }
  for (const [name, tensor] of parameters) set.write(name, tensor);
}
