/** At most 256 colours, and which of them stands for each colour that was counted. */
export interface Palette {
  /** 0xRRGGBB. */
  readonly colors: readonly number[];
  readonly indexOf: ReadonlyMap<number, number>;
}

const MOST_COLORS = 256;

/** Colours of a box in RGB space that one entry of the palette will stand for. */
interface Box {
  readonly colors: readonly number[];
  /** Pixels that have them. */
  readonly pixels: number;
  /** The channel (0 red, 1 green, 2 blue) in which they differ most, and by how much. */
  readonly channel: number;
  readonly spread: number;
}

/**
 * The palette for colours with their numbers of pixels: the colours themselves where they are no more than 256, else
 * the means of boxes that median cut makes (Heckbert, "Color Image Quantization for Frame Buffer Display", 1982).
 */
export function paletteFor(counts: ReadonlyMap<number, number>): Palette {
  const all = [...counts.keys()].sort((a, b) => a - b);
  if (all.length <= MOST_COLORS) return { colors: all, indexOf: new Map(all.map((color, index) => [color, index])) };
  const boxes = [boxOf(all, counts)];
  while (boxes.length < MOST_COLORS) {
    const weights = boxes.map(weightOf);
    const largest = weights.indexOf(Math.max(...weights));
    const box = boxes[largest];
    if (box === undefined || box.colors.length < 2) break;
    boxes.splice(largest, 1, ...cut(box, counts));
  }
  const indexOf = new Map<number, number>();
  const colors = boxes.map((box, index) => {
    for (const color of box.colors) indexOf.set(color, index);
    return meanOf(box, counts);
  });
  return { colors, indexOf };
}

/** Which box is cut first: of many pixels that differ much. One colour is never cut. */
function weightOf({ colors, spread, pixels }: Box): number {
  return colors.length > 1 ? spread * Math.sqrt(pixels) : -1;
}

function part(color: number, channel: number): number {
  return (color >> (16 - 8 * channel)) & 0xff;
}

function boxOf(colors: readonly number[], counts: ReadonlyMap<number, number>): Box {
  const least = [255, 255, 255];
  const most = [0, 0, 0];
  let pixels = 0;
  for (const color of colors) {
    pixels += counts.get(color) ?? 0;
    for (let channel = 0; channel < 3; channel++) {
      const value = part(color, channel);
      if (value < (least[channel] ?? 0)) least[channel] = value;
      if (value > (most[channel] ?? 0)) most[channel] = value;
    }
  }
  const spreads = most.map((value, channel) => value - (least[channel] ?? 0));
  const spread = Math.max(...spreads);
  return { colors, pixels, channel: spreads.indexOf(spread), spread };
}

/** Two boxes with about half the pixels each. */
function cut({ colors, pixels, channel }: Box, counts: ReadonlyMap<number, number>): readonly [Box, Box] {
  const sorted = [...colors].sort((a, b) => part(a, channel) - part(b, channel) || a - b);
  let passed = 0;
  let place = 0;
  while (place < sorted.length - 1 && (place === 0 || 2 * passed < pixels)) {
    passed += counts.get(sorted[place] ?? 0) ?? 0;
    place += 1;
  }
  return [boxOf(sorted.slice(0, place), counts), boxOf(sorted.slice(place), counts)];
}

function meanOf({ colors, pixels }: Box, counts: ReadonlyMap<number, number>): number {
  const mean = (channel: number): number => {
    const sum = colors.reduce((total, color) => total + part(color, channel) * (counts.get(color) ?? 0), 0);
    return Math.round(sum / pixels);
  };
  return (mean(0) << 16) | (mean(1) << 8) | mean(2);
}
