import { ConvscopeError, type EpilogueForm, type KernelName } from '../graph/index.ts';
import { epilogueSource } from './epilogue-source.ts';
import type { GpuDevice } from './gpu-device.ts';
import { kernelEntry } from './kernel-entry.ts';
import { sliceSource } from './slices.ts';
import { spanSource, type Spans } from './spans.ts';

/** What is changed in a kernel's text before it is compiled. */
export interface KernelForm {
  /** Values for its `// variant` constants. */
  readonly variant?: Readonly<Record<string, number>> | undefined;
  /** Bindings that are several buffers. */
  readonly spans?: Spans | undefined;
  /** What becomes of each result before it is written. */
  readonly epilogue?: EpilogueForm | undefined;
  /** Whether the dispatch begins at the workgroup row that a last uniform says. */
  readonly isSlice?: boolean;
}

/** Compiles each kernel variant once a device. */
export class PipelineCache {
  readonly #device: GpuDevice;
  readonly #pipelines = new Map<string, Promise<GPUComputePipeline>>();

  constructor(device: GpuDevice) {
    this.#device = device;
  }

  /** The number of pipelines compiled so far. */
  get size(): number {
    return this.#pipelines.size;
  }

  /** The pipeline of a kernel in one form. Throws `gpu-validation` with the shader's error. */
  async get(kernel: KernelName, form: KernelForm = {}): Promise<GPUComputePipeline> {
    const key = `${kernel} ${JSON.stringify([form.variant, form.spans, form.epilogue, form.isSlice === true])}`;
    let pipeline = this.#pipelines.get(key);
    if (pipeline === undefined) {
      pipeline = this.#compile(kernel, form);
      this.#pipelines.set(key, pipeline);
    }
    return pipeline;
  }

  async #compile(
    kernel: KernelName,
    { variant = {}, spans = {}, epilogue, isSlice = false }: KernelForm,
  ): Promise<GPUComputePipeline> {
    const { source, entryPoint, bindings, hook } = kernelEntry(kernel);
    const chosen = substitute(source, variant);
    const whole = epilogue === undefined || hook === undefined ? chosen : epilogueSource(chosen, hook, epilogue);
    const sliced = isSlice ? (sliceSource(whole, entryPoint) ?? whole) : whole;
    const code = Object.keys(spans).length > 0 ? spanSource(sliced, bindings, spans) : sliced;
    const { handle } = this.#device;
    const module = handle.createShaderModule({ label: kernel, code });
    try {
      const pipeline = handle.createComputePipelineAsync({
        label: kernel,
        layout: 'auto',
        compute: { module, entryPoint },
      });
      return await this.#device.waitFor(pipeline);
    } catch (error) {
      await Promise.race([handle.lost, Promise.resolve()]); // a loss is noted before the next line
      this.#device.assertUsable();
      throw new ConvscopeError('gpu-validation', 'the kernel does not compile', { node: kernel }, { cause: error });
    }
  }
}

function substitute(source: string, variant: Readonly<Record<string, number>>): string {
  let code = source;
  for (const [name, value] of Object.entries(variant)) {
    code = code.replace(new RegExp(`\\b(const ${name}(?::u32)?=)[0-9]+`), `$1${value}`);
  }
  return code;
}
