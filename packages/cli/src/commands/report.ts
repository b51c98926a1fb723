import { basename } from 'node:path';
import { tensorToPicture, type Model } from '@convscope/formats';
import { valueOf, type TensorData } from '@convscope/gpu-engine/graph';
import {
  coverageOf,
  methodApplies,
  parameterRandomizations,
  type ClassScore,
  type RandomizationSubject,
  type Session,
} from '@convscope/xai';
import { invalid } from '../arguments.ts';
import { defineCommand, type Context } from '../command.ts';
import { mapPictures } from '../figure/map-pictures.ts';
import { layerNamed } from '../layer-flag.ts';
import { inputFlag, loadInput } from '../load-input.ts';
import { loadModel, modelFlags } from '../load-model.ts';
import { checkedOutputFile, writeFiles } from '../output.ts';
import { Progress } from '../progress.ts';
import type { LayerSection, MapSection, ReportContent } from '../report/content.ts';
import { layerSection, layersToShow } from '../report/layers.ts';
import { reportPage } from '../report/page.ts';
import { CURVE_STEPS, curvesByChance, STAGES } from '../report/worth.ts';
import { bytesText, printable } from '../text.ts';
import { withSession } from '../with-session.ts';
import { curvesOf, judgedMethods, mapOf, randomizationSubject, type JudgedMethod } from './check-method.ts';

/** One method of each kind: by a layer's maps, by rules at ReLUs, by the gradient, and by many of them. */
const DEFAULT_METHODS = ['grad-cam', 'guided-backprop', 'gradient-x-input', 'integrated-gradients', 'smooth-grad'];

export const report = defineCommand({
  name: 'report',
  summary: 'one page on an input: prediction, feature maps, attributions, and what they are worth',
  computes: true,
  flags: {
    ...modelFlags,
    input: inputFlag,
    methods: {
      type: 'list',
      placeholder: 'NAME|all',
      description: `attributions to show, without it ${DEFAULT_METHODS.join(', ')}`,
    },
    target: { type: 'integer', min: 0, max: 999_999, description: 'a class; without it the top class is explained' },
    layer: { type: 'text', placeholder: 'L', description: 'for the methods that look at feature maps, shown as well' },
    set: { type: 'list', placeholder: 'METHOD.key=value', description: 'parameters of a method' },
    seed: { type: 'integer', min: 0, max: 2 ** 31 - 1, description: 'of all random numbers, without it 0' },
    'no-checks': { type: 'switch', description: 'leave out what the maps are worth, which takes most of the time' },
    out: { type: 'text', placeholder: 'FILE.html', required: true, description: 'where the page goes' },
  },
  details: [
    'The page is one file that needs no network and runs no scripts: it can be sent, archived and printed.',
    'Each map is judged by deletion and insertion curves beside those of pixels in no order, by the completeness gap where',
    'the method promises one, and by how it changes while all weights become random in three steps.',
  ],
  run: async ({ flags }, context) => {
    const { stdout, stderr, signal } = context;
    const path = await checkedOutputFile('--out', flags.out, ['.html', '.htm']);
    const isOwnChoice = flags.methods.length > 0;
    const named = judgedMethods(isOwnChoice ? flags.methods : DEFAULT_METHODS, flags.set);
    const model = await loadModel(flags, signal);
    if (flags.layer !== undefined) layerNamed(model.graph, flags.layer, true);
    const isAll = flags.methods.includes('all') || !isOwnChoice;
    const { methods, leftOut } = applying(named, model, isAll);
    const input = await loadInput(flags.input, model, signal);
    if (input.shape[0] !== 1) throw invalid('--input', 'one picture at a time', { got: `${input.shape[0]} pictures` });
    const wishes = { methods, target: flags.target, layer: flags.layer, seed: flags.seed ?? 0 };
    const progress = new Progress(stderr, 'report');
    const found = await withSession(model, context, (session) =>
      gather(session, input, { ...wishes, hasChecks: !flags['no-checks'] }, context, progress),
    ).finally(() => progress.end());
    const page = reportPage({
      ...found,
      model,
      inputName: basename(flags.input),
      input: tensorToPicture(input, model.preprocessing),
      isAsked: flags.target !== undefined,
      leftOut,
      command: commandOf(flags),
    });
    const bytes = new TextEncoder().encode(page);
    await writeFiles(new Map([[path, bytes]]), signal);
    stdout.write(`report ${bytesText(bytes.length)} ${printable(flags.out)}\n`);
  },
});

interface Wishes {
  readonly methods: readonly JudgedMethod[];
  readonly target: number | undefined;
  readonly layer: string | undefined;
  readonly seed: number;
  readonly hasChecks: boolean;
}

