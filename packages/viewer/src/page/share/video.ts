import { writeMp4, type GifFrame, type Mp4Sample } from '@convscope/formats';
import { ConvscopeError } from '@convscope/gpu-engine/graph';
import { videoConfiguration } from './video-support.ts';

const MICROSECONDS = 1000;
/** A player that jumps begins at one of these. */
const KEY_EVERY = 30;

/** The frames as an MP4 film. Throws `device-limit` where the encoder does not take pictures of this size. */
export async function videoOf(frames: readonly GifFrame[]): Promise<Blob> {
  const sides = (side: 'width' | 'height'): number => Math.max(...frames.map(({ picture }) => picture[side]));
  // The codec halves the resolution of its colours.
  const [width, height] = [2 * Math.ceil(sides('width') / 2), 2 * Math.ceil(sides('height') / 2)];
  const config = videoConfiguration(width, height);
  const { supported } = await VideoEncoder.isConfigSupported(config);
  if (supported !== true) {
    throw new ConvscopeError('device-limit', 'this browser makes no film of this size', {
      got: `${width} x ${height}`,
    });
  }
  const samples: Mp4Sample[] = [];
  let description = new Uint8Array();
  let problem: unknown;
  const encoder = new VideoEncoder({
    output: (chunk, { decoderConfig } = {}) => {
      const data = new Uint8Array(chunk.byteLength);
      chunk.copyTo(data);
      samples.push({ data, milliseconds: frames[samples.length]?.milliseconds ?? 0, isKey: chunk.type === 'key' });
      if (decoderConfig?.description !== undefined) description = bytesOf(decoderConfig.description);
    },
    error: (error) => (problem = error),
  });
  try {
    encoder.configure(config);
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;
    let milliseconds = 0;
    for (const [index, { picture, milliseconds: own }] of frames.entries()) {
      context.fillStyle = '#fff';
      context.fillRect(0, 0, width, height);
      context.putImageData(new ImageData(picture.data, picture.width, picture.height), 0, 0);
      const frame = new VideoFrame(canvas, { timestamp: milliseconds * MICROSECONDS, duration: own * MICROSECONDS });
      encoder.encode(frame, { keyFrame: index % KEY_EVERY === 0 });
      frame.close();
      milliseconds += own;
    }
    await encoder.flush();
  } finally {
    if (encoder.state !== 'closed') encoder.close();
  }
  if (problem !== undefined) throw problem;
  const bytes = writeMp4({ width, height, configuration: description, samples });
  return new Blob([bytes as Uint8Array<ArrayBuffer>], { type: 'video/mp4' });
}

function bytesOf(source: AllowSharedBufferSource): Uint8Array<ArrayBuffer> {
  const view = ArrayBuffer.isView(source)
    ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
    : new Uint8Array(source);
  return Uint8Array.from(view);
}
