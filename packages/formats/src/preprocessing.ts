import { ConvscopeError } from '@convscope/gpu-engine/graph';

/**
 * How a picture becomes a network's input: plain data that sits in a model's metadata as JSON. Each value is
 * `(scale * x - mean) / standardDeviation` of an 8-bit sample x, or of 255 - x where `invert` is set.
 */
export interface Preprocessing {
  readonly channels: 1 | 3;
  /** Pixels. */
  readonly height: number;
  /** Pixels. */
  readonly width: number;
  /** One number a channel, in the tensor's channel order, in units after scaling. */
  readonly mean: readonly number[];
  /** One number a channel, above 0. */
  readonly standardDeviation: readonly number[];
  /** What 8-bit samples are multiplied by: 1/255, or 1 for networks that take 0 to 255. */
  readonly scale: number;
  /** The order of the tensor's channels; of no effect on grey ones. */
  readonly order: 'rgb' | 'bgr';
  /** How other sizes fit: distorted, filled with the edges cut off, or shown whole on the background. */
  readonly resize: 'stretch' | 'cover' | 'contain';
  /** For networks that learned white ink on black and are given black on white. Default: false. */
  readonly invert?: boolean;
  /** RGB, 0 to 255, under transparent pixels and around `contain`. Default: white. */
  readonly background?: readonly number[];
}

const LARGEST_SIDE = 16_384;

/** Checks data from a model's metadata. Throws `invalid-parameter`, naming the field. */
export function parsePreprocessing(value: unknown): Preprocessing {
  const fields = asFields(value);
  const channels = fields.get('channels');
  if (channels !== 1 && channels !== 3) throw wrong('channels', channels, '1 or 3');
  const invert = fields.get('invert');
  if (invert !== undefined && typeof invert !== 'boolean') throw wrong('invert', invert, 'true or false');
  const background = fields.get('background');
  return {
    channels,
    height: side(fields, 'height'),
    width: side(fields, 'width'),
    mean: numbers(fields, 'mean', channels, -1e6, 1e6),
    standardDeviation: numbers(fields, 'standardDeviation', channels, 1e-12, 1e6),
    scale: finite('scale', fields.get('scale'), 1e-12, 1e6),
    order: word(fields, 'order', ['rgb', 'bgr']),
    resize: word(fields, 'resize', ['stretch', 'cover', 'contain']),
    ...(invert === undefined ? {} : { invert }),
    ...(background === undefined ? {} : { background: numbers(fields, 'background', 3, 0, 255) }),
  };
}

const FIELDS = [
  'channels',
  'height',
  'width',
  'mean',
  'standardDeviation',
  'scale',
  'order',
  'resize',
  'invert',
  'background',
];

type Fields = ReadonlyMap<string, unknown>;

function asFields(value: unknown): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong('', value, 'an object');
  const fields = value instanceof Map ? (value as Fields) : new Map<string, unknown>(Object.entries(value));
  for (const name of fields.keys()) {
    if (!FIELDS.includes(name)) throw wrong(name.slice(0, 40), 'an unknown field', FIELDS.join(', '));
  }
  return fields;
}

function side(fields: Fields, name: string): number {
  const value = finite(name, fields.get(name), 1, LARGEST_SIDE);
  if (!Number.isInteger(value)) throw wrong(name, value, 'a whole number');
  return value;
}

function numbers(fields: Fields, name: string, count: number, least: number, most: number): number[] {
  const value = fields.get(name);
  if (!Array.isArray(value) || value.length !== count) throw wrong(name, value, `a list of ${count} numbers`);
  return value.map((item: unknown) => finite(name, item, least, most));
}

function finite(name: string, value: unknown, least: number, most: number): number {
  if (typeof value !== 'number' || !(value >= least && value <= most)) {
    throw wrong(name, value, `a number from ${least} to ${most}`);
  }
  return value;
}

function word<const Word extends string>(fields: Fields, name: string, words: readonly Word[]): Word {
  const value = fields.get(name);
  const found = words.find((candidate) => candidate === value);
  if (found === undefined) throw wrong(name, value, words.join(', '));
  return found;
}

function wrong(name: string, value: unknown, wanted: string): ConvscopeError {
  const place = name === '' ? 'preprocessing' : `preprocessing.${name}`;
  const got = value === undefined ? 'nothing' : (JSON.stringify(value) ?? typeof value).slice(0, 80);
  return new ConvscopeError('invalid-parameter', `${place} is not usable`, { got, wanted });
}
