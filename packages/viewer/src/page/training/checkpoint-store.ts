import { crc32 } from '@convscope/formats';
import { ConvscopeError } from '@convscope/gpu-engine/graph';

/** A place for files by name. A write that fails, or a page that is closed, may leave any part of the bytes. */
export interface ByteFiles {
  readonly read: (name: string) => Promise<Uint8Array | undefined>;
  /** Replaces the file. Throws where there is no room. */
  readonly write: (name: string, bytes: Uint8Array) => Promise<void>;
  readonly remove: (name: string) => Promise<void>;
  readonly list: () => Promise<readonly string[]>;
}

/** `CVSC`, a sequence number, the content's length, and a checksum of all that and the content. */
const HEADER_BYTES = 16;
const MAGIC = 0x43565343;
const SLOTS = ['a', 'b'] as const;
const KEY = /^[a-z0-9-]{1,60}$/;

interface Slot {
  readonly name: string;
  readonly sequence: number;
  readonly content: Uint8Array;
}

/**
 * Keeps byte strings so that what was kept last stays readable whatever happens while the next is written: each key
 * has two slots, a write goes into the one that does not hold the newest whole content, and a checksum tells which
 * contents are whole.
 */
export class CheckpointStore {
  readonly #files: ByteFiles;
  /** What each key's newest whole content was, as far as this store knows, so that a write need not read it again. */
  readonly #known = new Map<string, Pick<Slot, 'name' | 'sequence'>>();

  constructor(files: ByteFiles) {
    this.#files = files;
  }

  /**
   * Keeps the content under a key of lower-case letters, digits and hyphens. Throws `invalid-file` where it could not
   * be written, as when the storage is full; the content before is then still there.
   */
  async write(key: string, content: Uint8Array): Promise<void> {
    const newest = this.#known.get(key) ?? (await this.#newest(key));
    const sequence = (newest?.sequence ?? 0) + 1;
    const name = newest?.name === slotName(key, 'a') ? slotName(key, 'b') : slotName(key, 'a');
    try {
      await this.#files.write(name, packed(content, sequence));
      this.#known.set(key, { name, sequence });
    } catch (cause) {
      const got = cause instanceof Error ? cause.name : String(cause);
      const message = 'the checkpoint could not be kept; the one before it is untouched';
      throw new ConvscopeError('invalid-file', message, { got }, { cause });
    }
  }

  /** The newest whole content; undefined where there is none. */
  async read(key: string): Promise<Uint8Array | undefined> {
    return (await this.#newest(key))?.content;
  }

  /** Looks at the files again before the next write: another page may have written meanwhile. */
  refresh(): void {
    this.#known.clear();
  }

  /** All keys that were written, whole or not. */
  async keys(): Promise<readonly string[]> {
    const names = await this.#files.list();
    return [...new Set(names.flatMap((name) => /^([a-z0-9-]+)\.[ab]$/.exec(name)?.[1] ?? []))].sort();
  }

  async remove(key: string): Promise<void> {
    this.#known.delete(key);
    for (const slot of SLOTS) await this.#files.remove(slotName(key, slot));
  }

  async #newest(key: string): Promise<Slot | undefined> {
    let newest: Slot | undefined;
    for (const slot of SLOTS) {
      const name = slotName(key, slot);
      const bytes = await this.#files.read(name);
      const found = bytes === undefined ? undefined : unpacked(name, bytes);
      if (found !== undefined && found.sequence > (newest?.sequence ?? 0)) newest = found;
    }
    return newest;
  }
}

function slotName(key: string, slot: (typeof SLOTS)[number]): string {
  if (KEY.test(key)) return `${key}.${slot}`;
  throw new ConvscopeError('invalid-parameter', 'not a key to keep something under', { got: JSON.stringify(key) });
}

function packed(content: Uint8Array, sequence: number): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES + content.length);
  const view = new DataView(bytes.buffer);
  [MAGIC, sequence, content.length].forEach((word, index) => view.setUint32(4 * index, word));
  bytes.set(content, HEADER_BYTES);
  view.setUint32(12, checksum(bytes));
  return bytes;
}

function unpacked(name: string, bytes: Uint8Array): Slot | undefined {
  if (bytes.length < HEADER_BYTES) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isWhole = view.getUint32(0) === MAGIC && view.getUint32(8) === bytes.length - HEADER_BYTES;
  if (!isWhole || view.getUint32(12) !== checksum(bytes)) return undefined;
  return { name, sequence: view.getUint32(4), content: bytes.subarray(HEADER_BYTES) };
}

/** Of the header without the checksum itself, and the content. */
function checksum(bytes: Uint8Array): number {
  return crc32(bytes.subarray(HEADER_BYTES), crc32(bytes.subarray(0, 12)));
}
