import { tuningGain, type KernelTuning } from '@convscope/gpu-engine';

/** What came of a tuning, in words: `23 problems measured, 1.4 times faster than the default`. */
export function tuningWords(tuning: KernelTuning): string {
  const { problems } = tuning;
  if (problems.length === 0) return 'this network leaves no choice of kernels';
  const measured = `${problems.length} ${problems.length === 1 ? 'problem' : 'problems'} measured`;
  const isSame = problems.every(({ candidate, usual }) => candidate === usual);
  if (isSame) return `${measured}, the default kernels are the fastest here`;
  return `${measured}, ${tuningGain(tuning).toFixed(1)} times faster than the default`;
}
