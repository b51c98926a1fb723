import { Random } from '@convscope/gpu-engine';

/** Steps of the power iteration, at most. */
const MOST_STEPS = 2000;
/** The squared sine of the angle between two steps below which the direction counts as found. */
const TOLERANCE = 1e-14;

export interface PrincipalComponent {
  /** One number a column. */
  readonly projection: Float64Array;
  /** The share of the sum of squares that it carries, 0 to 1. */
  readonly share: number;
}

/**
 * The first right singular vector of a matrix [rows, columns] times its singular value: what the columns are along the
 * direction in which they reach farthest. By power iteration in float64 on the smaller Gram matrix, from a fixed start.
 * Its sign is arbitrary. Zero where the matrix is zero.
 */
export function principalComponent(matrix: ArrayLike<number>, rows: number, columns: number): PrincipalComponent {
  const isWide = columns > rows;
  const side = Math.min(rows, columns);
  const gram = gramMatrix(matrix, rows, columns, isWide);
  let trace = 0;
  for (let i = 0; i < side; i++) trace += gram[i * side + i] as number;
  const projection = new Float64Array(columns);
  if (!(trace > 0)) return { projection, share: 0 };
  const { vector, value } = dominantEigenvector(gram, side);
  if (isWide) {
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        projection[column] =
          (projection[column] as number) + (vector[row] as number) * (matrix[row * columns + column] as number);
      }
    }
  } else {
    vector.forEach((part, column) => (projection[column] = part * Math.sqrt(value)));
  }
  return { projection, share: Math.min(1, value / trace) };
}

/** A A^T [rows, rows] where the matrix is wide, else A^T A [columns, columns]. */
function gramMatrix(matrix: ArrayLike<number>, rows: number, columns: number, isWide: boolean): Float64Array {
  const [side, inner] = isWide ? [rows, columns] : [columns, rows];
  const [step, innerStep] = isWide ? [columns, 1] : [1, columns];
  const gram = new Float64Array(side * side);
  for (let i = 0; i < side; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = 0; k < inner; k++) {
        sum += (matrix[i * step + k * innerStep] as number) * (matrix[j * step + k * innerStep] as number);
      }
      gram[i * side + j] = sum;
      gram[j * side + i] = sum;
    }
  }
  return gram;
}

function dominantEigenvector(gram: Float64Array, side: number): { vector: Float64Array; value: number } {
  const random = new Random(1);
  let vector = Float64Array.from({ length: side }, () => random.normal());
  let value = 0;
  for (let step = 0; step < MOST_STEPS; step++) {
    const next = new Float64Array(side);
    for (let i = 0; i < side; i++) {
      let sum = 0;
      for (let j = 0; j < side; j++) sum += (gram[i * side + j] as number) * (vector[j] as number);
      next[i] = sum;
    }
    value = Math.sqrt(next.reduce((sum, part) => sum + part * part, 0));
    if (value === 0) break;
    let change = 0;
    for (let i = 0; i < side; i++) {
      next[i] = (next[i] as number) / value;
      change += ((next[i] as number) - (vector[i] as number)) ** 2;
    }
    vector = next;
    if (change < TOLERANCE) break;
  }
  return { vector, value };
}
