import { ConvscopeError, type ErrorCode } from '@convscope/gpu-engine/graph';

/** A failure as a page says it to people who know nothing of WebGPU. */
export interface FailureWords {
  readonly code: ErrorCode | 'unknown';
  readonly title: string;
  readonly advice: string;
  /** Whether trying again may help without a change to the machine. */
  readonly canRetry: boolean;
}

const KNOWN: ReadonlyMap<string, Omit<FailureWords, 'code'>> = /* @__PURE__ */ new Map([
  [
    'no-webgpu',
    {
      title: 'This browser has no WebGPU',
      advice:
        'Convscope computes on your graphics card through WebGPU (navigator.gpu), which is missing here. Chrome and Edge have it from version 113 on; the page must be opened over https or from localhost.',
      canRetry: false,
    },
  ],
  [
    'no-adapter',
    {
      title: 'WebGPU found no graphics adapter',
      advice:
        'The browser knows WebGPU, but no graphics card or driver answered (requestAdapter gave nothing). Turn on hardware acceleration in the browser’s settings, update the graphics driver, or see chrome://gpu for the reason.',
      canRetry: true,
    },
  ],
  [
    'device-lost',
    {
      title: 'The graphics device was lost',
      advice:
        'The driver was reset, or the browser took the device away. Nothing of yours is gone; the network can be loaded again.',
      canRetry: true,
    },
  ],
  [
    'out-of-memory',
    {
      title: 'The graphics card has no memory left',
      advice: 'Close other pages that use the graphics card, and try again.',
      canRetry: true,
    },
  ],
]);

export function failureWords(error: unknown): FailureWords {
  const code = error instanceof ConvscopeError ? error.code : 'unknown';
  const known = KNOWN.get(code);
  if (known !== undefined) return { code, ...known };
  return { code, title: 'Something went wrong', advice: messageOf(error), canRetry: true };
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
