import { ConvscopeError, elementCount, shapeText, type TensorData } from '../graph/index.ts';

/** Labelled pictures in CPU memory: images float32 [N, C, H, W], labels int32 [N]. */
export interface LabelledImages {
  readonly images: TensorData<'float32'>;
  readonly labels: TensorData<'int32'>;
}

/** How well class scores meet the labels. */
export interface Evaluation {
  /** Mean cross-entropy, in nats. */
  readonly loss: number;
  /** Part of the rows whose label has the largest score, 0 to 1. */
  readonly accuracy: number;
  readonly count: number;
}

/** Throws `invalid-tensor` where images and labels do not belong together, or there are none. */
export function checkLabelledImages({ images, labels }: LabelledImages): void {
  const [count = 0] = images.shape;
  if (images.shape.length === 4 && count > 0 && labels.shape.length === 1 && labels.shape[0] === count) return;
  throw new ConvscopeError('invalid-tensor', 'not a set of labelled pictures', {
    got: `${shapeText(images.shape)} and ${shapeText(labels.shape)}`,
    wanted: 'N x C x H x W and N, N at least 1',
  });
}

/** Copies rows of a tensor into a batch of `size` rows; rows beyond the list are left zero. */
export function gatherImages(
  images: TensorData<'float32'>,
  rows: readonly number[],
  size: number,
): TensorData<'float32'> {
  const row = elementCount(images.shape.slice(1));
  const data = new Float32Array(size * row);
  rows.forEach((from, to) => data.set(images.data.subarray(from * row, (from + 1) * row), to * row));
  return { dtype: 'float32', shape: [size, ...images.shape.slice(1)], data };
}

/** The labels of these rows; -1, which no loss counts, beyond the list. */
export function gatherLabels(labels: TensorData<'int32'>, rows: readonly number[], size: number): TensorData<'int32'> {
  const data = new Int32Array(size).fill(-1);
  rows.forEach((from, to) => (data[to] = labels.data[from] as number));
  return { dtype: 'int32', shape: [size], data };
}

/** Adds up losses and hits over batches of class scores [N, K], in float64. */
export class EvaluationSum {
  #loss = 0;
  #hits = 0;
  #count = 0;

  /** Rows from `labels.length` on are ignored. */
  add({ shape, data }: TensorData<'float32'>, labels: ArrayLike<number>): void {
    const classes = shape[1] as number;
    for (let row = 0; row < labels.length; row++) {
      const scores = data.subarray(row * classes, (row + 1) * classes);
      const label = labels[row] as number;
      const best = scores.reduce((top, score, index) => (score > (scores[top] as number) ? index : top), 0);
      const largest = scores[best] as number;
      const sum = scores.reduce((total, score) => total + Math.exp(score - largest), 0);
      this.#loss += Math.log(sum) + largest - (scores[label] ?? NaN);
      this.#hits += best === label ? 1 : 0;
      this.#count += 1;
    }
  }

  result(): Evaluation {
    return { loss: this.#loss / this.#count, accuracy: this.#hits / this.#count, count: this.#count };
  }
}
