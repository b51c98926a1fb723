export {
  isTunedFor,
  kernelChoices,
  readKernelTuning,
  tuningGain,
  type KernelTiming,
  type KernelTuning,
  type TunedProblem,
} from './kernel-tuning.ts';
export { tuneKernels, type TuneOptions, type TuneProgress } from './tune-kernels.ts';
export { tuningWorkload, type TuningWorkload } from './tuning-workload.ts';