type Gathered = Pick<ReportContent, 'coverage' | 'scores' | 'target' | 'layers' | 'maps' | 'chance'>;

/** Runs everything that needs the GPU. */
async function gather(
  session: Session,
  input: TensorData<'float32'>,
  { methods, target: wanted, layer, seed, hasChecks }: Wishes,
  { signal }: Context,
  progress: Progress,
): Promise<Gathered> {
  const { model } = session;
  progress.update(0, 'prediction');
  const scores = hasClasses(model) ? ((await session.predict(input, signal))[0] ?? []) : [];
  const target = targetOf(scores, wanted);
  const coverage = coverageOf(model);
  const layers: LayerSection[] = [];
  for (const name of layersToShow(coverage, layer))
    layers.push(await layerSection(session, model, name, input, signal));
  const picture = { input, target: target?.index ?? 0, layer, seed, signal };
  const isChecked = hasChecks && target !== undefined && methods.length > 0;
  progress.update(0.05, isChecked ? 'chance' : '');
  const chance = isChecked ? await curvesByChance(session, picture) : undefined;
  const maps: MapSection[] = [];
  const subjects: RandomizationSubject[] = [];
  /** Of the work: the rest is for random weights, in which each method runs once a stage. */
  const share = isChecked ? 0.4 : 0.9;
  for (const [index, judged] of methods.entries()) {
    const { name } = judged.method;
    const onProgress = (done: number): void => progress.update(0.1 + (share * (index + done)) / methods.length, name);
    onProgress(0);
    const own = await mapOf(session, judged, picture);
    onProgress(0.5);
    const { sign, remarks } = own;
    const content = { model, method: judged.method, input, explanation: { sign }, tensor: own.result };
    const curves = isChecked ? await curvesOf(session, judged, picture, own, CURVE_STEPS) : undefined;
    if (isChecked) subjects.push(randomizationSubject(judged, picture, own));
    const worth = curves && { ...curves, randomization: [] };
    maps.push({ judged, layer: own.layer, sign, pictures: mapPictures(content, 0), remarks, worth });
  }
  // All at once: they share the networks that become random, and their plans.
  const randomizations = await parameterRandomizations(session, subjects, {
    stages: STAGES,
    seed,
    signal,
    onProgress: (done) => progress.update(0.1 + share + (0.9 - share) * done, 'random weights'),
  });
  for (const [index, randomization] of randomizations.entries()) {
    const map = maps[index] as MapSection;
    maps[index] = { ...map, worth: map.worth && { ...map.worth, randomization } };
  }
  return { coverage, scores, target, layers, maps, chance };
}

/** Those that work on the model; the others are refused where they were named, and left out of `all`. */
function applying(
  named: readonly JudgedMethod[],
  model: Model,
  isAll: boolean,
): { readonly methods: readonly JudgedMethod[]; readonly leftOut: readonly string[] } {
  const leftOut: string[] = [];
  const methods = named.filter(({ method }) => {
    const problem = methodApplies(method, model) ?? (hasClasses(model) ? undefined : 'there are no classes to explain');
    if (problem === undefined) return true;
    if (!isAll) throw invalid('--methods', `${method.name} does not work here: ${problem}`);
    leftOut.push(`${method.title}: ${problem}`);
    return false;
  });
  return { methods, leftOut };
}

function hasClasses({ graph, logits }: Model): boolean {
  return valueOf(graph, logits).shape.length === 2;
}

function targetOf(scores: readonly ClassScore[], wanted: number | undefined): ClassScore | undefined {
  if (wanted === undefined) return scores[0];
  const found = scores.find(({ index }) => index === wanted);
  if (found !== undefined) return found;
  throw invalid('--target', scores.length === 0 ? 'the network gives no class scores' : 'there is no such class', {
    got: String(wanted),
    ...(scores.length === 0 ? {} : { wanted: `an integer from 0 to ${scores.length - 1}` }),
  });
}

/** The command line again, with files by their names alone: folders are nobody else's business. */
function commandOf(flags: Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>): string {
  const files = ['model', 'input', 'labels', 'out'];
  const words = Object.entries(flags).flatMap(([name, value]) => {
    if (value === undefined || value === false || (Array.isArray(value) && value.length === 0)) return [];
    if (value === true) return [`--${name}`];
    const texts = (Array.isArray(value) ? value : [value]).map(String);
    return [`--${name}`, ...texts.map((text) => quoted(files.includes(name) ? basename(text) : text))];
  });
  return ['convscope report', ...words].join(' ');
}

function quoted(text: string): string {
  return /^[\w.,:=@%+/-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
