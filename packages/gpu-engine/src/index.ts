export * from './graph/index.ts';
export { GpuDevice, type AdapterDescription, type GpuDeviceOptions } from './device/gpu-device.ts';
export type { MemoryUse } from './device/gpu-memory.ts';
export { Tensor } from './device/tensor.ts';
export { Plan, type PlanOptions } from './plan/plan.ts';
export { Instance, type RunOptions } from './plan/instance.ts';
export { ParameterSet, type DerivedParameter } from './plan/parameter-set.ts';
export * from './training/index.ts';
