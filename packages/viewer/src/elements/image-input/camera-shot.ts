/** Whether the browser lets this page ask for a camera: not on plain http. */
export function hasCamera(): boolean {
  const { mediaDevices } = globalThis.navigator as { readonly mediaDevices?: MediaDevices };
  return mediaDevices !== undefined;
}

/** A camera that is on until `end`. */
export class CameraShot {
  readonly stream: MediaStream;

  private constructor(stream: MediaStream) {
    this.stream = stream;
  }

  /** Asks the user; on phones the camera on the back is preferred. Throws a DOMException where there is none. */
  static async open(): Promise<CameraShot> {
    const video = { facingMode: 'environment' };
    return new CameraShot(await globalThis.navigator.mediaDevices.getUserMedia({ video, audio: false }));
  }

  /** What the camera shows now, as a PNG file; undefined before its first picture. */
  async take(video: HTMLVideoElement): Promise<File | undefined> {
    const { videoWidth: width, videoHeight: height } = video;
    if (width === 0 || height === 0) return undefined;
    const canvas = document.createElement('canvas');
    canvas.width = width;
    canvas.height = height;
    canvas.getContext('2d')?.drawImage(video, 0, 0);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve));
    return blob === null ? undefined : new File([blob], 'camera.png', { type: 'image/png' });
  }

  end(): void {
    for (const track of this.stream.getTracks()) track.stop();
  }
}
