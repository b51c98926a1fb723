import { initializeParameters, Random, type TensorData } from '@convscope/gpu-engine';
import { ConvscopeSeedNetwork } from '../peers/convscope.ts';
import { TensorFlowSeedNetwork } from '../peers/tensorflow.ts';
import { CLASSES, DROPOUT_RATE, IMAGE, seedNetwork, type Batch } from '../seed-network.ts';
import type { Check, PreparedSuite, Suite, SuiteContext } from '../suite.ts';

const CHECKED_STEPS = 2;
const TOLERANCE = 1e-3;

/** Forward pass and one Adam step of the seed notebook's network, batch uploaded and result read back in every run. */
export const seedNetworkSuite: Suite = {
  name: 'seed-network',
  title: 'Seed network: conv 32 5x5, pool, conv 64 5x5, pool, dense 1024, dropout 0.2, dense 10',
  batch: { full: 100, quick: 4 },
  prepare,
};

async function prepare({ device, batch }: SuiteContext): Promise<PreparedSuite> {
  const weights = initializeParameters(seedNetwork({ batch, dropout: 0 }), 1);
  const data = randomBatch(batch);
  const checks = await checkAgreement({ device, batch }, weights, data);
  const ours = await ConvscopeSeedNetwork.create(device, { batch, dropout: DROPOUT_RATE, weights });
  const theirs = new TensorFlowSeedNetwork({ batch, dropout: DROPOUT_RATE, weights });
  return {
    checks,
    cases: [
      {
        name: 'forward',
        contenders: [
          { name: ours.name, run: async () => void (await ours.forward(data)) },
          { name: theirs.name, run: async () => void (await theirs.forward(data)) },
        ],
      },
      {
        name: 'Adam step',
        contenders: [
          { name: ours.name, run: async () => void (await ours.step(data)) },
          { name: theirs.name, run: async () => void (await theirs.step(data)) },
        ],
      },
    ],
    dispose: () => {
      ours.dispose();
      theirs.dispose();
    },
  };
}

/** Without dropout, whose masks differ, both sides must give the same numbers, before training and after some steps. */
async function checkAgreement(
  { device, batch }: SuiteContext,
  weights: ReadonlyMap<string, TensorData>,
  data: Batch,
): Promise<readonly Check[]> {
  const ours = await ConvscopeSeedNetwork.create(device, { batch, dropout: 0, weights });
  const theirs = new TensorFlowSeedNetwork({ batch, dropout: 0, weights });
  const checks: Check[] = [];
  const check = (what: string, a: Float32Array, b: Float32Array) =>
    checks.push({ what, difference: largestDifference(a, b), tolerance: TOLERANCE });
  try {
    check('logits', await ours.forward(data), await theirs.forward(data));
    for (let step = 1; step <= CHECKED_STEPS; step++) {
      const losses = [await ours.step(data), await theirs.step(data)].map((loss) => Float32Array.of(loss));
      check(`loss of step ${step}`, losses[0] as Float32Array, losses[1] as Float32Array);
    }
    check(`logits after ${CHECKED_STEPS} steps`, await ours.forward(data), await theirs.forward(data));
  } finally {
    ours.dispose();
    theirs.dispose();
  }
  return checks;
}

/** The largest difference, as a part of the largest value where that is above 1; NaN where a value is no number. */
function largestDifference(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) return NaN;
  const scale = a.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
  return a.reduce((most, value, index) => Math.max(most, Math.abs(value - (b[index] as number))), 0) / scale;
}

function randomBatch(batch: number): Batch {
  const random = new Random(2);
  const images = Float32Array.from({ length: batch * IMAGE * IMAGE }, () => random.uniform());
  const labels = Int32Array.from({ length: batch }, () => random.below(CLASSES));
  return { images, labels };
}
