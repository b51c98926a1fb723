import type { ParameterValues, Unit } from '@convscope/xai';

/** The views of the page, in the order of their tabs. */
export const viewNames = [
  'overview',
  'activations',
  'filters',
  'attribution',
  'deconvnet',
  'dream',
  'visualization',
  'reconstruction',
  'hierarchy',
  'training',
] as const;

export type ViewName = (typeof viewNames)[number];

/** Where a network comes from. A dropped file is known by its name and by the start of its SHA-256. */
export type ModelReference =
  | { readonly kind: 'zoo'; readonly name: string }
  | { readonly kind: 'file'; readonly name: string; readonly hash: string }
  | { readonly kind: 'url'; readonly url: string };

/** Where an input comes from. Small grey drawings are in the address themselves. */
export type InputReference =
  | { readonly kind: 'sample'; readonly number: number }
  | { readonly kind: 'pixels'; readonly width: number; readonly height: number; readonly data: string }
  | { readonly kind: 'file'; readonly name: string; readonly hash: string }
  /** A picture that the page's own server has. */
  | { readonly kind: 'url'; readonly url: string };

/** What a tile of the wall, or another view, is to show: a method and what it starts from. */
export interface Wish {
  readonly method: string;
  /** None: the one that the method chooses. */
  readonly layer?: string | undefined;
  readonly unit?: Unit | undefined;
  /** None: the page's target. */
  readonly target?: number | undefined;
  readonly seed?: number | undefined;
  readonly parameters?: ParameterValues | undefined;
}

/**
 * How the wall's tiles are coloured: each up to its largest value, each up to its 99th percentile (what is beyond has
 * the end's colour), or all on one scale of raw numbers.
 */
export const wallScales = ['own', 'percentile', 'one'] as const;
export type WallScale = (typeof wallScales)[number];

/** Everything that the user chose; all of it is in the page's address. */
export interface LabState {
  readonly model: ModelReference;
  /** A preprocessing that the user chose in place of the file's. */
  readonly preset: string | undefined;
  /** The address of a file with class names that the page's own server has. */
  readonly labels: string | undefined;
  readonly input: InputReference | undefined;
  readonly view: ViewName;
  /** A class; the best one where none was chosen. */
  readonly target: number | undefined;
  /** The layer that the views look at; the stage in the middle where none was chosen. */
  readonly layer: string | undefined;
  /** A unit of the layer; its strongest where none was chosen. */
  readonly unit: Unit | undefined;
  /** By which method units are shown; deconvnet where none was chosen. */
  readonly unitMethod: string | undefined;
  /** The convolution whose filters are shown, and one of its filters; the first ones where none was chosen. */
  readonly convolution: string | undefined;
  readonly filter: number | undefined;
  /** The method of the overview. */
  readonly method: string;
  readonly tiles: readonly Wish[];
  /** Undefined: percentiles for photos, whose few largest values would leave the rest pale. */
  readonly wallScale: WallScale | undefined;
  /** Of maps over the picture. Undefined: strong over drawings, weaker over photos, which are to be recognised below. */
  readonly opacity: number | undefined;
  /** Undefined: smooth where a map is coarser than the picture. */
  readonly isSmooth: boolean | undefined;
  /** What the views that make pictures were last asked for, by the view's name. */
  readonly pictures: Readonly<Partial<Record<ViewName, Wish>>>;
}

export const firstState: LabState = {
  model: { kind: 'zoo', name: 'digits' },
  preset: undefined,
  labels: undefined,
  input: undefined,
  view: 'overview',
  target: undefined,
  layer: undefined,
  unit: undefined,
  unitMethod: undefined,
  convolution: undefined,
  filter: undefined,
  method: 'grad-cam',
  tiles: [
    { method: 'grad-cam' },
    { method: 'guided-backprop' },
    { method: 'gradient-x-input' },
    { method: 'deconvnet' },
  ],
  wallScale: undefined,
  opacity: undefined,
  isSmooth: undefined,
  pictures: {},
};
