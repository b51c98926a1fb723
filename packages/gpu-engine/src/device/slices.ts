/**
 * The kernel with a last uniform `firstRow`: the row of workgroups at which a dispatch begins, so that a long dispatch
 * can be sent in several. Its threads see the positions that they would have in the whole. Undefined for kernels whose
 * threads find their place in other ways.
 */
export function sliceSource(source: string, entryPoint: string): string | undefined {
  const head = new RegExp(
    `(fn ${entryPoint}\\(@builtin\\(global_invocation_id\\) )id(: vec3<u32>, @builtin\\(num_workgroups\\) )(\\w+)(: vec3<u32>\\) \\{)`,
  );
  if (!head.test(source)) return undefined;
  return source
    .replace(head, '$1ownId$2$3$4\n  let id = vec3<u32>(ownId.x, ownId.y + sizes.firstRow, ownId.z);')
    .replace(/^(struct Sizes \{[^}]*)\}/m, '$1  @align(16) firstRow: u32,\n}');
}
