import { ConvscopeError } from '@convscope/gpu-engine/graph';

/** A file's bytes. Throws `invalid-file` where there are more than `most`, before they are held in memory. */
export async function readFile(file: Blob, name: string, most: number): Promise<Uint8Array<ArrayBuffer>> {
  if (file.size > most) {
    const detail = { got: `${file.size} bytes`, wanted: `at most ${most}` };
    throw new ConvscopeError('invalid-file', `${name} is too large`, detail);
  }
  return new Uint8Array(await file.arrayBuffer());
}

export interface StreamOptions {
  readonly most: number;
  /** What is thrown where there are more than `most` bytes; the stream is cancelled. */
  readonly tooLarge: () => Error;
  /** Called with the bytes so far. */
  readonly onProgress?: (bytes: number) => void;
}

/** All bytes of a stream, of which no more than `most` are ever held. */
export async function readStream(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  { most, tooLarge, onProgress }: StreamOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let size = 0;
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > most) {
      await reader.cancel();
      throw tooLarge();
    }
    parts.push(value);
    onProgress?.(size);
  }
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}
