/**
 * Colour maps as anchors that are interpolated linearly. `signed` is ColorBrewer's RdBu, blue for negative, white at
 * zero, red for positive, safe for the colour-blind; `positive` is matplotlib's inferno, `grey` plain black to white.
 */
const anchors = {
  signed: '053061 2166ac 4393c3 92c5de d1e5f0 f7f7f7 fddbc7 f4a582 d6604d b2182b 67001f',
  positive: '000004 1b0c41 4a0c6b 781c6d a52c60 cf4446 ed6925 fb9b06 f7d13d fcffa4',
  grey: '000000 ffffff',
} as const;

export type ColorMapName = keyof typeof anchors;

export const colorMapNames = Object.keys(anchors) as readonly ColorMapName[];

/** 256 RGBA entries from the lower to the upper end of the scale. */
export function colorTable(name: ColorMapName): Uint8ClampedArray<ArrayBuffer> {
  const stops = anchors[name]
    .split(' ')
    .map((hex) => [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)));
  const table = new Uint8ClampedArray(256 * 4);
  for (let entry = 0; entry < 256; entry++) {
    const place = (entry / 255) * (stops.length - 1);
    const low = Math.min(Math.floor(place), stops.length - 2);
    for (let channel = 0; channel < 3; channel++) {
      const [a, b] = [stops[low]?.[channel] ?? 0, stops[low + 1]?.[channel] ?? 0];
      table[entry * 4 + channel] = Math.round(a + (b - a) * (place - low));
    }
    table[entry * 4 + 3] = 255;
  }
  return table;
}
