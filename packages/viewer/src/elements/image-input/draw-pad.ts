import type { Picture } from '@convscope/formats';

/** Pixels of the drawing surface: enough for smooth strokes on a dense screen. */
const SIDE = 448;
/** Width of the pen, and the longer side that a drawing is grown or shrunk to, as parts of the surface. */
const PEN = 0.085;
const INK_EXTENT = 0.7;

/** A surface for one pointer or several, with ink on a ground of the other colour. */
export class DrawPad {
  readonly canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  readonly #last = new Map<number, readonly [number, number]>();
  #ink = '#ffffff';
  #ground = '#000000';
  #hasInk = false;

  constructor(canvas: HTMLCanvasElement) {
    this.canvas = canvas;
    canvas.width = canvas.height = SIDE;
    this.#context = canvas.getContext('2d', { willReadFrequently: true }) as CanvasRenderingContext2D;
  }

  /** Whether something was drawn since the last clearing. */
  get hasInk(): boolean {
    return this.#hasInk;
  }

  get isDrawing(): boolean {
    return this.#last.size > 0;
  }

  clear(colors: { readonly ink: string; readonly ground: string }): void {
    this.#ink = colors.ink;
    this.#ground = colors.ground;
    this.#hasInk = false;
    this.#last.clear();
    this.#context.fillStyle = this.#ground;
    this.#context.fillRect(0, 0, SIDE, SIDE);
  }

  /** Shows a picture in place of a drawing. */
  show(picture: Picture): void {
    const source = canvasOf(picture.width, picture.height);
    source.context.putImageData(new ImageData(picture.data, picture.width, picture.height), 0, 0);
    this.#context.imageSmoothingEnabled = false;
    this.#context.drawImage(source.canvas, 0, 0, SIDE, SIDE);
    this.#hasInk = false;
  }

  begin(event: PointerEvent): void {
    this.canvas.setPointerCapture(event.pointerId);
    this.#last.set(event.pointerId, this.#placeOf(event));
    this.continue(event);
  }

  continue(event: PointerEvent): void {
    const from = this.#last.get(event.pointerId);
    if (from === undefined) return;
    const between = event.getCoalescedEvents?.() ?? [];
    const places = (between.length > 0 ? between : [event]).map((each) => this.#placeOf(each));
    const context = this.#context;
    context.strokeStyle = this.#ink;
    context.lineWidth = PEN * SIDE;
    context.lineCap = context.lineJoin = 'round';
    context.beginPath();
    context.moveTo(...from);
    for (const place of places) context.lineTo(...place);
    context.stroke();
    this.#last.set(event.pointerId, places.at(-1) ?? from);
    this.#hasInk = true;
  }

  end(event: PointerEvent): void {
    this.#last.delete(event.pointerId);
  }

  /** The drawing as networks learned drawings: as large as theirs, and in the middle. */
  centred(): Picture {
    const ink = this.#inkBox();
    const { canvas, context } = canvasOf(SIDE, SIDE);
    context.fillStyle = this.#ground;
    context.fillRect(0, 0, SIDE, SIDE);
    if (ink !== undefined) {
      const factor = (INK_EXTENT * SIDE) / Math.max(ink.width, ink.height);
      const [width, height] = [ink.width * factor, ink.height * factor];
      context.imageSmoothingQuality = 'high';
      const [left, top] = [(SIDE - width) / 2, (SIDE - height) / 2];
      context.drawImage(this.canvas, ink.left, ink.top, ink.width, ink.height, left, top, width, height);
    }
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    return { width: SIDE, height: SIDE, data };
  }

  #placeOf(event: PointerEvent): readonly [number, number] {
    const { left, top, width, height } = this.canvas.getBoundingClientRect();
    return [((event.clientX - left) / width) * SIDE, ((event.clientY - top) / height) * SIDE];
  }

  #inkBox(): { left: number; top: number; width: number; height: number } | undefined {
    const { data } = this.#context.getImageData(0, 0, SIDE, SIDE);
    const ground = data[0] !== undefined && this.#ground === '#000000' ? 0 : 255;
    let [left, top, right, bottom] = [SIDE, SIDE, -1, -1];
    for (let pixel = 0; pixel < SIDE * SIDE; pixel++) {
      if (Math.abs((data[4 * pixel] ?? 0) - ground) < 64) continue;
      const [x, y] = [pixel % SIDE, Math.floor(pixel / SIDE)];
      [left, right] = [Math.min(left, x), Math.max(right, x)];
      [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
    }
    return right < 0 ? undefined : { left, top, width: right - left + 1, height: bottom - top + 1 };
  }
}

function canvasOf(width: number, height: number): { canvas: HTMLCanvasElement; context: CanvasRenderingContext2D } {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  return { canvas, context: canvas.getContext('2d', { willReadFrequently: true }) as CanvasRenderingContext2D };
}
