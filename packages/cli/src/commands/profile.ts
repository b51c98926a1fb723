import { extname } from 'node:path';
import { writePng } from '@convscope/formats';
import { Plan, profileRun, type Instance } from '@convscope/gpu-engine';
import {
  backward,
  float32Tensor,
  GraphBuilder,
  valueOf,
  type Graph,
  type TensorData,
} from '@convscope/gpu-engine/graph';
import type { Session } from '@convscope/xai';
import { defineCommand } from '../command.ts';
import { inputFlag, loadInput } from '../load-input.ts';
import { loadModel, modelFlags } from '../load-model.ts';
import { checkedOutputFile, writeFiles } from '../output.ts';
import { profileContent, type ProfileContent } from '../profile/profile-content.ts';
import { profileFigure } from '../profile/profile-figure.ts';
import { profilePage } from '../profile/profile-page.ts';
import { profileText } from '../profile/profile-text.ts';
import { Progress } from '../progress.ts';
import { printable } from '../text.ts';
import { withSession } from '../with-session.ts';

type Pass = 'forward' | 'gradient';

export const profile = defineCommand({
  name: 'profile',
  summary: 'what each node of the network costs on this GPU',
  computes: true,
  flags: {
    ...modelFlags,
    input: inputFlag,
    pass: {
      type: 'choice',
      placeholder: 'PASS',
      choices: ['forward', 'gradient'],
      description: 'up to the scores, or forward and back to the input; without it forward',
    },
    runs: {
      type: 'integer',
      min: 1,
      max: 1000,
      description: 'runs of which each node’s median is taken, without it 5',
    },
    rows: { type: 'integer', min: 1, max: 1000, description: 'nodes to list, without it 20; files of .html have all' },
    out: { type: 'text', placeholder: 'FILE', description: 'a page as .html, a picture as .png, all numbers as .json' },
  },
  details: [
    'Times are timestamps of the GPU where it has them, else by the clock, an empty submit taken off. Every node is a',
    'submit of its own, so their sum is more than a run takes. One dispatch may do the work of several nodes.',
  ],
  run: async ({ flags }, context) => {
    const { stdout, stderr, signal } = context;
    const path =
      flags.out === undefined ? undefined : await checkedOutputFile('--out', flags.out, ['.html', '.png', '.json']);
    const model = await loadModel(flags, signal);
    const input = await loadInput(flags.input, model, signal);
    const [pass, rows] = [(flags.pass ?? 'forward') as Pass, flags.rows ?? 20];
    const progress = new Progress(stderr, `profile ${pass}`);
    progress.update(0);
    const content = await withSession(model, context, (session) =>
      measure(session, input, { pass, runs: flags.runs ?? 5 }),
    ).finally(() => progress.end());
    if (path !== undefined)
      await writeFiles(new Map([[path, fileOf(extname(path).toLowerCase(), content, rows)]]), signal);
    stdout.write(profileText(content, rows));
    if (flags.out !== undefined) stdout.write(`${printable(flags.out)}\n`);
  },
});

async function measure(
  session: Session,
  input: TensorData<'float32'>,
  { pass, runs }: { readonly pass: Pass; readonly runs: number },
): Promise<ProfileContent> {
  const { device, model } = session;
  const { graph, outputs, inputs } = (pass === 'forward' ? forward : gradient)(session, input);
  const plan = await Plan.compile(device, graph, { outputs });
  let instance: Instance | undefined;
  try {
    instance = await plan.instantiate(session.parameters);
    // The first run of a kernel may cost more than any other.
    await instance.run({ inputs });
    await device.idle();
    const measured = await profileRun(instance, { inputs, runs, clock: () => performance.now() });
    const about = { model: model.name, pass, inputShape: input.shape, adapter: device.adapter, graph };
    return profileContent(measured, about);
  } finally {
    instance?.dispose();
    plan.dispose();
  }
}

interface Work {
  readonly graph: Graph;
  readonly outputs: readonly string[];
  readonly inputs: Readonly<Record<string, TensorData>>;
}

function forward(session: Session, input: TensorData<'float32'>): Work {
  const { model } = session;
  return { graph: session.graphFor(input), outputs: [model.logits], inputs: { [model.input]: input } };
}

const SEED = 'profile.seed';

/** The gradient of the first class's score: every other class costs the same. */
function gradient(session: Session, input: TensorData<'float32'>): Work {
  const { model } = session;
  const builder = new GraphBuilder(session.graphFor(input));
  const shape = builder.value(model.logits).shape as readonly number[];
  builder.input(SEED, 'float32', shape);
  const { graph, cotangents } = backward(builder.build(), { of: model.logits, seed: SEED, wrt: [model.input] });
  const seed = float32Tensor(shape);
  seed.data[0] = 1;
  const output = valueOf(graph, cotangents.get(model.input) as string).name;
  return { graph, outputs: [output], inputs: { [model.input]: input, [SEED]: seed } };
}

function fileOf(kind: string, content: ProfileContent, rows: number): Uint8Array {
  if (kind === '.png') return writePng(profileFigure(content, rows));
  const text = kind === '.html' ? profilePage(content) : `${JSON.stringify(jsonOf(content), undefined, 2)}\n`;
  return new TextEncoder().encode(text);
}

/** Fields may be added in later versions; none goes or changes. */
function jsonOf({ model, pass, inputShape, adapter, profile: measured, rows, ops }: ProfileContent) {
  const nodes = rows.map(({ opRank: _, ...row }) => row);
  return { model, pass, input: inputShape, adapter, ...measured, ops, nodes };
}
