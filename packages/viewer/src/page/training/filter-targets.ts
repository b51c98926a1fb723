import type { Model } from '@convscope/formats';
import { valueOf } from '@convscope/gpu-engine/graph';
import { layersOf } from '@convscope/xai';

/** A convolution whose filters can be looked at. */
export interface FilterTarget {
  /** The convolution's name without `.product`. */
  readonly layer: string;
  /** The parameter [Co, Ci, Kh, Kw]. */
  readonly weights: string;
  /** The value at the end of its stage, after bias and activation. */
  readonly output: string;
  readonly channels: number;
  /** Whether the filters make pictures by themselves: over one channel, or over the colours of the input. */
  readonly isDrawable: boolean;
}

/** The convolutions of a network, first to last. */
export function filterTargets({ graph, input }: Model): readonly FilterTarget[] {
  const stages = layersOf(graph).filter(({ kind, suggested }) => kind === 'features' && suggested);
  const convolutions = graph.nodes.flatMap((node, place) => {
    const [source = '', weights = ''] = node.inputs;
    return node.op === 'conv2d' && graph.parameters.has(weights) ? [{ node, place, source, weights }] : [];
  });
  return convolutions.flatMap(({ node, place, source, weights }) => {
    const [channels, inputs] = valueOf(graph, weights).shape;
    // The first stage that ends at or after the convolution.
    const output = stages.find(
      ({ name }) => graph.nodes.findIndex(({ outputs }) => outputs[0] === name) >= place,
    )?.name;
    if (output === undefined || typeof channels !== 'number') return [];
    const isDrawable = source === input && (inputs === 1 || inputs === 3);
    return [{ layer: node.name.replace(/\.product$/, ''), weights, output, channels, isDrawable }];
  });
}
