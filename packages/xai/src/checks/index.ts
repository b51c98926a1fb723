export { completeness, type Completeness, type CompletenessRequest } from './completeness.ts';
export { deletionInsertion, type DeletionInsertion, type DeletionInsertionOptions } from './deletion-insertion.ts';
export {
  parameterRandomization,
  parameterRandomizations,
  type RandomizationStep,
  type RandomizationSubject,
} from './parameter-randomization.ts';
export { pixelMap } from './pixel-map.ts';
export { pointing, type Pointing } from './pointing.ts';
export { spearman } from './spearman.ts';
