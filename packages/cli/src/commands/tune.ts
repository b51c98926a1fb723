import { tuneKernels, tuningGain, tuningWorkload, type KernelTuning, type TuneProgress } from '@convscope/gpu-engine';
import { defineCommand } from '../command.ts';
import { loadModel, modelFlags } from '../load-model.ts';
import { checkedOutputFile, writeFiles } from '../output.ts';
import { Progress } from '../progress.ts';
import { printable, table } from '../text.ts';
import { closeDevice } from '../with-session.ts';

export const tune = defineCommand({
  name: 'tune',
  summary: 'measures which kernels are the fastest for a model on this GPU',
  flags: {
    ...modelFlags,
    batch: { type: 'integer', min: 1, max: 4096, description: 'pictures at once, without it 1' },
    training: { type: 'switch', description: 'measures the gradients of the weights as well' },
    rounds: { type: 'integer', min: 1, max: 1000, description: 'measurements of every kernel, without it 5' },
    out: { type: 'text', placeholder: 'FILE.json', required: true, description: 'gets the choices and the times' },
  },
  details: [
    'Other commands take the file as --choices. The same choices give the same bits; other choices round differently.',
    'A choice counts for the sizes it was measured with: tune with the batch that the training or the command has.',
  ],
  run: async ({ flags }, { stdout, stderr, signal, requestDevice }) => {
    const path = await checkedOutputFile('--out', flags.out, ['.json']);
    const { graph, logits, input, preprocessing } = await loadModel(flags, signal);
    const { channels, height, width } = preprocessing;
    const { training, batch = 1, rounds = 5 } = flags;
    const workload = tuningWorkload(graph, { logits, input, training, shape: [batch, channels, height, width] });
    const progress = new Progress(stderr, 'tune');
    const onProgress = ({ done, total, problem = '' }: TuneProgress): void => progress.update(done / total, problem);
    const device = await requestDevice();
    let tuning: KernelTuning;
    try {
      const clock = () => performance.now();
      tuning = await tuneKernels(device, workload, { clock, rounds, weightsChange: training, signal, onProgress });
    } finally {
      progress.end();
      await closeDevice(device);
    }
    const text = `${JSON.stringify(tuning, undefined, 2)}\n`;
    await writeFiles(new Map([[path, new TextEncoder().encode(text)]]), signal);
    stdout.write(`${tuningTable(tuning)}\n${tuningSummary(tuning)}\n${printable(path)}\n`);
  },
});

/** Problem by problem what is taken, and how many times faster it is than the usual kernel. */
function tuningTable({ problems }: KernelTuning): string {
  const rows = problems.map(({ problem, usual, candidate, timings }) => {
    const timeOf = (name: string) => timings.find((timing) => timing.name === name)?.milliseconds ?? NaN;
    const factor = `${(timeOf(usual) / timeOf(candidate)).toFixed(2)}x`;
    return [problem, usual === candidate ? usual : `${usual} -> ${candidate}`, timeOf(candidate).toFixed(3), factor];
  });
  return table([['problem', 'kernel', 'ms', 'gain'], ...rows], [2, 3]);
}

function tuningSummary(tuning: KernelTuning): string {
  const { length } = tuning.problems;
  const problems = `${length} ${length === 1 ? 'problem' : 'problems'}`;
  return `${problems} measured, together ${tuningGain(tuning).toFixed(2)} times faster than by default`;
}
