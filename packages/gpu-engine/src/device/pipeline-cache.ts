import { ConvscopeError, type EpilogueForm, type KernelName } from '../graph/index.ts';
import { kernelSources } from '../kernels/kernels.gen.ts';
import { epilogueSource, type EpilogueHook } from './epilogue-source.ts';
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

/** A kernel's entry point as the generated module describes it. */
export interface KernelEntry {
  readonly source: string;
  readonly entryPoint: string;
  readonly workgroupSize: number;
  readonly bindings: readonly { readonly name: string; readonly binding: number; readonly kind: string }[];
  readonly uniforms: readonly {
    readonly name: string;
    readonly type: string;
    readonly offset: number;
    readonly count?: number;
  }[];
  readonly uniformSize: number;
  /** The function through which all results go, where there is one. */
  readonly hook?: EpilogueHook;
}

interface KernelFile {
  readonly source: string;
  readonly entryPoints: Readonly<Record<string, Omit<KernelEntry, 'source' | 'entryPoint' | 'workgroupSize'>>>;
}

/** The entry point of a kernel's name `file/entryPoint`. */
export function kernelEntry(kernel: KernelName): KernelEntry {
  const [file, entryPoint] = kernel.split('/') as [string, string];
  const { source, entryPoints } = (kernelSources as unknown as Record<string, KernelFile>)[file] as KernelFile;
  const entry = entryPoints[entryPoint] as KernelEntry & { readonly workgroupSize: unknown };
  const size = (entry.workgroupSize as unknown as readonly number[]).reduce((a, b) => a * b, 1);
  return { ...entry, source, entryPoint, workgroupSize: size };
}

/** Compiles each kernel variant once a device. */
export class PipelineCache {
  readonly #device: GPUDevice;
  readonly #assertUsable: () => void;
  readonly #pipelines = new Map<string, Promise<GPUComputePipeline>>();

  constructor(device: GPUDevice, assertUsable: () => void) {
    this.#device = device;
    this.#assertUsable = assertUsable;
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
    const module = this.#device.createShaderModule({ label: kernel, code });
    try {
      return await this.#device.createComputePipelineAsync({
        label: kernel,
        layout: 'auto',
        compute: { module, entryPoint },
      });
    } catch (error) {
      await Promise.race([this.#device.lost, Promise.resolve()]); // a loss is noted before the next line
      this.#assertUsable();
      throw new ConvscopeError('gpu-validation', 'the kernel does not compile', { node: kernel }, { cause: error });
    }
  }
}

function substitute(source: string, variant: Readonly<Record<string, number>>): string {
  let code = source;
  for (const [name, value] of Object.entries(variant)) {
    code = code.replace(new RegExp(`^(const ${name}(?:: u32)? = )[0-9]+(u?; // variant)`, 'm'), `$1${value}$2`);
  }
  return code;
}
