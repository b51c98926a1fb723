import { tensorToPicture, type Model, type Picture } from '@convscope/formats';
import { shapeText, type TensorData } from '@convscope/gpu-engine/graph';
import type { Explanation, Method } from '../../method.ts';
import { renderMaps, strongestOverChannels } from '../render.ts';
import { scaleOf, type Scale } from '../scale.ts';
import { overlay, resizedMap } from './panels.ts';

/** The explanation of one input at one checkpoint. */
export interface EvolutionStep {
  readonly step: number;
  /** The explanation's maps [1, channels, h, w]. */
  readonly tensor: TensorData<'float32'>;
  /** Of the class that is explained, or of the last checkpoint's top class. */
  readonly probability: number;
}

export interface EvolutionContent {
  /** Of the last checkpoint. */
  readonly model: Pick<Model, 'name' | 'preprocessing'>;
  readonly method: Pick<Method, 'title' | 'explains'>;
  /** [1, C, H, W]. */
  readonly input: TensorData<'float32'>;
  readonly explanation: Pick<Explanation, 'sign' | 'layer' | 'units' | 'remarks'>;
  /** The class that the probabilities are of. */
  readonly className: string;
  readonly steps: readonly EvolutionStep[];
}

/** What is drawn for one checkpoint: a map and the map over the input, or a grid of a layer's maps. */
export interface EvolutionPanel {
  readonly step: number;
  readonly caption: string;
  readonly pictures: readonly Picture[];
}

/** The share of all values, in percent, that lie inside the scale: a few outliers would pale all the rest. */
const PERCENTILE = 99.5;

/** The panels of all checkpoints on one scale, and the input. */
export function evolutionPanels({ model, method, input, explanation, className, steps }: EvolutionContent): {
  readonly shown: Picture;
  readonly panels: readonly EvolutionPanel[];
  readonly scale: Scale;
} {
  const { sign } = explanation;
  const shown = tensorToPicture(input, model.preprocessing);
  const maps = steps.map(({ tensor }) => mapsOf(tensor, input, method));
  const values = new Float32Array(maps.reduce((sum, { data }) => sum + data.length, 0));
  let filled = 0;
  for (const { data } of maps) {
    values.set(data, filled);
    filled += data.length;
  }
  const scale = scaleOf(values, { sign, percentile: PERCENTILE });
  const panels = steps.map(({ step, probability }, index): EvolutionPanel => {
    const map = maps[index] as TensorData<'float32'>;
    const [, channels = 1, height, width] = map.shape;
    const { picture } = renderMaps(map, { sign, scale });
    const caption = `${className}: ${percent(probability)}`;
    if (channels > 1) return { step, caption, pictures: [picture] };
    const isSmall = height !== shown.height || width !== shown.width;
    const full = isSmall ? resizedMap(map, shown.height, shown.width) : map;
    return { step, caption, pictures: [picture, overlay(shown, full, scale, sign)] };
  });
  return { shown, panels, scale };
}

/** The heading of the figure. */
export function evolutionHeading({ model, method, explanation, className }: EvolutionContent): string {
  const { layer, units } = explanation;
  const unit = units?.[0];
  return [
    `${method.title} while ${model.name} learns`,
    ...(method.explains.includes('class') && unit === undefined ? [`class ${className}`] : []),
    ...(layer === undefined ? [] : [`layer ${layer}`]),
    ...(unit === undefined ? [] : [`channel ${unit.channel}`]),
  ].join(', ');
}

/** What the reader must know of the figure. */
export function evolutionNotes({ explanation: { remarks } }: EvolutionContent): readonly string[] {
  return [`all on one scale, which ${PERCENTILE} % of the values lie inside`, ...remarks];
}

/** Signals in the shape of the input become one map; layers stay grids of maps. */
function mapsOf(
  tensor: TensorData<'float32'>,
  input: TensorData,
  { explains }: Pick<Method, 'explains'>,
): TensorData<'float32'> {
  const isSignal = explains.length > 0 && shapeText(tensor.shape) === shapeText(input.shape);
  return isSignal && (tensor.shape[1] ?? 1) > 1 ? strongestOverChannels(tensor) : tensor;
}

function percent(probability: number): string {
  const value = 100 * probability;
  return `${value < 10 ? value.toFixed(1) : value.toFixed(0)} %`;
}
