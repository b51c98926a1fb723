import type { KernelName } from '../graph/index.ts';
import { kernelSources } from '../kernels/kernels.gen.ts';
import type { EpilogueHook } from './epilogue-source.ts';

export interface KernelBinding {
  readonly name: string;
  readonly binding: number;
  readonly kind: 'uniform' | 'read' | 'write';
}

export interface KernelUniform {
  readonly name: string;
  readonly type: 'u32' | 'i32' | 'f32';
  /** Bytes from the beginning of the struct. */
  readonly offset: number;
}

/** A kernel's entry point, as its text describes it. */
export interface KernelEntry {
  readonly source: string;
  readonly entryPoint: string;
  /** Invocations of a workgroup. */
  readonly workgroupSize: number;
  readonly bindings: readonly KernelBinding[];
  readonly uniforms: readonly KernelUniform[];
  readonly uniformSize: number;
  /** The function through which all results go, where there is one. */
  readonly hook: EpilogueHook | undefined;
}

interface KernelFile {
  readonly source: string;
  readonly uses: Readonly<Record<string, readonly [bindings: readonly number[], hook?: EpilogueHook]>>;
}

const entries = new Map<KernelName, KernelEntry>();

/** The entry point of a kernel's name `file/entryPoint`. */
export function kernelEntry(kernel: KernelName): KernelEntry {
  let entry = entries.get(kernel);
  if (entry === undefined) {
    entry = readEntry(kernel);
    entries.set(kernel, entry);
  }
  return entry;
}

function readEntry(kernel: KernelName): KernelEntry {
  const [file, entryPoint] = kernel.split('/') as [string, string];
  const { source, uses } = (kernelSources as unknown as Record<string, KernelFile>)[file] as KernelFile;
  const [used, hook] = uses[entryPoint] as readonly [readonly number[], EpilogueHook?];
  const declared = declaredBindings(source);
  const bindings = used.map((index) => declared[index] as (typeof declared)[number]);
  const struct = bindings.find(({ kind }) => kind === 'uniform');
  const size = new RegExp(`@workgroup_size\\(([\\d,]+)\\)fn ${entryPoint}\\(`).exec(source)?.[1] ?? '1';
  return {
    source,
    entryPoint,
    workgroupSize: size.split(',').reduce((product, part) => product * Number(part), 1),
    bindings,
    ...(struct === undefined ? { uniforms: [], uniformSize: 0 } : readUniforms(source, struct.type)),
    hook,
  };
}

function declaredBindings(source: string): readonly (KernelBinding & { readonly type: string })[] {
  const pattern = /@group\(0\)@binding\((\d+)\)var<(uniform|storage,read|storage,read_write)>(\w+):([^;]+);/g;
  return [...source.matchAll(pattern)].map(([, binding, space, name = '', type = '']) => ({
    name,
    binding: Number(binding),
    kind: space === 'uniform' ? 'uniform' : space === 'storage,read' ? 'read' : 'write',
    type,
  }));
}

/** Members are scalars of four bytes, or vectors and arrays of vectors, which begin at multiples of sixteen. */
function readUniforms(source: string, struct: string): Pick<KernelEntry, 'uniforms' | 'uniformSize'> {
  const [, body = ''] = new RegExp(`struct ${struct}\\{([^}]*)\\}`).exec(source) ?? [];
  const members = [...body.matchAll(/(\w+):(?:(?:array<)?vec4([uif])(?:,(\d+)>)?|([uif])32)/g)];
  const types = { u: 'u32', i: 'i32', f: 'f32' } as const;
  let [end, alignment] = [0, 4];
  const uniforms = members.map(([, name = '', vector, count = '1', scalar]): KernelUniform => {
    const isVector = vector !== undefined;
    if (isVector) alignment = 16;
    const offset = isVector ? Math.ceil(end / 16) * 16 : end;
    end = offset + (isVector ? 16 * Number(count) : 4);
    return { name, type: types[(vector ?? scalar) as keyof typeof types], offset };
  });
  return { uniforms, uniformSize: Math.ceil(end / alignment) * alignment };
}
