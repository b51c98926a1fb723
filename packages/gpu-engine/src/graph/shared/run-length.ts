/** Elements of a line that a thread does: software adapters divide slowly, GPUs want neighbouring threads at neighbouring elements. */
export const RUN_LENGTH = { software: 16, gpu: 1 } as const;
