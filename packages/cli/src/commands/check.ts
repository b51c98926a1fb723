import type { Model } from '@convscope/formats';
import { methodApplies } from '@convscope/xai';
import { invalid } from '../arguments.ts';
import { defineCommand, type Context } from '../command.ts';
import { layerNamed } from '../layer-flag.ts';
import { inputFlag, loadInput } from '../load-input.ts';
import { loadModel, modelFlags } from '../load-model.ts';
import { Progress } from '../progress.ts';
import { printable } from '../text.ts';
import { withSession } from '../with-session.ts';
import { judgedMethods, judgementOf, type JudgedMethod, type Judgement } from './check-method.ts';
import { scoreOnShapes, type ShapeScores } from './check-shapes.ts';
import { judgementsText, shapesMarkdown, shapesText } from './check-text.ts';

export const check = defineCommand({
  name: 'check',
  summary: 'what maps are worth: on one input, or against the true masks of drawn shapes',
  computes: true,
  flags: {
    ...modelFlags,
    input: { ...inputFlag, required: false },
    data: {
      type: 'choice',
      placeholder: 'NAME',
      choices: ['shapes'],
      description: 'pictures whose deciding pixels are known, instead of --input',
    },
    method: { type: 'list', placeholder: 'NAME|all', description: 'methods to judge' },
    methods: { type: 'list', placeholder: 'NAME|all', description: 'the same' },
    layer: { type: 'text', placeholder: 'L', description: 'for the methods that look at feature maps' },
    target: { type: 'integer', min: 0, max: 999_999, description: 'a class; without it the top class' },
    count: { type: 'integer', min: 1, max: 10_000, description: 'pictures of --data, without it 100' },
    curves: {
      type: 'integer',
      min: 1,
      max: 10_000,
      description: 'pictures of --data with deletion and insertion curves, without it all',
    },
    steps: { type: 'integer', min: 2, max: 1000, description: 'of the deletion and insertion curves, without it 32' },
    set: { type: 'list', placeholder: 'METHOD.key=value', description: 'parameters of a method' },
    seed: { type: 'integer', min: 0, max: 2 ** 31 - 1, description: 'of all random numbers, without it 0' },
    json: { type: 'switch', description: 'machine-readable' },
    markdown: { type: 'switch', description: 'with --data: a table for a page' },
  },
  details: [
    'For one input: deletion and insertion curves, the completeness gap where the method promises one, and how the map',
    'changes while the parameters become random from the top down. RISE runs with 500 masks unless --set says otherwise.',
  ],
  run: async ({ flags }, context) => {
    const { stdout, signal } = context;
    if ((flags.input === undefined) === (flags.data === undefined)) {
      throw invalid('--input', 'one of --input and --data is needed', { wanted: '--input X or --data shapes' });
    }
    const names = [...flags.method, ...flags.methods];
    if (names.length === 0) throw invalid('--method', 'the flag is missing', { wanted: 'all, or names of methods' });
    const named = judgedMethods(names, flags.set);
    const model = await loadModel(flags, signal);
    const methods = fitting(named, model, names.includes('all'), context);
    const [seed, steps] = [flags.seed ?? 0, flags.steps ?? 32];
    if (flags.layer !== undefined) layerNamed(model.graph, flags.layer, true);
    if (flags.data !== undefined) {
      const count = flags.count ?? 100;
      const options = { count, curves: flags.curves ?? count, steps, layer: flags.layer, seed };
      const scores = await shapeScores(model, methods, options, context);
      const text = flags.markdown ? shapesMarkdown : shapesText;
      const heading = `${model.name}, ${scores.pictures} held-out pictures read rightly (${scores.misread} misread were left out)`;
      stdout.write(
        flags.json
          ? `${JSON.stringify({ model: model.name, ...scores }, undefined, 2)}\n`
          : `${heading}\n\n${text(scores)}`,
      );
      return;
    }
    const input = await loadInput(flags.input as string, model, signal);
    if (input.shape[0] !== 1) throw invalid('--input', 'one picture at a time', { got: `${input.shape[0]} pictures` });
    const progress = new Progress(context.stderr, 'check');
    const { judgements, target } = await withSession(model, context, async (session) => {
      const [scores = []] = await session.predict(input, signal);
      const target = flags.target ?? scores[0]?.index ?? 0;
      if (target >= scores.length) {
        throw invalid('--target', 'there is no such class', { wanted: `an integer from 0 to ${scores.length - 1}` });
      }
      const judgements: Judgement[] = [];
      for (const [index, judged] of methods.entries()) {
        progress.update(index / methods.length, judged.method.name);
        judgements.push(await judgementOf(session, judged, { input, target, layer: flags.layer, seed, signal }, steps));
      }
      return { judgements, target };
    }).finally(() => progress.end());
    const label = model.labels[target] ?? String(target);
    const heading = `${model.name}, class ${target}${label === String(target) ? '' : ` (${printable(label)})`}, ${printable(flags.input as string)}`;
    stdout.write(
      flags.json
        ? `${JSON.stringify(judgementData(model, target, label, judgements), undefined, 2)}\n`
        : judgementsText(heading, judgements),
    );
  },
});

/** Those that work on the model; the others are refused where they were named, and left out of `all`. */
function fitting(
  named: readonly JudgedMethod[],
  model: Model,
  isAll: boolean,
  { stderr }: Context,
): readonly JudgedMethod[] {
  return named.filter(({ method }) => {
    const problem = methodApplies(method, model);
    if (problem === undefined) return true;
    if (!isAll) throw invalid('--method', `${method.name} does not work here: ${problem}`);
    stderr.write(`left out: ${method.name}, ${printable(problem)}\n`);
    return false;
  });
}

async function shapeScores(
  model: Model,
  methods: readonly JudgedMethod[],
  options: {
    readonly count: number;
    readonly curves: number;
    readonly steps: number;
    readonly layer: string | undefined;
    readonly seed: number;
  },
  context: Context,
): Promise<ShapeScores> {
  const progress = new Progress(context.stderr, `check ${methods.length} methods`);
  const onProgress = (done: number, method: string) => progress.update(done, method);
  return withSession(model, context, (session) =>
    scoreOnShapes(session, methods, { ...options, signal: context.signal, onProgress }),
  ).finally(() => progress.end());
}

/** What `--json` prints. */
function judgementData(model: Model, target: number, label: string, judgements: readonly Judgement[]) {
  return {
    model: model.name,
    class: { index: target, label },
    methods: judgements.map(({ curves, completeness, layer, ...rest }) => ({
      ...rest,
      layer: layer ?? null,
      completeness: completeness ?? null,
      deletion: { area: curves.deletionArea, probabilities: [...curves.deletion] },
      insertion: { area: curves.insertionArea, probabilities: [...curves.insertion] },
    })),
  };
}
