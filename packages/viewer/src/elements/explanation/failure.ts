import { ConvscopeError } from '@convscope/gpu-engine/graph';
import { failureWords, messageOf, type FailureWords } from '../../shared/failure-words.ts';

/** What an element was at when it went on or failed. */
export type ExplanationStage = 'network' | 'picture' | 'explanation';

/** What the element says meanwhile. */
export const STAGE_WORDS: Readonly<Record<ExplanationStage, string>> = {
  network: 'Loading the network',
  picture: 'Loading the picture',
  explanation: 'Computing',
};

const TITLES: Readonly<Record<ExplanationStage, string>> = {
  network: 'The network could not be opened',
  picture: 'The picture could not be opened',
  explanation: 'The network could not be explained',
};

/** Codes whose cause lies in the page or the file, which trying again does not change. */
const LASTING: ReadonlySet<string> = /* @__PURE__ */ new Set([
  'invalid-parameter',
  'unknown-name',
  'invalid-shape',
  'invalid-tensor',
  'invalid-graph',
  'invalid-attribute',
  'device-limit',
]);

/** A failure in words, by what was being done; of the device where that was it. */
export function explanationFailure(error: unknown, stage: ExplanationStage): FailureWords {
  const words = failureWords(error);
  if (error instanceof ConvscopeError && words.advice !== messageOf(error)) return words;
  return { ...words, title: TITLES[stage], advice: messageOf(error), canRetry: !LASTING.has(words.code) };
}
