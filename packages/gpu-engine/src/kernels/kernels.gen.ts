// Generated from shaders/ by `npm run generate`; do not edit.
export const kernelSources = {} as const;

/** What each entry point binds, and which uniforms it reads; the key is `file/entryPoint`. */
export interface KernelSignatures {}
