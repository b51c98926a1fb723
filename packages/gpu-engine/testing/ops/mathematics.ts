import { errorFunction } from '../special-functions.ts';
import { unarySuite } from '../unary.ts';

export const exp = unarySuite('exp', {
  value: Math.exp,
  slope: Math.exp,
  ranges: [
    [-3, 3],
    [-80, 80],
    [-1e-3, 1e-3],
  ],
  special: [0],
  tolerance: { relative: 1e-5, absolute: 1e-6 },
});

export const log = unarySuite('log', {
  value: Math.log,
  slope: (x) => 1 / x,
  ranges: [
    [0.1, 3],
    [0.99, 1.01],
    [1e-6, 1e-3],
    [1, 1e30],
  ],
  special: [1],
});

export const sqrt = unarySuite('sqrt', {
  value: Math.sqrt,
  slope: (x) => 0.5 / Math.sqrt(x),
  ranges: [
    [0.1, 3],
    [1e-6, 1e-3],
    [1, 1e30],
  ],
  special: [1],
});

export const reciprocal = unarySuite('reciprocal', {
  value: (x) => 1 / x,
  slope: (x) => -1 / x ** 2,
  ranges: [
    [0.3, 3],
    [-3, -0.3],
    [1e3, 1e9],
  ],
});

export const erf = unarySuite('erf', {
  value: errorFunction,
  slope: (x) => (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x),
  ranges: [
    [-3, 3],
    [-1e-3, 1e-3],
    [-90, 90],
  ],
  special: [0, 1, -1],
});

export const abs = unarySuite('abs', {
  value: Math.abs,
  slope: Math.sign,
  ranges: [
    [-3, 3],
    [-1e30, 1e30],
  ],
  kinks: () => [0, -0],
});

const steps = {
  ranges: [
    [-4, 4],
    [-1e6, 1e6],
    [-0.7, 0.7],
  ],
  special: [0, -0, 1, -1, 0.5, -0.5, 1.5, -1.5, 2.5, -2.5, 3.5],
} as const;

export const sign = unarySuite('sign', { value: Math.sign, ...steps });
export const floor = unarySuite('floor', { value: Math.floor, ...steps });
export const ceil = unarySuite('ceil', { value: Math.ceil, ...steps });
export const round = unarySuite('round', {
  value(x) {
    const below = Math.floor(x);
    if (x - below === 0.5) return below % 2 === 0 ? below : below + 1;
    return Math.round(x);
  },
  ...steps,
});

const turns = [
  [-1.2, 1.2],
  [-10, 10],
  [-1000, 1000],
  [-1e-3, 1e-3],
] as const;

export const sin = unarySuite('sin', { value: Math.sin, slope: Math.cos, ranges: turns, special: [0] });
export const cos = unarySuite('cos', { value: Math.cos, slope: (x) => -Math.sin(x), ranges: turns, special: [0] });
export const tan = unarySuite('tan', {
  value: Math.tan,
  slope: (x) => 1 / Math.cos(x) ** 2,
  ranges: [
    [-1.2, 1.2],
    [2, 4],
    [-1e-3, 1e-3],
  ],
  tolerance: { relative: 4e-6, absolute: 1e-6 },
});

const inside = {
  ranges: [
    [-0.95, 0.95],
    [0.4, 0.6],
    [-1e-3, 1e-3],
  ],
  special: [0, 0.5, -0.5],
} as const;

export const asin = unarySuite('asin', { value: Math.asin, slope: (x) => 1 / Math.sqrt(1 - x * x), ...inside });
export const acos = unarySuite('acos', { value: Math.acos, slope: (x) => -1 / Math.sqrt(1 - x * x), ...inside });
export const atanh = unarySuite('atanh', { value: Math.atanh, slope: (x) => 1 / (1 - x * x), ...inside });

const everywhere = {
  ranges: [
    [-3, 3],
    [-0.6, 0.6],
    [-1e-3, 1e-3],
    [-1e9, 1e9],
  ],
  special: [0, 0.5, 1, -1],
} as const;

export const atan = unarySuite('atan', { value: Math.atan, slope: (x) => 1 / (1 + x * x), ...everywhere });
export const asinh = unarySuite('asinh', {
  value: Math.asinh,
  slope: (x) => 1 / Math.sqrt(1 + x * x),
  ...everywhere,
});

const growing = {
  ranges: [
    [-3, 3],
    [-1.1, 1.1],
    [-80, 80],
  ],
  special: [0, 1, -1],
  tolerance: { relative: 1e-5, absolute: 1e-6 },
} as const;

export const sinh = unarySuite('sinh', { value: Math.sinh, slope: Math.cosh, ...growing });
export const cosh = unarySuite('cosh', { value: Math.cosh, slope: Math.sinh, ...growing });
export const acosh = unarySuite('acosh', {
  value: Math.acosh,
  slope: (x) => 1 / Math.sqrt(x * x - 1),
  ranges: [
    [1.1, 3],
    [1.4, 1.6],
    [2, 1e9],
  ],
  special: [1.5],
});
