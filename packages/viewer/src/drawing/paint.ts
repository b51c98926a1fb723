/** Puts finished pixels on a 2D canvas, whose size in pixels becomes theirs. */
export function paint(
  canvas: HTMLCanvasElement,
  {
    pixels,
    width,
    height,
  }: { readonly pixels: Uint8ClampedArray<ArrayBuffer>; readonly width: number; readonly height: number },
): void {
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  canvas.getContext('2d')?.putImageData(new ImageData(pixels, width, height), 0, 0);
}
