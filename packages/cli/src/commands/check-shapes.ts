import { Random } from '@convscope/gpu-engine';
import { float32Tensor, throwIfCancelled, type TensorData } from '@convscope/gpu-engine/graph';
import { deletionInsertion, pointing, type Session } from '@convscope/xai';
import { SHAPE_SEEDS, shapes } from '@convscope/zoo';
import { invalid } from '../arguments.ts';
import { normalized } from '../load-pictures.ts';
import { mapOf, type JudgedMethod, type OwnMap } from './check-method.ts';

/** Pictures that are drawn at a time. */
const PART = 20;

/** How a method did over all pictures: means. */
export interface ScoreRow {
  readonly name: string;
  readonly settings: string;
  readonly layer: string | undefined;
  /** Share of pictures in which the strongest pixel lies on the shape. */
  readonly hits: number;
  readonly energyInside: number;
  readonly deletionArea: number;
  readonly insertionArea: number;
}

export interface ShapeScores {
  readonly rows: readonly ScoreRow[];
  /** Pictures that were judged, all of them read rightly. */
  readonly pictures: number;
  /** Those of them whose deletion and insertion curves were computed, and the steps of these. */
  readonly curves: number;
  readonly steps: number;
  /** Pictures that the network took for another class, and that were left out. */
  readonly misread: number;
  /** The shapes' mean share of the picture. */
  readonly maskShare: number;
}

export interface ShapeCheckOptions {
  readonly count: number;
  /** Pictures whose deletion and insertion curves are computed, which take most of the time. */
  readonly curves: number;
  readonly steps: number;
  readonly layer: string | undefined;
  readonly seed: number;
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, method: string) => void;
}

/**
 * Scores methods against the true masks of held-out drawings of shapes: only the shape decides the class, so a map that
 * shows what decides points there. Pictures that the network misreads are left out. Two rows say what the numbers
 * are worth: a map of noise, and the mask itself.
 */
export async function scoreOnShapes(
  session: Session,
  methods: readonly JudgedMethod[],
  { count, curves, steps, layer, seed, signal, onProgress }: ShapeCheckOptions,
): Promise<ShapeScores> {
  const { pictures, misread } = await rightlyRead(session, count, signal);
  const withCurves = Math.min(curves, pictures.length);
  const random = new Random(seed);
  const rows: ScoreRow[] = [];
  const work = methods.length + 2;
  // Method by method, not picture by picture: a session keeps compiled plans for few methods at a time.
  const judge = async (name: string, settings: string, mapFor: (picture: Picture) => Promise<NamedMap>) => {
    const sum = { hits: 0, energyInside: 0, deletionArea: 0, insertionArea: 0 };
    let layer: string | undefined;
    for (const [index, picture] of pictures.entries()) {
      throwIfCancelled(signal);
      const own = await mapFor(picture);
      const { isHit, energyInside } = pointing(own.map, picture.mask);
      sum.hits += (isHit ? 1 : 0) / pictures.length;
      sum.energyInside += energyInside / pictures.length;
      layer = own.layer;
      if (index < withCurves) {
        const options = { target: picture.target, steps, signal };
        const { deletionArea, insertionArea } = await deletionInsertion(session, picture.input, own.map, options);
        sum.deletionArea += deletionArea / withCurves;
        sum.insertionArea += insertionArea / withCurves;
      }
      onProgress((rows.length + (index + 1) / pictures.length) / work, name);
    }
    rows.push({ name, settings, layer, ...sum });
  };
  await judge('(the true mask)', '', ({ mask }) => Promise.resolve({ map: mask.data, layer: undefined }));
  await judge('(noise)', '', ({ mask }) =>
    Promise.resolve({ map: mask.data.map(() => random.uniform()), layer: undefined }),
  );
  for (const judged of methods) {
    await judge(judged.method.name, judged.settings, ({ input, target }) =>
      mapOf(session, judged, { input, target, layer, seed, signal }),
    );
  }
  const shares = pictures.map(({ mask }) => pointing(mask.data, mask).maskShare);
  return {
    rows: rows.sort((a, b) => b.hits - a.hits || b.energyInside - a.energyInside),
    pictures: pictures.length,
    curves: withCurves,
    steps,
    misread,
    maskShare: shares.reduce((sum, share) => sum + share, 0) / Math.max(shares.length, 1),
  };
}

type NamedMap = Pick<OwnMap, 'map' | 'layer'>;

interface Picture {
  readonly input: TensorData<'float32'>;
  readonly mask: TensorData<'float32'>;
  readonly target: number;
}

/** The first `count` held-out drawings whose class the network finds. Throws `invalid-parameter` where it finds hardly any. */
async function rightlyRead(
  session: Session,
  count: number,
  signal: AbortSignal,
): Promise<{ readonly pictures: readonly Picture[]; readonly misread: number }> {
  const pictures: Picture[] = [];
  let misread = 0;
  for (let offset = 0; pictures.length < count; offset += PART) {
    throwIfCancelled(signal);
    const drawn = shapes(SHAPE_SEEDS.test, PART, offset);
    const inputs = normalized(drawn.images, session.model);
    const predictions = await session.predict(inputs, signal);
    for (let n = 0; n < PART && pictures.length < count; n++) {
      const target = drawn.labels.data[n] as number;
      if (predictions[n]?.[0]?.index === target)
        pictures.push({ input: rowOf(inputs, n), mask: rowOf(drawn.masks, n), target });
      else misread++;
    }
    if (misread > 100 + 20 * pictures.length) {
      throw invalid('--model', 'the network does not read shapes', { got: `${misread} pictures misread` });
    }
  }
  return { pictures, misread };
}

function rowOf({ shape, data }: TensorData<'float32'>, n: number): TensorData<'float32'> {
  const size = data.length / (shape[0] as number);
  return float32Tensor([1, ...shape.slice(1)], data.slice(n * size, (n + 1) * size));
}
