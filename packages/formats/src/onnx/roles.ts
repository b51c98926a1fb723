import { valueOf, type Dimension, type Graph } from '@convscope/gpu-engine/graph';

/** What classifiers end in and class methods leave out: their scores grow with the logits but saturate. */
const LAST_STEPS: ReadonlyMap<string, string> = /* @__PURE__ */ new Map([
  ['softmax', 'softmax'],
  ['logSoftmax', 'log-softmax'],
  ['sigmoid', 'sigmoid'],
]);

/** The first input of pictures: float32 [N, C, H, W] with one or three channels, or undefined. */
export function pictureInput(graph: Graph): string | undefined {
  return graph.inputs.find((name) => {
    const { dtype, shape } = valueOf(graph, name);
    return dtype === 'float32' && shape.length === 4 && (shape[1] === 1 || shape[1] === 3);
  });
}

export interface Logits {
  /** Value of shape [N, K], or [N, K, 1, 1] where `shape` says so. */
  readonly value: string;
  readonly shape: readonly Dimension[];
  /** The final steps that are left out, in words; empty for none. */
  readonly stripped: readonly string[];
}

/** The class scores before a final softmax, log-softmax or sigmoid; reshapes around these are passed over. */
export function findLogits(graph: Graph, output: string): Logits {
  let value = valueOf(graph, output).name;
  let beforeViews = value;
  const stripped: string[] = [];
  for (;;) {
    const node = graph.producers.get(beforeViews);
    const step = LAST_STEPS.get(node?.op ?? '');
    if (node !== undefined && step !== undefined) {
      stripped.push(step);
      value = node.inputs[0] as string;
      beforeViews = value;
    } else if (node !== undefined && (node.op === 'reshape' || node.op === 'flatten')) {
      beforeViews = node.inputs[0] as string;
      if (!isBelowLastStep(graph, beforeViews)) return { value, shape: valueOf(graph, value).shape, stripped };
    } else {
      return { value, shape: valueOf(graph, value).shape, stripped };
    }
  }
}

/** Whether a value is the result of a last step, reshaped or not. */
function isBelowLastStep(graph: Graph, value: string): boolean {
  const node = graph.producers.get(value);
  if (node === undefined) return false;
  if (node.op === 'reshape' || node.op === 'flatten') return isBelowLastStep(graph, node.inputs[0] as string);
  return LAST_STEPS.has(node.op);
}
