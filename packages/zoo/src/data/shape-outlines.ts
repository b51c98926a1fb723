import { type Point } from './digit-strokes.ts';

/**
 * How far a point lies outside an outline (negative: inside), in the outline's units. The outlines fit a circle of
 * radius 1 about the origin; y points down. Arithmetic and square roots only.
 */
export type Outline = (x: number, y: number) => number;

/** The ten classes of `shapes`, in the order of their labels. */
export const OUTLINES: readonly { readonly name: string; readonly distance: Outline }[] = [
  { name: 'disc', distance: disc(0, 0, 0.9) },
  { name: 'ring', distance: without(disc(0, 0, 0.95), disc(0, 0, 0.5)) },
  { name: 'crescent', distance: without(disc(0.05, 0, 0.95), disc(0.52, 0, 0.78)) },
  { name: 'drop', distance: union(disc(0, 0.35, 0.62), fanOf([0.519, 0.011], [0, -0.95], [-0.519, 0.011])) },
  { name: 'heart', distance: heart() },
  {
    name: 'triangle',
    distance: polygon([
      [0, -0.95],
      [0.9, 0.65],
      [-0.9, 0.65],
    ]),
  },
  {
    name: 'square',
    distance: polygon([
      [-0.72, -0.72],
      [0.72, -0.72],
      [0.72, 0.72],
      [-0.72, 0.72],
    ]),
  },
  { name: 'cross', distance: union(box(0.95, 0.31), box(0.31, 0.95)) },
  { name: 'star', distance: star() },
  {
    name: 'arrow',
    distance: polygon([
      [-0.95, -0.24],
      [0.05, -0.24],
      [0.05, -0.72],
      [0.97, 0],
      [0.05, 0.72],
      [0.05, 0.24],
      [-0.95, 0.24],
    ]),
  },
];

function disc(centerX: number, centerY: number, radius: number): Outline {
  return (x, y) => Math.sqrt((x - centerX) * (x - centerX) + (y - centerY) * (y - centerY)) - radius;
}

function box(halfWidth: number, halfHeight: number): Outline {
  return polygon([
    [-halfWidth, -halfHeight],
    [halfWidth, -halfHeight],
    [halfWidth, halfHeight],
    [-halfWidth, halfHeight],
  ]);
}

function union(...parts: readonly Outline[]): Outline {
  return (x, y) => parts.reduce((least, part) => Math.min(least, part(x, y)), Infinity);
}

function without(whole: Outline, hole: Outline): Outline {
  return (x, y) => Math.max(whole(x, y), -hole(x, y));
}

/** The drop's tip: a triangle whose sides touch the disc below it. */
function fanOf(right: Point, tip: Point, left: Point): Outline {
  return polygon([right, [0, 0.35], left, tip]);
}

/** A square on its corner with a disc on each upper side. */
function heart(): Outline {
  return union(
    polygon([
      [0, -0.45],
      [0.65, 0.2],
      [0, 0.85],
      [-0.65, 0.2],
    ]),
    disc(0.325, -0.125, 0.46),
    disc(-0.325, -0.125, 0.46),
  );
}

/** Five points; sines and cosines of multiples of 36 degrees, written out. */
function star(): Outline {
  const directions: readonly Point[] = [
    [0, -1],
    [0.587785, -0.809017],
    [0.951057, -0.309017],
    [0.951057, 0.309017],
    [0.587785, 0.809017],
    [0, 1],
    [-0.587785, 0.809017],
    [-0.951057, 0.309017],
    [-0.951057, -0.309017],
    [-0.587785, -0.809017],
  ];
  return polygon(directions.map(([x, y], corner) => (corner % 2 === 0 ? [x, y] : [0.43 * x, 0.43 * y])));
}

/** Distance to the nearest side, its sign by the even-odd rule. */
function polygon(corners: readonly Point[]): Outline {
  const sides = corners.map((from, index): readonly [Point, Point] => [
    from,
    corners[(index + 1) % corners.length] ?? from,
  ]);
  return (x, y) => {
    let nearest = Infinity;
    let isInside = false;
    for (const [[fromX, fromY], [toX, toY]] of sides) {
      const [alongX, alongY] = [toX - fromX, toY - fromY];
      const [offsetX, offsetY] = [x - fromX, y - fromY];
      const along = (offsetX * alongX + offsetY * alongY) / (alongX * alongX + alongY * alongY);
      const part = Math.min(1, Math.max(0, along));
      const [awayX, awayY] = [offsetX - part * alongX, offsetY - part * alongY];
      nearest = Math.min(nearest, awayX * awayX + awayY * awayY);
      if (fromY > y !== toY > y && offsetX < (alongX * offsetY) / alongY) isInside = !isInside;
    }
    return isInside ? -Math.sqrt(nearest) : Math.sqrt(nearest);
  };
}
