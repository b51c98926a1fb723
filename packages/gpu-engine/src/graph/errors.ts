/** What went wrong, as a stable word that a program can switch on. */
export type ErrorCode =
  | 'no-webgpu'
  | 'no-adapter'
  | 'device-lost'
  | 'out-of-memory'
  | 'device-limit'
  | 'gpu-validation'
  | 'invalid-graph'
  | 'invalid-attribute'
  | 'invalid-shape'
  | 'unknown-name'
  | 'invalid-tensor'
  | 'stale-tensor'
  | 'disposed'
  | 'invalid-parameter'
  | 'invalid-file'
  | 'non-finite'
  | 'cancelled';

/** Where it went wrong: the node or name concerned, what came and what was wanted. */
export interface ErrorDetail {
  readonly node?: string;
  readonly got?: string;
  readonly wanted?: string;
}

/** Every error that Convscope throws on purpose. The message carries the detail as plain words. */
export class ConvscopeError extends Error {
  readonly code: ErrorCode;
  readonly detail: ErrorDetail;

  constructor(code: ErrorCode, message: string, detail: ErrorDetail = {}, options?: ErrorOptions) {
    super(sentence(message, detail), options);
    this.name = 'ConvscopeError';
    this.code = code;
    this.detail = detail;
  }
}

function sentence(message: string, { node, got, wanted }: ErrorDetail): string {
  let text = node === undefined ? message : `${node}: ${message}`;
  if (got !== undefined) text += `; got ${got}`;
  if (wanted !== undefined) text += `; wanted ${wanted}`;
  return text;
}

/** Throws `cancelled` once the signal is aborted; called between the steps of long work. */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) {
    throw new ConvscopeError('cancelled', 'cancelled by the caller', {}, { cause: signal.reason });
  }
}
