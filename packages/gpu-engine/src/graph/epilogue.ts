/**
 * One step of what a kernel does to each of its results before it writes them: `normalize` with a table of mean, factor
 * and shift a channel, `gate` lets through where the operand is over 0, `clip` keeps between two numbers.
 */
export interface EpilogueStep {
  readonly kind: 'bias' | 'normalize' | 'add' | 'gate' | 'relu' | 'clip';
  readonly numbers?: readonly number[];
}

/** The steps, and what finds a result's channel where kernels do not know it: elements a channel has in each sample. */
export interface EpilogueForm {
  readonly steps: readonly EpilogueStep[];
  readonly inner: number;
}
