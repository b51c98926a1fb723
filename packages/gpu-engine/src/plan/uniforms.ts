import type { KernelEntry } from '../device/kernel-entry.ts';
import type { KernelCall } from '../graph/index.ts';

/** Offsets of uniform and storage bindings are multiples of this many bytes on every device. */
export const BINDING_ALIGNMENT = 256;

/** Writes a call's uniforms at the offsets that the shader's struct has. */
export function writeUniforms(target: DataView, start: number, entry: KernelEntry, call: KernelCall): void {
  for (const { name, type, offset } of entry.uniforms) {
    const value = call.uniforms[name] ?? 0;
    const items = typeof value === 'number' ? [value] : value;
    items.forEach((item, index) => {
      const at = start + offset + 4 * index;
      if (type === 'f32') target.setFloat32(at, item, true);
      else if (type === 'i32') target.setInt32(at, item, true);
      else target.setUint32(at, item, true);
    });
  }
}

/** Workgroups for `threads`, folded into y where x would exceed the limit of 65535. */
export function workgroupsFor(threads: number, workgroupSize: number): readonly [x: number, y: number] {
  const groups = Math.max(1, Math.ceil(threads / workgroupSize));
  const y = Math.ceil(groups / 65535);
  return [Math.ceil(groups / y), y];
}
