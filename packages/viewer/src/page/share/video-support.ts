/** H.264, high profile, level 4: up to 2048 x 1024 pixels, which every player knows. */
const CODEC = 'avc1.640028';
const BITS_PER_SECOND = 6e6;

/** Whether this browser can encode films of the common kind. */
export async function canMakeVideo(): Promise<boolean> {
  if (!('VideoEncoder' in globalThis)) return false;
  const { supported } = await VideoEncoder.isConfigSupported(videoConfiguration(640, 480)).catch(() => ({
    supported: false,
  }));
  return supported === true;
}

/** What the encoder is asked for; sizes are even. */
export function videoConfiguration(width: number, height: number): VideoEncoderConfig {
  return {
    codec: CODEC,
    width,
    height,
    bitrate: BITS_PER_SECOND,
    framerate: 12,
    // Pictures come out in the order in which they are shown.
    latencyMode: 'realtime',
    avc: { format: 'avc' },
  };
}
