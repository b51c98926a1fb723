import { initializeParameters, Random, type TensorData } from '@convscope/gpu-engine';
import { oneByOne } from '../measure.ts';
import { ConvscopeSeedNetwork } from '../peers/convscope-seed-network.ts';
import { TensorFlowSeedNetwork } from '../peers/tensorflow-seed-network.ts';
import { CLASSES, DROPOUT_RATE, IMAGE, seedNetwork, type Batch } from '../seed-network.ts';
import { largestDifference, type Suite, type SuiteContext } from '../suite.ts';

const CHECKED_STEPS = 2;
const TOLERANCE = 1e-3;
const [FULL_BATCH, QUICK_BATCH] = [100, 4];

/** Forward pass and one Adam step of the seed notebook's network, batch uploaded and result read back in every run. */
export const trainingSuite: Suite = {
  name: 'training',
  title: 'Seed network: conv 32 5x5, pool, conv 64 5x5, pool, dense 1024, dropout 0.2, dense 10',
  count: () => 2,
  run,
};

async function run(context: SuiteContext): Promise<void> {
  const { device, extent, measure } = context;
  const batch = context.batch ?? (extent === 'quick' ? QUICK_BATCH : FULL_BATCH);
  const weights = initializeParameters(seedNetwork({ batch, dropout: 0 }), 1);
  const data = randomBatch(batch);
  await checkAgreement(context, batch, weights, data);
  const ours = await ConvscopeSeedNetwork.create(device, { batch, dropout: DROPOUT_RATE, weights });
  const theirs = new TensorFlowSeedNetwork({ batch, dropout: DROPOUT_RATE, weights });
  const works = [
    {
      name: `forward, batch ${batch}`,
      of: (side: typeof ours | typeof theirs) => side.forward(data),
    },
    {
      name: `Adam step, batch ${batch}`,
      of: (side: typeof ours | typeof theirs) => side.step(data),
    },
  ];
  for (const { name, of } of works) {
    if (!context.wants(name)) continue;
    await measure({
      name,
      contenders: [ours, theirs].map((side) => ({ name: side.name, run: oneByOne(() => of(side)) })),
    });
  }
  ours.dispose();
  theirs.dispose();
}

/** Without dropout, whose masks differ, both sides must give the same numbers, before training and after some steps. */
async function checkAgreement(
  { device, check }: SuiteContext,
  batch: number,
  weights: ReadonlyMap<string, TensorData>,
  data: Batch,
): Promise<void> {
  const ours = await ConvscopeSeedNetwork.create(device, { batch, dropout: 0, weights });
  const theirs = new TensorFlowSeedNetwork({ batch, dropout: 0, weights });
  const compareWith = (what: string, a: Float32Array, b: Float32Array) =>
    check({ what, difference: largestDifference(a, b), tolerance: TOLERANCE });
  try {
    compareWith('logits', await ours.forward(data), await theirs.forward(data));
    for (let step = 1; step <= CHECKED_STEPS; step++) {
      const losses = [await ours.step(data), await theirs.step(data)].map((loss) => Float32Array.of(loss));
      compareWith(`loss of step ${step}`, losses[0] as Float32Array, losses[1] as Float32Array);
    }
    compareWith(`logits after ${CHECKED_STEPS} steps`, await ours.forward(data), await theirs.forward(data));
  } finally {
    ours.dispose();
    theirs.dispose();
  }
}

function randomBatch(batch: number): Batch {
  const random = new Random(2);
  const images = Float32Array.from({ length: batch * IMAGE * IMAGE }, () => random.uniform());
  const labels = Int32Array.from({ length: batch }, () => random.below(CLASSES));
  return { images, labels };
}
