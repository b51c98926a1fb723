import { float32Tensor, type TensorData } from '@convscope/gpu-engine/graph';
import { receptiveField, type Box, type Unit } from '@convscope/xai';
import type { Lab } from './lab.ts';

/** Pictures with a shorter side are small enough to be seen whole. */
const LEAST_SIDE = 64;
/** A window of more than this part of the picture shows little more than the picture does. */
const MOST_PART = 0.75;
/** Tinier patches are shown with what is around them, in pixels. */
const LEAST_WINDOW = 16;

/**
 * The square window of a picture that a unit can see, moved inside the picture where it reaches beyond; undefined where
 * the whole picture is as good.
 */
export function windowOf(lab: Lab, layer: string, unit: Required<Unit>): Box | undefined {
  const { input } = lab;
  const [, , height = 0, width = 0] = input?.shape ?? [];
  if (input === undefined) return undefined;
  return patchOf(receptiveField(lab.session.graphFor(input), layer, unit.y, unit.x, lab.model.input), height, width);
}

/** The same for a receptive field in a picture of this size. */
export function patchOf(field: Box, height: number, width: number): Box | undefined {
  return Math.min(height, width) < LEAST_SIDE ? undefined : squareWindow(field, height, width);
}

export function squareWindow(field: Box, height: number, width: number): Box | undefined {
  const side = Math.max(field.height, field.width, LEAST_WINDOW);
  if (field.height === 0 || field.width === 0 || side > MOST_PART * Math.min(height, width)) return undefined;
  const start = (from: number, size: number, whole: number): number =>
    Math.min(Math.max(Math.round(from + (size - side) / 2), 0), whole - side);
  return {
    top: start(field.top, field.height, height),
    left: start(field.left, field.width, width),
    height: side,
    width: side,
  };
}

/** A part of each picture [N, C, H, W]. */
export function cropped({ shape, data }: TensorData, box: Box): TensorData<'float32'> {
  const [batch = 0, channels = 0, height = 0, width = 0] = shape;
  const result = float32Tensor([batch, channels, box.height, box.width]);
  for (let plane = 0; plane < batch * channels; plane++) {
    for (let row = 0; row < box.height; row++) {
      const from = (plane * height + box.top + row) * width + box.left;
      for (let column = 0; column < box.width; column++) {
        result.data[(plane * box.height + row) * box.width + column] = data[from + column] ?? 0;
      }
    }
  }
  return result;
}
