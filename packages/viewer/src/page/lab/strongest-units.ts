import type { Explanation, Unit } from '@convscope/xai';

/** A unit with its activation. */
export interface ActiveUnit {
  readonly unit: Required<Unit>;
  readonly value: number;
}

/** The channels of maps [1, C, h, w] that fire most, strongest first, each at its strongest position; none at zero. */
export async function strongestUnits({ tensor }: Explanation, count: number): Promise<readonly ActiveUnit[]> {
  const { data, shape } = await tensor.read();
  const [, channels = 0, height = 1, width = 1] = shape;
  const plane = height * width;
  const found = Array.from({ length: channels }, (_, channel) => {
    let [value, at] = [-Infinity, 0];
    for (let position = 0; position < plane; position++) {
      const here = data[channel * plane + position] ?? 0;
      if (here > value) [value, at] = [here, position];
    }
    return { unit: { channel, y: Math.floor(at / width), x: at % width }, value };
  });
  return found
    .filter(({ value }) => value > 0)
    .sort((a, b) => b.value - a.value || a.unit.channel - b.unit.channel)
    .slice(0, count);
}
