/** One encoded picture of a film. */
export interface Mp4Sample {
  /** An H.264 access unit with lengths in front of its parts, as `VideoEncoder` gives it with `avc: { format: 'avc' }`. */
  readonly data: Uint8Array;
  readonly milliseconds: number;
  /** Whether it can be shown without those before it. */
  readonly isKey: boolean;
}

export interface Mp4Film {
  /** In pixels, at most 65535. */
  readonly width: number;
  readonly height: number;
  /** The AVCDecoderConfigurationRecord, which `VideoEncoder` gives as its decoder's description. */
  readonly configuration: Uint8Array;
  readonly samples: readonly Mp4Sample[];
}

const TIMESCALE = 1000;

/**
 * A silent film as an MP4 file with its index in front (ISO/IEC 14496-12, and 14496-15 for H.264). Decoding and showing
 * order are the same: the encoder must not reorder.
 */
export function writeMp4(film: Mp4Film): Uint8Array {
  const type = box('ftyp', text('isom'), words(0x200), text('isomiso2avc1mp41'));
  // The index says where the pictures begin, which depends on its own size alone.
  const start = type.length + movie(film, 0).length + 8;
  return joined([type, movie(film, start), box('mdat', ...film.samples.map(({ data }) => data))]);
}

function movie(film: Mp4Film, start: number): Uint8Array {
  const { width, height, samples } = film;
  const duration = samples.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  const header = box(
    'mvhd',
    words(0, 0, 0, TIMESCALE, duration, 0x10000),
    halves(0x100, 0),
    words(0, 0, ...MATRIX, 0, 0, 0, 0, 0, 0, 2),
  );
  const trackHeader = box(
    'tkhd',
    words(3, 0, 0, 1, 0, duration, 0, 0),
    halves(0, 0, 0, 0),
    words(...MATRIX, width * 0x10000, height * 0x10000),
  );
  const UNDETERMINED = 0x55c4;
  const media = box(
    'mdia',
    box('mdhd', words(0, 0, 0, TIMESCALE, duration), halves(UNDETERMINED, 0)),
    box('hdlr', words(0, 0), text('vide'), words(0, 0, 0), text('VideoHandler\0')),
    box(
      'minf',
      box('vmhd', words(1), halves(0, 0, 0, 0)),
      box('dinf', box('dref', words(0, 1), box('url ', words(1)))),
      sampleTable(film, start),
    ),
  );
  return box('moov', header, box('trak', trackHeader, media));
}

function sampleTable({ width, height, configuration, samples }: Mp4Film, start: number): Uint8Array {
  const entry = box(
    'avc1',
    words(0),
    halves(0, 1),
    words(0, 0, 0, 0),
    halves(width, height),
    words(0x480000, 0x480000, 0),
    halves(1),
    new Uint8Array(32),
    halves(24, 0xffff),
    box('avcC', configuration),
  );
  const keys = samples.flatMap(({ isKey }, index) => (isKey ? [index + 1] : []));
  return box(
    'stbl',
    box('stsd', words(0, 1), entry),
    box('stts', words(0, samples.length, ...samples.flatMap(({ milliseconds }) => [1, milliseconds]))),
    box('stss', words(0, keys.length, ...keys)),
    box('stsc', words(0, 1, 1, samples.length, 1)),
    box('stsz', words(0, 0, samples.length, ...samples.map(({ data }) => data.length))),
    box('stco', words(0, 1, start)),
  );
}

/** Neither turned nor scaled, in fixed point. */
const MATRIX = [0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000] as const;

function box(type: string, ...parts: readonly Uint8Array[]): Uint8Array {
  const content = joined(parts);
  return joined([words(content.length + 8), text(type), content]);
}

function words(...values: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(4 * values.length));
  values.forEach((value, index) => view.setUint32(4 * index, value));
  return new Uint8Array(view.buffer);
}

function halves(...values: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(2 * values.length));
  values.forEach((value, index) => view.setUint16(2 * index, value));
  return new Uint8Array(view.buffer);
}

function text(value: string): Uint8Array {
  return new TextEncoder().encode(value);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}
