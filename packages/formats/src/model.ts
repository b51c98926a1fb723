import type { Graph, TensorData } from '@convscope/gpu-engine/graph';
import type { Preprocessing } from './preprocessing.ts';

/** A trained network with what it takes to use it: how pictures become its input, and what its classes are called. */
export interface Model {
  readonly name: string;
  /** The network as it is used (no dropout, given statistics); its batch is the symbol `N` where it may vary. */
  readonly graph: Graph;
  readonly parameters: ReadonlyMap<string, TensorData>;
  /** The graph's input that takes pictures [N, C, H, W]. */
  readonly input: string;
  /** The class scores [N, K] before any softmax or sigmoid: what class methods explain. */
  readonly logits: string;
  readonly preprocessing: Preprocessing;
  /** One name a class, in the order of the logits; empty where they are not known. */
  readonly labels: readonly string[];
  /** Free facts about the model: where it comes from, its licence, how it was trained. */
  readonly notes: ReadonlyMap<string, string>;
}
