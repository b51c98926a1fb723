import type { AdapterDescription } from '@convscope/gpu-engine';
import type { RecordedSuite } from '../recorded.ts';
import type { CaseResult, Check, Extent, Figure } from '../suite.ts';
import type { SuiteName } from './suite-list.ts';

/** What the page asks its worker for. */
export interface SuiteRequest {
  readonly suite: SuiteName;
  readonly extent: Extent;
  readonly rounds: number;
  readonly seconds: number;
  /** Where the files beside the page are. */
  readonly base: string;
  /** The adapter's name, as the visitor calls it; browsers rarely tell. */
  readonly adapterName: string;
}

/** What the worker says on the way. */
export type SuiteMessage =
  | { readonly kind: 'loading'; readonly peer: string }
  | { readonly kind: 'ready'; readonly count: number }
  | { readonly kind: 'begin' | 'measure'; readonly name: string }
  | { readonly kind: 'check'; readonly check: Check }
  | { readonly kind: 'record'; readonly result: CaseResult }
  | { readonly kind: 'figure'; readonly figure: Figure }
  /** What the page's content security policy forbade. */
  | { readonly kind: 'violation'; readonly text: string }
  | { readonly kind: 'done'; readonly recording: RecordedSuite }
  | { readonly kind: 'failed'; readonly failure: SuiteFailure };

export interface SuiteFailure {
  /** The sides did not come to the same result. */
  readonly isDisagreement: boolean;
  readonly message: string;
}

export type AdapterAnswer =
  | { readonly kind: 'found'; readonly adapter: AdapterDescription }
  | { readonly kind: 'missing'; readonly hasWebGpu: boolean; readonly isSecure: boolean };
