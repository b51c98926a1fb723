import { type Random } from '@convscope/gpu-engine';

/** Red, green and blue, 0 to 1. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** The colour of a surface at a point in pixels. */
export type Texture = (x: number, y: number) => Rgb;

/** Colours that go well together, from dark to light; a shape and its ground take two that differ in brightness. */
export const PALETTE: readonly Rgb[] = [
  [0.11, 0.16, 0.29],
  [0.29, 0.13, 0.26],
  [0.1, 0.29, 0.28],
  [0.42, 0.15, 0.16],
  [0.17, 0.37, 0.55],
  [0.62, 0.25, 0.2],
  [0.22, 0.48, 0.35],
  [0.48, 0.36, 0.62],
  [0.85, 0.4, 0.24],
  [0.36, 0.64, 0.68],
  [0.87, 0.5, 0.58],
  [0.58, 0.7, 0.36],
  [0.93, 0.71, 0.29],
  [0.67, 0.82, 0.86],
  [0.95, 0.85, 0.68],
  [0.9, 0.9, 0.86],
];

/** How bright a colour looks, 0 to 1 (ITU-R BT.601). */
export function brightness([red, green, blue]: Rgb): number {
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}

/** One of several patterns of two tones of a colour, with a size, direction and strength of its own. */
export function textureOf(color: Rgb, random: Random): Texture {
  const pattern = (PATTERNS[random.below(PATTERNS.length)] ?? noise)(random);
  const strength = random.uniform(0.1, 0.2);
  const t = random.uniform(-1, 1);
  const [cosine, sine] = [(1 - t * t) / (1 + t * t), (2 * t) / (1 + t * t)];
  return (x, y) => {
    const shade = 1 + strength * (2 * pattern(cosine * x + sine * y, cosine * y - sine * x) - 1);
    return [color[0] * shade, color[1] * shade, color[2] * shade];
  };
}

/** A pattern's value at a point, 0 to 1. */
type Pattern = (u: number, v: number) => number;

const PATTERNS: readonly ((random: Random) => Pattern)[] = [stripes, waves, checks, dots, bricks, noise];

function stripes(random: Random): Pattern {
  const period = random.uniform(5, 9);
  return (u) => edge(wave(u / period) - 0.5, 3);
}

function waves(random: Random): Pattern {
  const period = random.uniform(6, 9);
  const [bend, length] = [random.uniform(1.5, 3), random.uniform(14, 22)];
  return (u, v) => edge(wave((u + bend * smooth(wave(v / length))) / period) - 0.5, 3);
}

function checks(random: Random): Pattern {
  const period = random.uniform(8, 13);
  return (u, v) => edge((wave(u / period) - 0.5) * (wave(v / period) - 0.5), 12);
}

function dots(random: Random): Pattern {
  const period = random.uniform(6, 9);
  const radius = random.uniform(0.24, 0.34);
  return (u, v) => {
    const row = Math.floor(v / period);
    const x = fraction(u / period + (row % 2 === 0 ? 0 : 0.5)) - 0.5;
    const y = v / period - row - 0.5;
    return edge((radius - Math.sqrt(x * x + y * y)) * period, 0.8);
  };
}

function bricks(random: Random): Pattern {
  const height = random.uniform(6, 8);
  const width = 2 * height;
  return (u, v) => {
    const row = Math.floor(v / height);
    const x = fraction(u / width + (row % 2 === 0 ? 0 : 0.5));
    const y = v / height - row;
    return edge(Math.min(Math.min(x, 1 - x) * width, Math.min(y, 1 - y) * height) - 0.9, 1);
  };
}

/** Two octaves of numbers on a lattice, blended between its points. */
function noise(random: Random): Pattern {
  const side = 32;
  const lattice = Float64Array.from({ length: side * side }, () => random.uniform());
  const period = random.uniform(5, 8);
  const at = (u: number, v: number): number => {
    const [left, top] = [Math.floor(u), Math.floor(v)];
    const [right, down] = [smooth(u - left), smooth(v - top)];
    const value = (x: number, y: number) =>
      lattice[(((y % side) + side) % side) * side + (((x % side) + side) % side)] ?? 0;
    const upper = value(left, top) + right * (value(left + 1, top) - value(left, top));
    const lower = value(left, top + 1) + right * (value(left + 1, top + 1) - value(left, top + 1));
    return upper + down * (lower - upper);
  };
  return (u, v) =>
    Math.min(
      1,
      Math.max(0, 1.6 * (0.65 * at(u / period, v / period) + 0.35 * at((2 * u) / period + 31, (2 * v) / period)) - 0.3),
    );
}

/** Rises from 0 to 1 and falls again, once a unit. */
function wave(value: number): number {
  const part = fraction(value);
  return part < 0.5 ? 2 * part : 2 - 2 * part;
}

function fraction(value: number): number {
  return value - Math.floor(value);
}

/** 0 to 1 around zero, the faster the steeper. */
function edge(value: number, steepness: number): number {
  return Math.min(1, Math.max(0, 0.5 + value * steepness));
}

function smooth(part: number): number {
  return part * part * (3 - 2 * part);
}
