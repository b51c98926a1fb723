import { ancestors, valueOf, type Graph, type GraphNode } from '@convscope/gpu-engine/graph';
import { backwardSpan, unionOf, type Span } from './signal/spans.ts';

/** A part of a picture, in whole pixels. */
export interface Box {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

/**
 * The pixels of the input that a unit of a layer can depend on: the smallest box around them. Exact for convolutions,
 * pools, paddings, resizings, slices, sums and concatenations; an op that mixes all places (flatten, global averages,
 * attention) makes it the whole picture. Empty for a unit that sees nothing but padding. For vectors of units, y and x
 * are left out.
 *
 * @param graph with concrete sizes, as `Session.graphFor` gives it.
 * @param input the input's name, where the graph has several.
 * @throws ConvscopeError `unknown-name`.
 */
export function receptiveField(graph: Graph, layer: string, y = 0, x = 0, input = graph.inputs[0] ?? ''): Box {
  const start = valueOf(graph, layer);
  const path = ancestors(graph, [start.name]);
  const spans = ([0, 1] as const).map((axis): Span => {
    const reached = new Map<string, Span>([[start.name, [axis === 0 ? y : x, axis === 0 ? y : x]]]);
    for (let position = graph.nodes.length - 1; position >= 0; position--) {
      const node = graph.nodes[position] as GraphNode;
      if (!node.outputs.some((output) => path.has(output))) continue;
      const span = unionOf(node.outputs.map((output) => reached.get(output)));
      if (span === undefined) continue;
      node.inputs.forEach((name, index) => {
        const from = backwardSpan(graph, node, index, axis, span);
        const both = unionOf([reached.get(name), from]);
        if (both !== undefined) reached.set(name, both);
      });
    }
    return reached.get(input) ?? NOTHING;
  });
  const [[top, bottom], [left, right]] = spans as [Span, Span];
  if (bottom < top || right < left) return { top: 0, left: 0, height: 0, width: 0 };
  return { top, left, height: bottom - top + 1, width: right - left + 1 };
}

const NOTHING: Span = [0, -1];
