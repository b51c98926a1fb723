import { shapeText, valueOf, type Graph, type Value } from '@convscope/gpu-engine/graph';
import { layersOf } from '@convscope/xai';
import { invalid } from './arguments.ts';
import { nearestNames } from './nearest.ts';

export const layerFlag = {
  type: 'text',
  placeholder: 'L',
  description: 'a value of the graph; `convscope inspect` lists them',
} as const;

/** Names that an error lists. */
const MOST_NAMES = 6;

/** The value of any name or alias. Throws `invalid-parameter`, naming the flag and the names that look most alike. */
export function namedValue(graph: Graph, flag: string, name: string): Value {
  if (graph.values.has(graph.aliases.get(name) ?? name)) return valueOf(graph, name);
  const computed = graph.nodes.flatMap(({ outputs }) => outputs);
  const near = nearestNames(name, [...graph.aliases.keys(), ...graph.inputs, ...computed], MOST_NAMES);
  throw invalid(flag, 'the network has no value of this name', {
    got: JSON.stringify(name.slice(0, 200)),
    wanted: `such as ${near.join(', ')} (\`convscope inspect\` lists all)`,
  });
}

/** The value as feature maps, or as anything that has units. Throws `invalid-parameter`. */
export function layerNamed(graph: Graph, name: string, needsMaps: boolean): Value {
  const value = namedValue(graph, '--layer', name);
  const { dtype, shape } = value;
  const fits = shape.length === 4 || (shape.length === 2 && !needsMaps);
  if (fits && dtype === 'float32' && !graph.parameters.has(value.name) && !graph.constants.has(value.name))
    return value;
  const layers = layersOf(graph).filter(({ kind, suggested }) => suggested && (kind === 'features' || !needsMaps));
  throw invalid('--layer', needsMaps ? 'not a layer of feature maps' : 'not a layer', {
    got: `${name}, ${dtype === 'float32' ? '' : `${dtype} `}${shapeText(shape) || 'a number'}`,
    wanted: `such as ${layers.map((layer) => layer.name).join(', ') || 'feature maps, which the network does not have'}`,
  });
}
