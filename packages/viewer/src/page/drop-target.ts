import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { sortFiles } from './model-file/dropped-files.ts';

/** Files that are dropped anywhere on the page. */
export class DropTarget implements ReactiveController {
  /** Whether files are held over the page. */
  isOver = false;
  readonly #host: ReactiveControllerHost;
  readonly #take: (files: readonly File[]) => void;

  constructor(host: ReactiveControllerHost, take: (files: readonly File[]) => void) {
    this.#host = host;
    this.#take = take;
    host.addController(this);
  }

  hostConnected(): void {
    globalThis.addEventListener('dragover', this.#onDragOver);
    globalThis.addEventListener('dragleave', this.#onDragLeave);
    // Models are claimed before the input takes them for pictures; pictures are left to it where it is hit.
    globalThis.addEventListener('drop', this.#onDropFirst, { capture: true });
    globalThis.addEventListener('drop', this.#onDropLast);
  }

  hostDisconnected(): void {
    globalThis.removeEventListener('dragover', this.#onDragOver);
    globalThis.removeEventListener('dragleave', this.#onDragLeave);
    globalThis.removeEventListener('drop', this.#onDropFirst, { capture: true });
    globalThis.removeEventListener('drop', this.#onDropLast);
  }

  #setOver(isOver: boolean): void {
    this.isOver = isOver;
    this.#host.requestUpdate();
  }

  readonly #onDragOver = (event: DragEvent): void => {
    if (event.dataTransfer?.types.includes('Files') !== true) return;
    event.preventDefault();
    if (!this.isOver) this.#setOver(true);
  };

  readonly #onDragLeave = (event: DragEvent): void => {
    if (event.relatedTarget === null) this.#setOver(false);
  };

  readonly #onDropFirst = (event: DragEvent): void => {
    this.#setOver(false);
    const files = [...(event.dataTransfer?.files ?? [])];
    const { model, labels } = sortFiles(files);
    if ((model === undefined && labels === undefined) || isForTraining(event)) return;
    event.preventDefault();
    this.#take(files);
  };

  readonly #onDropLast = (event: DragEvent): void => {
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length === 0 || event.defaultPrevented || isForTraining(event)) return;
    event.preventDefault();
    this.#take(files);
  };
}

/** The training view takes folders of pictures itself. */
function isForTraining(event: DragEvent): boolean {
  return event.composedPath().some((place) => place instanceof Element && place.localName === 'cs-training-view');
}
