import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { fileKind } from './model-file/file-kind.ts';

/** Files that are dropped anywhere on the page. */
export class DropTarget implements ReactiveController {
  /** Whether files are held over the page. */
  isOver = false;
  readonly #host: ReactiveControllerHost;
  readonly #take: (file: File) => void;

  constructor(host: ReactiveControllerHost, take: (file: File) => void) {
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
    const [file] = event.dataTransfer?.files ?? [];
    if (file === undefined || fileKind(file.name) === 'picture') return;
    event.preventDefault();
    this.#take(file);
  };

  readonly #onDropLast = (event: DragEvent): void => {
    const [file] = event.dataTransfer?.files ?? [];
    if (file === undefined || event.defaultPrevented) return;
    event.preventDefault();
    this.#take(file);
  };
}
